"""Domains: are they set up right, whose are they, and which key signs their mail. The DNS is asked by a job, never here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.channels.mail.signing import Algorithm
from golddraht.channels.operations.domains import DomainRefused, add_domain, ask_about_domain, proof_of, setup_of
from golddraht.channels.operations.sealing import make_key, remove_key, switch_off, switch_on
from golddraht.channels.queries.domains import DomainShown, NoSuchDomain, domain_for, domains_of
from golddraht.pages.doors import Visit, is_part, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.rules import Act

HERE = "settings_domains"


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Domain"), max_length=253, help_text=_("What stands behind the @, for example example.org.")
    )


@workspace(Act.CONFIGURE)
def list_domains(request: Visit) -> HttpResponse:
    form, at = DomainForm(request.POST or None), clock.now()
    if form.is_valid():
        with told_in(form, DomainRefused, field="domain", at=at):
            row = add_domain(domain=form.cleaned_data["domain"], at=at)
            return _asked(request, row.pk)
    values = {"form": form, "domains": domains_of(viewer=request.viewer)}
    return show_settings(request, "settings/domains.html", values, here=HERE, status=status_of(form))


@require_safe
@workspace(Act.CONFIGURE)
def show_domain(request: Visit, domain_id: int) -> HttpResponse:
    """The domain; its findings alone where the page refreshes them while somebody looks."""
    values = {"shown": _found(request, domain_id)}
    if is_part(request):
        return render(request, "settings/domain.html#findings", {"viewer": request.viewer} | values)
    return show_settings(request, "settings/domain.html", values, here=HERE)


@require_POST
@workspace(Act.CONFIGURE)
def look_again(request: Visit, domain_id: int) -> HttpResponse:
    return _asked(request, _found(request, domain_id).id)


def _asked(request: Visit, domain_id: int) -> HttpResponse:
    _tried(request, lambda: ask_about_domain(mail_domain_id=domain_id, at=clock.now()))
    return redirect("settings_domain", request.viewer.tenant_slug, domain_id)


@require_POST
@workspace(Act.CONFIGURE)
def new_key(request: Visit, domain_id: int) -> HttpResponse:
    """Makes a key; the page shows what to publish."""
    shown, kind = _found(request, domain_id), request.POST.get("algorithm", Algorithm.RSA)
    algorithm = Algorithm(kind) if kind in set(Algorithm) else Algorithm.RSA
    done = gettext("A key was made. Publish its record, then look again.")
    _tried(request, lambda: make_key(mail_domain_id=shown.id, algorithm=algorithm, at=clock.now()), done)
    return redirect("settings_domain", request.viewer.tenant_slug, shown.id)


@require_POST
@workspace(Act.CONFIGURE)
def change_key(request: Visit, domain_id: int, key_id: int) -> HttpResponse:
    """Switches a key on or off, or forgets it."""
    shown, at = _found(request, domain_id), clock.now()
    if key_id not in {key.id for key in shown.keys}:
        raise Http404
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "on": (lambda: switch_on(key_id=key_id, at=at), gettext("From now on your mail is signed with it.")),
        "off": (lambda: switch_off(key_id=key_id, at=at), gettext("Nothing is signed with it any more.")),
        "remove": (
            lambda: remove_key(key_id=key_id),
            gettext("The key is gone. Take its record out of the DNS in a week."),
        ),
    }
    wanted = acts.get(request.POST.get("act", ""))
    if wanted is None:
        raise Http404
    _tried(request, *wanted)
    return redirect("settings_domain", request.viewer.tenant_slug, shown.id)


def _tried(request: Visit, act: Callable[[], Any], done: str = "") -> None:
    try:
        act()
    except DomainRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)


def _found(request: Visit, domain_id: int) -> DomainShown:
    setup = setup_of(mail_domain_id=domain_id)
    try:
        if setup is None:
            raise NoSuchDomain(domain_id)
        proof = proof_of(setup.domain, request.viewer.tenant_id)
        return domain_for(viewer=request.viewer, domain_id=domain_id, proof=proof, servers=setup.sends_by)
    except NoSuchDomain:
        raise Http404 from None
