"""Setting up a mailbox in steps: the address, the servers with a try before anything is kept, a trial mail, what comes next."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.channels.carriers.dns.resolving import look_afresh
from golddraht.channels.mail.mail_servers import Proposal, proposal_for
from golddraht.channels.operations.setting_up import MailboxRefused, add_mailbox
from golddraht.channels.operations.trial_mails import ask_trial
from golddraht.channels.operations.trying_out import Trial, try_servers
from golddraht.channels.queries import mailbox_health
from golddraht.channels.queries.domains import unproven_among
from golddraht.channels.queries.setting_up import advice_of, found_words, name_of, trial_shown
from golddraht.ground.addresses import is_plausible_address
from golddraht.pages.doors import Visit, is_part, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.mailboxes import HERE, MailboxForm, PasswordField, found_mailbox
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.queries import current_tenant, teams
from golddraht.team.rules import Act

PATIENCE = 5.0
"""Seconds for all questions to the DNS: somebody waits before the page."""


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("To which address do customers write?"),
        max_length=254,
        help_text=_("For example service@example.org. We look where its mailbox is."),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if not is_plausible_address(address):
            raise forms.ValidationError(gettext("Enter an e-mail address such as service@example.org."))
        return address


class ServersForm(MailboxForm):
    """The mailbox with one password for reading and sending; a second one only where sending has its own."""

    password = PasswordField(label=_("Password of the mailbox"))
    address = forms.CharField(widget=forms.HiddenInput, max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_new=True, **kwargs)
        fields: dict[str, Any] = self.fields
        del fields["imap_password"]
        fields["smtp_password"].label = gettext("Another password for sending")
        fields["smtp_password"].help_text = gettext("Only where it is not the same.")

    def server(self, kind: str) -> dict[str, Any]:
        told = self.cleaned_data
        password = (told["smtp_password"] if kind == "smtp" else "") or told["password"]
        return {name: told[f"{kind}_{name}"] for name in ("host", "port", "security", "user")} | {"password": password}

    def settings(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name != "password"}
        passwords = {f"{kind}_password": self.server(kind)["password"] for kind in ("imap", "smtp")}
        return told | passwords


@workspace(Act.CONFIGURE)
def ask_address(request: Visit) -> HttpResponse:
    """The first step; the address goes on in the URL, so that going back works."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        url = reverse("settings_assistant_servers", args=[request.viewer.tenant_slug])
        return redirect(f"{url}?{urlencode({'address': form.cleaned_data['address']})}")
    return show_settings(request, "settings/assistant_address.html", {"form": form}, here=HERE, status=status_of(form))


@workspace(Act.CONFIGURE)
def enter_servers(request: Visit) -> HttpResponse:
    """The second step: what we found is entered already; it is tried before it is kept."""
    address = request.POST.get("address") or request.GET.get("address", "")
    if not is_plausible_address(address):
        return redirect("settings_assistant", request.viewer.tenant_slug)
    proposal = _proposal(address)
    if "oauth" in request.POST and proposal.oauth:
        return _set_up_without_password(request, address)
    form = ServersForm(request.POST or None, teams=teams(), initial=_initial(request, proposal))
    trials: tuple[Trial, ...] = ()
    if form.is_valid():
        trials = try_servers(imap=form.server("imap"), smtp=form.server("smtp"))
        if all(one.is_fine for one in trials) or "anyway" in request.POST:
            with told_in(form, MailboxRefused, at=clock.now()):
                mailbox = add_mailbox(**form.settings())
                return redirect("settings_assistant_trial", request.viewer.tenant_slug, mailbox.pk)
    return _servers_page(request, form, proposal, trials)


def _servers_page(request: Visit, form: ServersForm, proposal: Proposal, trials: tuple[Trial, ...]) -> HttpResponse:
    values = {
        "form": form,
        "address": proposal.user,
        "trials": trials,
        "found": found_words(proposal),
        "provider": name_of(proposal),
        "advice": advice_of(proposal),
        "oauth": proposal.oauth,
        "is_guess": proposal.found_by == "guess",
    }
    failed = any(not one.is_fine for one in trials)
    status = 422 if failed else status_of(form)
    return show_settings(request, "settings/assistant_servers.html", values, here=HERE, status=status)


def _proposal(address: str) -> Proposal:
    """A demo asks nobody: its domains are made up."""
    if current_tenant().is_demo:
        return proposal_for(address, lambda _name, _kind: ())
    return proposal_for(address, look_afresh(PATIENCE))


def _initial(request: Visit, proposal: Proposal) -> dict[str, Any]:
    return {
        "address": proposal.user,
        "sender_name": request.viewer.tenant_name,
        "is_default": not mailbox_health(viewer=request.viewer, at=clock.now()),
        "imap_host": proposal.imap.host,
        "imap_port": proposal.imap.port,
        "imap_security": proposal.imap.security,
        "imap_user": proposal.user,
        "imap_folder": "INBOX",
        "smtp_host": proposal.smtp.host,
        "smtp_port": proposal.smtp.port,
        "smtp_security": proposal.smtp.security,
        "smtp_user": proposal.user,
    }


def _set_up_without_password(request: Visit, address: str) -> HttpResponse:
    """Microsoft 365 and Google: the mailbox is made, and connected on the page for that."""
    is_first = not mailbox_health(viewer=request.viewer, at=clock.now())
    try:
        mailbox = add_mailbox(address=address, sender_name=request.viewer.tenant_name, is_default=is_first)
    except MailboxRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("settings_assistant", request.viewer.tenant_slug)
    return redirect("settings_sign_in", request.viewer.tenant_slug, mailbox.pk)


@require_safe
@workspace(Act.CONFIGURE)
def show_trial(request: Visit, mailbox_id: int) -> HttpResponse:
    """The third step, and the last: a trial mail that goes out and comes back, and what happens from now on."""
    mailbox = found_mailbox(request, mailbox_id)
    trial = trial_shown(viewer=request.viewer, mailbox_id=mailbox_id, at=clock.now())
    values: dict[str, Any] = {"mailbox": mailbox, "trial": trial}
    if is_part(request):
        return render(request, "settings/assistant_trial.html#trial", {"viewer": request.viewer} | values)
    values |= {
        "team": next((one.name for one in teams() if one.pk == mailbox.team_id), ""),
        "is_unproven": bool(unproven_among([mailbox.address])),
    }
    return show_settings(request, "settings/assistant_trial.html", values, here=HERE)


@require_POST
@workspace(Act.CONFIGURE)
def send_trial(request: Visit, mailbox_id: int) -> HttpResponse:
    ask_trial(mailbox_id=found_mailbox(request, mailbox_id).pk, at=clock.now())
    return redirect("settings_assistant_trial", request.viewer.tenant_slug, mailbox_id)
