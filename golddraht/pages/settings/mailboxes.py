"""Mailboxes: setting up, changing, trying out, closing. Passwords go in and are never shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.channels.operations.rearranging import change_mailbox, close_mailbox, reopen_mailbox
from golddraht.channels.operations.setting_up import MailboxRefused, add_mailbox
from golddraht.channels.operations.trying_out import try_mailbox
from golddraht.channels.queries import NoSuchMailbox, closed_mailboxes, mailbox_for, mailbox_health
from golddraht.channels.queries.domains import lost_among, unproven_among
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.queries import teams
from golddraht.team.rules import Act

HERE = "settings_mailboxes"
SHOWN = (
    "address",
    "sender_name",
    "team_id",
    "is_default",
    "imap_host",
    "imap_port",
    "imap_security",
    "imap_user",
    "imap_folder",
    "trusted_server",
    "smtp_host",
    "smtp_port",
    "smtp_security",
    "smtp_user",
)


class PasswordField(forms.CharField):
    """Written, never shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            strip=False,
            max_length=400,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            **kwargs,
        )


class MailboxForm(forms.Form):
    address = forms.CharField(
        label=_("E-mail address"), max_length=254, help_text=_("For example service@example.org.")
    )
    sender_name = forms.CharField(label=_("Name of the sender"), max_length=120, help_text=_("Customers see it."))
    team_id = forms.TypedChoiceField(label=_("Which team answers?"), coerce=int, empty_value=None, required=False)
    is_default = forms.BooleanField(
        label=_("Write from here when nothing else is said"), required=False, help_text=_("Exactly one mailbox is.")
    )
    imap_host = forms.CharField(
        label=_("Server for receiving (IMAP)"),
        max_length=253,
        required=False,
        help_text=_("Left empty, your mail server hands mail to us."),
    )
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    imap_security = forms.ChoiceField(label=_("Encryption"))
    imap_user = forms.CharField(label=_("User name"), max_length=254, required=False)
    imap_password = PasswordField(label=_("Password"))
    imap_folder = forms.CharField(label=_("Folder"), max_length=200)
    trusted_server = forms.CharField(
        label=_("Server whose check of senders we believe"),
        max_length=253,
        required=False,
        help_text=_(
            "The name at the beginning of “Authentication-Results” in your mails, for example mx.example.org or outlook.com."
            " Left empty, we look ourselves."
        ),
    )
    smtp_host = forms.CharField(
        label=_("Server for sending (SMTP)"),
        max_length=253,
        required=False,
        help_text=_("Left empty, nothing leaves the house."),
    )
    smtp_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    smtp_security = forms.ChoiceField(label=_("Encryption"))
    smtp_user = forms.CharField(label=_("User name"), max_length=254, required=False)
    smtp_password = PasswordField(label=_("Password"))

    def __init__(self, *args: Any, teams: list[Any], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["team_id"].choices = [("", gettext("the rules decide")), *((one.pk, one.name) for one in teams)]
        securities = [
            ("TLS", gettext("TLS from the beginning")),
            ("STARTTLS", gettext("STARTTLS")),
            ("NONE", gettext("none (only inside your own network)")),
        ]
        for kind in ("imap", "smtp"):
            fields[f"{kind}_security"].choices = securities
            if not is_new:
                fields[f"{kind}_password"].help_text = gettext("Left empty, the stored one stays.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            # A line break in a user name would be a command of its own to the server.
            if isinstance(value, str) and any(sign in value for sign in "\r\n"):
                self.add_error(name, gettext("This must be one line."))
        return cleaned

    def clean_imap_folder(self) -> str:
        folder: str = self.cleaned_data["imap_folder"]
        if any(sign in folder for sign in '"\\\r\n'):
            raise forms.ValidationError(gettext("A folder's name has no quotation marks and no backslash."))
        return folder


@require_safe
@workspace(Act.CONFIGURE)
def list_mailboxes(request: Visit) -> HttpResponse:
    mailboxes = mailbox_health(viewer=request.viewer, at=clock.now())
    addresses = [one.address for one in mailboxes]
    values = {
        "mailboxes": mailboxes,
        "closed": closed_mailboxes(viewer=request.viewer),
        "unproven": unproven_among(addresses),
        "lost": lost_among(addresses),
    }
    return show_settings(request, "settings/mailboxes.html", values, here=HERE)


@workspace(Act.CONFIGURE)
def new_mailbox(request: Visit) -> HttpResponse:
    initial = {
        "sender_name": request.viewer.tenant_name,
        "imap_port": 993,
        "imap_folder": "INBOX",
        "smtp_port": 465,
        "is_default": not mailbox_health(viewer=request.viewer, at=clock.now()),
    }
    form = MailboxForm(request.POST or None, teams=teams(), is_new=True, initial=initial)
    if form.is_valid():
        with told_in(form, MailboxRefused, field="address", at=clock.now()):
            mailbox = add_mailbox(**form.cleaned_data)
            messages.success(request, gettext("Set up. Try the connection now."))
            return redirect("settings_mailbox", request.viewer.tenant_slug, mailbox.pk)
    values = {"form": form, "mailbox": None}
    return show_settings(request, "settings/mailbox.html", values, here=HERE, status=status_of(form))


@workspace(Act.CONFIGURE)
def show_mailbox(request: Visit, mailbox_id: int) -> HttpResponse:
    mailbox = found_mailbox(request, mailbox_id)
    known = {name: getattr(mailbox, name) for name in SHOWN}
    form = MailboxForm(request.POST or None, teams=teams(), is_new=False, initial=known)
    if form.is_valid():
        with told_in(form, MailboxRefused, at=clock.now()):
            change_mailbox(mailbox_id=mailbox_id, **form.cleaned_data)
            messages.success(request, gettext("Kept. Try the connection now."))
            return redirect("settings_mailbox", request.viewer.tenant_slug, mailbox_id)
    return _page(request, mailbox, form)


def _page(request: Visit, mailbox: Any, form: MailboxForm, trials: tuple[Any, ...] = ()) -> HttpResponse:
    health = [one for one in mailbox_health(viewer=request.viewer, at=clock.now()) if one.id == mailbox.pk]
    values = {"form": form, "mailbox": mailbox, "health": health[0] if health else None, "trials": trials}
    return show_settings(request, "settings/mailbox.html", values, here=HERE, status=status_of(form))


def found_mailbox(request: Visit, mailbox_id: int) -> Any:
    """The mailbox, for whoever may see it; a 404 for all others."""
    try:
        return mailbox_for(viewer=request.viewer, mailbox_id=mailbox_id)
    except NoSuchMailbox:
        raise Http404 from None


@require_POST
@workspace(Act.CONFIGURE)
def try_out(request: Visit, mailbox_id: int) -> HttpResponse:
    """Says on the page how receiving and sending went."""
    mailbox = found_mailbox(request, mailbox_id)
    form = MailboxForm(teams=teams(), is_new=False, initial={name: getattr(mailbox, name) for name in SHOWN})
    return _page(request, mailbox, form, trials=try_mailbox(mailbox_id=mailbox_id, at=clock.now()))


@require_POST
@workspace(Act.CONFIGURE)
def close(request: Visit, mailbox_id: int) -> HttpResponse:
    mailbox = found_mailbox(request, mailbox_id)
    try:
        close_mailbox(mailbox_id=mailbox_id)
    except MailboxRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("settings_mailbox", request.viewer.tenant_slug, mailbox_id)
    messages.success(
        request,
        gettext("%(address)s is closed. What came stays; you can open it again.") % {"address": mailbox.address},
    )
    return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.CONFIGURE)
def reopen(request: Visit, mailbox_id: int) -> HttpResponse:
    try:
        reopen_mailbox(mailbox_id=found_mailbox(request, mailbox_id).pk)
        messages.success(request, gettext("The mailbox is used again."))
    except MailboxRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(HERE, request.viewer.tenant_slug)
