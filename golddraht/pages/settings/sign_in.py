"""Connecting a mailbox of Microsoft 365 or Google: what the admin enters, the way to their page, and the way back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from golddraht.channels.operations.connecting import (
    SignInRefused,
    begin_connecting,
    connect_app,
    disconnect,
    finish_connecting,
    keep_sign_in,
)
from golddraht.channels.queries import mailbox_health
from golddraht.channels.queries.sign_ins import sign_in_of
from golddraht.channels.rules import Provider
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.mailboxes import HERE, PasswordField, found_mailbox
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.plumbing.links import absolute
from golddraht.team.rules import Act

WAITING = "mailboxes_being_connected"
PATIENCE = timedelta(minutes=15)
"""For how long a sign-in that was begun may take; the codes of the services live no longer."""

MOST_AT_ONCE = 5
SHOWN = ("provider", "by_app", "directory", "client_id", "secret_ends_on", "account", "is_testing")


class SignInForm(forms.Form):
    provider = forms.ChoiceField(
        label=_("Whose mailbox is it?"),
        widget=forms.RadioSelect,
        choices=[(Provider.MICROSOFT, _("Microsoft 365")), (Provider.GOOGLE, _("Google"))],
    )
    directory = forms.CharField(
        label=_("Directory (tenant)"),
        max_length=100,
        required=False,
        help_text=_("Only Microsoft: the “directory ID” of your registered program, or a domain of your company."),
    )
    client_id = forms.CharField(
        label=_("Client ID"), max_length=200, help_text=_("Microsoft calls it “application (client) ID”.")
    )
    client_secret = PasswordField(label=_("Client secret"))
    secret_ends_on = forms.DateField(
        label=_("Until when is the secret valid?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Microsoft's secrets end after two years at the latest. We remind you a week and a day before."),
    )
    account = forms.CharField(
        label=_("Whose account opens the mailbox?"),
        max_length=254,
        required=False,
        help_text=_("Left empty, the mailbox's own. For a shared mailbox: somebody who may open it."),
    )
    by_app = forms.BooleanField(
        label=_("Without a person"),
        required=False,
        help_text=_("Only Microsoft: the program itself may open the mailbox. Nobody has to sign in."),
    )
    is_testing = forms.BooleanField(
        label=_("My Google project is still in testing"),
        required=False,
        help_text=_("Google then ends every connection after seven days. Better publish it, or make it internal."),
    )


@workspace(Act.CONFIGURE)
def show_sign_in(request: Visit, mailbox_id: int) -> HttpResponse:
    """What is entered, and whether it is connected."""
    mailbox, known = found_mailbox(request, mailbox_id), sign_in_of(mailbox_id)
    initial = {name: getattr(known, name) for name in SHOWN} if known else {"account": mailbox.address}
    form = SignInForm(request.POST or None, initial=initial)
    form.fields["client_secret"].required = known is None
    if known:
        form.fields["client_secret"].help_text = gettext("Left empty, the stored one stays.")
    if form.is_valid():
        with told_in(form, SignInRefused, at=clock.now()):
            keep_sign_in(mailbox_id=mailbox_id, **_entered(form))
            messages.success(request, gettext("Kept. Now connect the mailbox."))
            return redirect("settings_sign_in", request.viewer.tenant_slug, mailbox_id)
    values = {
        "form": form,
        "mailbox": mailbox,
        "known": known,
        "health": _health(request, mailbox_id),
        "return_to": return_address(request),
    }
    return show_settings(request, "settings/sign_in.html", values, here=HERE, status=status_of(form))


def _entered(form: SignInForm) -> dict[str, Any]:
    return form.cleaned_data | {"provider": Provider(form.cleaned_data["provider"])}


def _health(request: Visit, mailbox_id: int) -> Any:
    found = mailbox_health(viewer=request.viewer, at=clock.now())
    return next((one for one in found if one.id == mailbox_id), None)


def return_address(request: Visit) -> str:
    """Where the services send people back to; it has to be entered there letter by letter."""
    return absolute(reverse("settings_connected", args=[request.viewer.tenant_slug]))


@require_GET
@workspace(Act.CONFIGURE)
def connect(request: Visit, mailbox_id: int) -> HttpResponse:
    """Off to the page of the service. A link and no form: the browser sends no form of ours to anybody else (CSP)."""
    found_mailbox(request, mailbox_id)
    try:
        departure = begin_connecting(mailbox_id=mailbox_id, return_to=return_address(request))
    except SignInRefused as refusal:
        return _back(request, mailbox_id, str(refusal))
    begun = {
        "tenant": request.viewer.tenant_id,
        "mailbox": mailbox_id,
        "verifier": departure.verifier,
        "at": clock.now().isoformat(),
    }
    earlier = list(request.session.get(WAITING, {}).items())[1 - MOST_AT_ONCE :]
    request.session[WAITING] = dict([*earlier, (departure.state, begun)])
    return HttpResponseRedirect(departure.url)


@require_GET
@workspace(Act.CONFIGURE, writes_on_get=True)
def connected(request: Visit) -> HttpResponse:
    """Back from the service, with a code that is good once: only for a sign-in that this very session began for this company."""
    begun = _begun(request)
    if begun is None:
        messages.error(
            request, gettext("This sign-in was not begun here, or too long ago. Please connect the mailbox again.")
        )
        return redirect(HERE, request.viewer.tenant_slug)
    mailbox_id = found_mailbox(request, begun["mailbox"]).pk
    if "code" not in request.GET:
        return _back(request, mailbox_id, _words_of_refusal(request))
    try:
        who = finish_connecting(
            mailbox_id=mailbox_id,
            code=request.GET["code"],
            verifier=begun["verifier"],
            return_to=return_address(request),
            at=clock.now(),
        )
    except SignInRefused as refusal:
        return _back(request, mailbox_id, str(refusal))
    messages.success(request, gettext("Connected as %(account)s. Try the connection now.") % {"account": who})
    return redirect("settings_mailbox", request.viewer.tenant_slug, mailbox_id)


def _begun(request: Visit) -> dict[str, Any] | None:
    """What was begun under this state, once; None when nothing was, or for another company, or too long ago."""
    waiting = dict(request.session.get(WAITING, {}))
    begun: dict[str, Any] | None = waiting.pop(request.GET.get("state", ""), None)
    request.session[WAITING] = waiting
    if begun is None or begun["tenant"] != request.viewer.tenant_id:
        return None
    return begun if clock.now() - datetime.fromisoformat(begun["at"]) < PATIENCE else None


def _words_of_refusal(request: Visit) -> str:
    if request.GET.get("error") == "access_denied":
        return gettext(
            "The sign-in was broken off, or the account's administrator does not allow it. Nothing has changed."
        )
    told = request.GET.get("error_description") or request.GET.get("error") or gettext("no reason was given")
    return gettext("The sign-in was refused: %(reason)s") % {"reason": told.splitlines()[0][:200]}


def _back(request: Visit, mailbox_id: int, trouble: str) -> HttpResponse:
    messages.error(request, trouble)
    return redirect("settings_sign_in", request.viewer.tenant_slug, mailbox_id)


@require_POST
@workspace(Act.CONFIGURE)
def connect_program(request: Visit, mailbox_id: int) -> HttpResponse:
    """The program signs in for itself, so nobody has to go anywhere."""
    found_mailbox(request, mailbox_id)
    try:
        connect_app(mailbox_id=mailbox_id, at=clock.now())
    except SignInRefused as refusal:
        return _back(request, mailbox_id, str(refusal))
    messages.success(request, gettext("Connected without a person. Try the connection now."))
    return redirect("settings_mailbox", request.viewer.tenant_slug, mailbox_id)


@require_POST
@workspace(Act.CONFIGURE)
def forget(request: Visit, mailbox_id: int) -> HttpResponse:
    """Nothing is fetched or sent by that connection any more."""
    found_mailbox(request, mailbox_id)
    disconnect(mailbox_id=mailbox_id)
    messages.success(request, gettext("Disconnected. Take the permission back at the provider, too."))
    return redirect("settings_sign_in", request.viewer.tenant_slug, mailbox_id)
