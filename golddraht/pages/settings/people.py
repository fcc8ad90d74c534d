"""Who works here: inviting, changing, a way back in, and leaving with everything handed over first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.conversations.operations import CannotCare
from golddraht.conversations.operations import let_go as leave_for_good
from golddraht.ground.addresses import is_plausible_address
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.fields import MoneyField
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.shown import hue_of, money, person_initials
from golddraht.plumbing import clock
from golddraht.plumbing.links import absolute, token_for
from golddraht.team.operations import (
    MemberRefused,
    change_member,
    close_password_of_member,
    open_invitation,
    renew_invitation,
    withdraw_invitation,
)
from golddraht.team.operations.clients import unseat_client
from golddraht.team.queries import Asked, NotSetUp, Person, absences, invitations, people, person
from golddraht.team.queries.clients import client_seats
from golddraht.team.rules import INVITATION, INVITATION_LASTS, PASSWORD_LINK_LASTS, Act, Role

HERE = "settings_people"
LANGUAGES = ("de", "en", "fr", "it", "es", "nl", "pl", "tr", "uk", "ru", "ar")


def role_word(role: Role) -> str:
    return {Role.AGENT: gettext("agent"), Role.LEAD: gettext("lead"), Role.ADMIN: gettext("admin")}[role]


def language_word(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


class PersonForm(forms.Form):
    """What is told of somebody who works here."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Customers read it below an answer."))
    role = forms.ChoiceField(label=_("What may they do?"), widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    skills = forms.CharField(
        label=_("Skills"),
        max_length=400,
        required=False,
        help_text=_("Separated by commas, for example: heating, refunds. Rules can ask for them."),
    )
    goodwill_cents = MoneyField(
        label=_("Goodwill without asking, in euros"),
        min_value=0,
        required=False,
        help_text=_("Up to this amount they may be generous in one concern."),
    )

    def __init__(self, *args: Any, spoken: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [
            (Role.AGENT, gettext("Agent: cares for concerns")),
            (Role.LEAD, gettext("Lead: also plans absences and takes escalations")),
            (Role.ADMIN, gettext("Admin: also changes these settings")),
        ]
        languages: Any = self.fields["languages"]
        languages.choices = [(code, language_word(code)) for code in dict.fromkeys((*LANGUAGES, *spoken))]

    def told(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "role": Role(cleaned["role"]),
            "languages": tuple(cleaned["languages"]),
            "skills": tuple(dict.fromkeys(part.strip() for part in cleaned["skills"].split(",") if part.strip())),
            "goodwill_cents": cleaned["goodwill_cents"],
        }


CLIENT = "client"


class InvitationForm(PersonForm):
    email = forms.CharField(label=_("E-mail"), max_length=254, help_text=_("They sign in with it."))
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [*role.choices, (CLIENT, gettext("Client: only looks, at figures, statements and concerns"))]

    def told(self) -> dict[str, Any]:
        """A client has no role here, and gets none when their invitation is accepted."""
        is_client = self.cleaned_data["role"] == CLIENT
        if is_client:
            self.cleaned_data["role"] = Role.AGENT
        return super().told() | {"is_client": is_client}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        if not is_plausible_address(email):
            raise forms.ValidationError(gettext("This is not an e-mail address."))
        return email


@require_safe
@workspace(Act.MANAGE_MEMBERS)
def list_people(request: Visit) -> HttpResponse:
    at = clock.now()
    away = absences(at=at)
    values = {
        "people": [_line(one, is_away=one.id in away) for one in people()],
        "asked": [{"asked": one, "role_text": _word_of(one)} for one in invitations(at=at)],
        "clients": client_seats(),
        "left": people(active=False),
    }
    return show_settings(request, "settings/people.html", values, here=HERE)


def _word_of(one: Asked) -> str:
    return gettext("client") if one.is_client else role_word(one.role)


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def end_client(request: Visit, seat_id: int) -> HttpResponse:
    """They see nothing of the company from the next page on."""
    unseat_client(seat_id=seat_id, at=clock.now())
    messages.success(request, gettext("From now on they see nothing of your company."))
    return redirect(HERE, request.viewer.tenant_slug)


def _line(one: Person, *, is_away: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "initials": person_initials(one.name),
        "hue": hue_of(one.id),
        "role_text": role_word(one.role),
        "languages_text": ", ".join(language_word(code) for code in one.languages),
        "skills_text": ", ".join(one.skills),
        "teams_text": ", ".join(one.teams),
        "goodwill_text": money(one.goodwill_cents),
        "is_away": is_away,
    }


@workspace(Act.MANAGE_MEMBERS)
def invite_person(request: Visit) -> HttpResponse:
    """The link is shown on the answer to this very request and never again."""
    form = InvitationForm(request.POST or None, initial={"role": Role.AGENT, "languages": ["de"]})
    at = clock.now()
    if form.is_valid():
        with told_in(form, MemberRefused, field="email", at=at):
            return _invited(request, open_invitation(email=form.cleaned_data["email"], at=at, **form.told()))
    return show_settings(request, "settings/invite.html", {"form": form}, here=HERE, status=status_of(form))


def _invited(request: Visit, invitation: Any) -> HttpResponse:
    token = token_for(INVITATION, tenant_id=request.viewer.tenant_id, id_=invitation.pk)
    values = {
        "name": invitation.name,
        "email": invitation.email,
        "link": absolute(reverse("join", args=[token])),
        "until": invitation.invited_at + INVITATION_LASTS,
        "is_new": True,
    }
    return show_settings(request, "settings/link.html", values, here=HERE)


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def invite_again(request: Visit, invitation_id: int) -> HttpResponse:
    """A new link; the old one opens nothing any more."""
    try:
        return _invited(request, renew_invitation(invitation_id=invitation_id, at=clock.now()))
    except MemberRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(HERE, request.viewer.tenant_slug)


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def take_back(request: Visit, invitation_id: int) -> HttpResponse:
    withdraw_invitation(invitation_id=invitation_id, at=clock.now())
    messages.success(request, gettext("The invitation is taken back. Its link opens nothing any more."))
    return redirect(HERE, request.viewer.tenant_slug)


@workspace(Act.MANAGE_MEMBERS)
def change_person(request: Visit, member_id: int) -> HttpResponse:
    one = _found(member_id)
    at = clock.now()
    form = PersonForm(request.POST or None, initial=_known(one), spoken=one.languages)
    if form.is_valid():
        with told_in(form, MemberRefused, at=at):
            change_member(member_id=member_id, at=at, **form.told())
            messages.success(request, gettext("Kept."))
            return redirect("settings_people", request.viewer.tenant_slug)
    values = {"form": form, "person": one, "is_self": one.id == request.viewer.membership_id}
    return show_settings(request, "settings/person.html", values, here=HERE, status=status_of(form))


def _known(one: Person) -> dict[str, Any]:
    return {
        "name": one.name,
        "role": one.role,
        "languages": list(one.languages),
        "skills": ", ".join(one.skills),
        "goodwill_cents": one.goodwill_cents / 100,
    }


def _found(member_id: int) -> Person:
    try:
        return person(member_id)
    except NotSetUp:
        raise Http404 from None


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def renew_password(request: Visit, member_id: int) -> HttpResponse:
    one, at = _found(member_id), clock.now()
    try:
        token = close_password_of_member(member_id=member_id, at=at)
    except MemberRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("settings_person", request.viewer.tenant_slug, member_id)
    link = absolute(reverse("new_password", args=[token]))
    values = {"name": one.name, "email": one.email, "link": link, "until": at + PASSWORD_LINK_LASTS, "is_new": False}
    return show_settings(request, "settings/link.html", values, here=HERE)


@require_POST
@workspace(Act.MANAGE_MEMBERS)
def let_go(request: Visit, member_id: int) -> HttpResponse:
    """First every live concern gets another owner, then the place is empty."""
    one, at = _found(member_id), clock.now()
    try:
        count = leave_for_good(member_id=member_id, by=request.viewer.membership_id, at=at)
    except (MemberRefused, CannotCare) as refusal:
        messages.error(request, str(refusal))
        return redirect("settings_person", request.viewer.tenant_slug, member_id)
    said = ngettext(
        "%(name)s no longer works here. %(count)d concern has a new owner.",
        "%(name)s no longer works here. %(count)d concerns have new owners.",
        count,
    )
    messages.success(request, said % {"name": one.name, "count": count})
    return redirect("settings_people", request.viewer.tenant_slug)
