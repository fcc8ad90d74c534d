"""How people sign in: who has a second factor, whether everybody needs one, and where somebody is signed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import sent
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.plumbing import clock
from golddraht.team.operations import MemberRefused
from golddraht.team.operations.signing_in import ask_for_second_factor, end_sessions_of_member
from golddraht.team.queries import NotSetUp, current_tenant, people, person
from golddraht.team.queries.signing_in import NotOurs, SignedIn, factors_by_member, sessions_of_member
from golddraht.team.rules import LONGEST_GRACE, Act, Factor

HERE = "settings_signing_in"
USUAL_GRACE = 14


class AskingForm(forms.Form):
    is_needed = forms.BooleanField(
        label=_("Everybody needs a second factor"),
        required=False,
        help_text=_("Who comes from your own sign-in service is asked there and not here."),
    )
    grace_days = forms.IntegerField(
        label=_("Days to set it up"),
        min_value=0,
        max_value=LONGEST_GRACE,
        help_text=_("Until then everybody without one is reminded. Afterwards they are led to setting it up first."),
    )


@workspace(Act.MANAGE_MEMBERS)
def show_signing_in(request: Visit) -> HttpResponse:
    at, since = clock.now(), current_tenant().second_factor_from
    known = {"is_needed": since is not None, "grace_days": USUAL_GRACE}
    form = AskingForm(sent(request), initial=known)
    if form.is_valid():
        days = form.cleaned_data["grace_days"] if form.cleaned_data["is_needed"] else None
        ask_for_second_factor(grace_days=days, at=at)
        messages.success(request, gettext("Kept."))
        return redirect(HERE, request.viewer.tenant_slug)
    found = factors_by_member()
    lines = [{"person": one, "factors": _words(found.get(one.id, frozenset()))} for one in people()]
    values = {
        "form": form,
        "lines": lines,
        "since": timezone.localtime(since) if since else None,
        "is_over": since is not None and since <= at,
        "lacking": sum(not line["factors"] for line in lines),
    }
    return show_settings(request, "settings/signing_in.html", values, here=HERE, status=status_of(form))


def _words(factors: frozenset[Factor]) -> list[str]:
    told = {Factor.APP: gettext("app with six digits"), Factor.PASSKEY: gettext("passkey")}
    return [told[one] for one in Factor if one in factors]


@workspace(Act.MANAGE_MEMBERS)
def show_sessions(request: Visit, member_id: int) -> HttpResponse:
    """The devices on which a colleague is signed in: what browser, about where, and on which day it was seen."""
    try:
        one = person(member_id)
    except NotSetUp:
        raise Http404 from None
    sessions, is_ours = _sessions(member_id)
    values = {"person": one, "sessions": sessions, "is_ours": is_ours, "here": request.session.session_key}
    return show_settings(request, "settings/sessions.html", values, here=HERE)


def _sessions(member_id: int) -> tuple[list[SignedIn], bool]:
    try:
        return sessions_of_member(member_id), True
    except NotOurs:
        return [], False


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def end_sessions(request: Visit, member_id: int) -> HttpResponse:
    """On the device that is named, or on all of them."""
    which = request.POST.get("session", "")
    session_id = int(which) if which.isdecimal() and len(which) < 19 else None
    try:
        count: Any = end_sessions_of_member(member_id=member_id, session_id=session_id, at=clock.now())
    except MemberRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("Signed out on %(n)d device.", "Signed out on %(n)d devices.", count)
        messages.success(request, said % {"n": count})
    return redirect("settings_sessions", request.viewer.tenant_slug, member_id)
