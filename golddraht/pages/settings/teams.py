"""Teams: people, policy, the week, holidays and closed days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from golddraht.ground.holidays import COUNTRIES, public_holidays, states_of
from golddraht.pages.doors import Visit, workspace
from golddraht.pages.refusals import told_in
from golddraht.pages.settings.place import show_settings, status_of
from golddraht.pages.settings.promised import PromisesForm, known_of, promised_now
from golddraht.pages.settings.states import state_name
from golddraht.pages.settings.week import spans_by_day, week_shown
from golddraht.plumbing import clock
from golddraht.team.operations import (
    TeamRefused,
    add_team,
    change_team,
    change_team_hours,
    close_team_on,
    open_team_on,
    promise_by_priority,
)
from golddraht.team.queries import NotSetUp, calendar_of, closed_days_of, members, seats_of, team_named, teams, week_of
from golddraht.team.rules import Act, UnreadableHours, hours_as_text, read_hours

HERE = "settings_teams"
USUAL = [(day, time(8), time(17)) for day in range(5)]


class TeamForm(forms.Form):
    """Name, people and policy."""

    name = forms.CharField(label=_("Name"), max_length=80)
    lead_id = forms.TypedChoiceField(
        label=_("Lead"), coerce=int, help_text=_("Is told when something is about to be missed.")
    )
    member_ids = forms.TypedMultipleChoiceField(
        label=_("Who sits in this team?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_default = forms.BooleanField(
        label=_("Takes what no rule places"), required=False, help_text=_("Exactly one team does.")
    )
    region = forms.ChoiceField(label=_("Public holidays of"))
    handling_minutes = forms.IntegerField(
        label=_("Minutes that one concern takes"), min_value=1, max_value=480, help_text=_("As a mean.")
    )
    silence_days = forms.IntegerField(
        label=_("Longest silence, in days"),
        min_value=1,
        max_value=90,
        help_text=_("No customer waits longer than this without a word from us."),
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, one.name) for one in people]
        fields: dict[str, Any] = self.fields
        fields["lead_id"].choices = fields["member_ids"].choices = choices
        fields["region"].choices = regions()

    def told(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        country, _, state = cleaned["region"].partition("-")
        return {
            "name": cleaned["name"],
            "lead_id": cleaned["lead_id"],
            "member_ids": cleaned["member_ids"],
            "is_default": cleaned["is_default"],
            "country": country,
            "state": state,
            "handling_time": timedelta(minutes=cleaned["handling_minutes"]),
            "longest_silence": timedelta(days=cleaned["silence_days"]),
        }


def regions() -> list[tuple[str, str]]:
    return [
        (f"{country}-{state}".rstrip("-"), state_name(country, state))
        for country in COUNTRIES
        for state in ("", *states_of(country))
    ]


class HoursForm(forms.Form):
    """The week, one line for each day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in range(7):
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=WEEKDAYS[weekday],
                required=False,
                max_length=80,
                widget=forms.TextInput(attrs={"placeholder": gettext("closed"), "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for weekday in range(7):
            try:
                cleaned[f"day_{weekday}"] = read_hours(cleaned.get(f"day_{weekday}") or "")
            except UnreadableHours as unreadable:
                self.add_error(f"day_{weekday}", words_of_hours(unreadable))
        return cleaned

    def hours(self) -> list[tuple[int, time, time]]:
        return [
            (weekday, opens, closes) for weekday in range(7) for opens, closes in self.cleaned_data[f"day_{weekday}"]
        ]


def words_of_hours(unreadable: UnreadableHours) -> str:
    return {
        "FORM": gettext("Write the hours like this: 8–12, 13–17:30. Leave the line empty for a closed day."),
        "TIME": gettext("A day has 24 hours, an hour 60 minutes."),
        "ORDER": gettext("The first time must be before the second one."),
        "OVERLAP": gettext("These times overlap."),
    }[unreadable.reason]


class ClosedDayForm(forms.Form):
    on = forms.DateField(label=_("Closed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Why?"), max_length=120, required=False)


@require_safe
@workspace(Act.CONFIGURE)
def list_teams(request: Visit) -> HttpResponse:
    values = {"teams": [_card(team, clock.now()) for team in teams()]}
    return show_settings(request, "settings/teams.html", values, here=HERE)


def _card(team: Any, at: datetime) -> dict[str, Any]:
    return {
        "id": team.pk,
        "name": team.name,
        "lead": team.lead.name,
        "is_default": team.is_default,
        "seats": len(seats_of(team.pk)),
        "region_text": state_name(team.country, team.state),
        "week": week_shown(week_of(team.pk)),
        "is_open": calendar_of(team).is_open(at),
    }


@workspace(Act.CONFIGURE)
def new_team(request: Visit) -> HttpResponse:
    initial = {"handling_minutes": 8, "silence_days": 21, "region": "DE"}
    form = TeamForm(request.POST or None, people=members(), initial=initial)
    at = clock.now()
    if form.is_valid():
        with told_in(form, TeamRefused, at=at):
            told = {name: value for name, value in form.told().items() if name != "is_default"}
            team = add_team(hours=USUAL, at=at, **told)
            messages.success(request, gettext("Formed. Now enter its hours and what it promises."))
            return redirect("settings_team", request.viewer.tenant_slug, team.pk)
    return show_settings(request, "settings/new_team.html", {"form": form}, here=HERE, status=status_of(form))


@workspace(Act.CONFIGURE)
def show_team(request: Visit, team_id: int) -> HttpResponse:
    """One page with four forms; the button says which one was sent."""
    team, at = _found(team_id), clock.now()
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    form = TeamForm(request.POST if sent == "team" else None, people=members(), initial=_known(team))
    hours = HoursForm(request.POST if sent == "hours" else None, initial=_hours_known(team_id))
    closed = ClosedDayForm(request.POST if sent == "closed" else None)
    promises = PromisesForm(request.POST if sent == "promises" else None, initial=known_of(team))
    all_forms = (form, hours, closed, promises)
    if _keep(team_id, *all_forms, at=at):
        messages.success(request, gettext("Kept."))
        return redirect("settings_team", request.viewer.tenant_slug, team_id)
    values = {"team": team, "form": form, "hours_form": hours, "closed_form": closed, "promises_form": promises}
    values |= _around(team, at)
    return show_settings(request, "settings/team.html", values, here=HERE, status=status_of(*all_forms))


def _keep(
    team_id: int, form: TeamForm, hours: HoursForm, closed: ClosedDayForm, promises: PromisesForm, *, at: datetime
) -> bool:
    """Whether one of the forms was sent and could be kept."""
    if form.is_bound and form.is_valid():
        with told_in(form, TeamRefused, at=at), transaction.atomic():
            change_team(team_id=team_id, **form.told())
    if hours.is_bound and hours.is_valid():
        with told_in(hours, TeamRefused, at=at):
            change_team_hours(team_id=team_id, hours=hours.hours())
    if closed.is_bound and closed.is_valid():
        close_team_on(team_id=team_id, **closed.cleaned_data)
    if promises.is_bound and promises.is_valid():
        with told_in(promises, TeamRefused, at=at):
            promise_by_priority(team_id=team_id, paces=promises.paces())
    return any(one.is_bound and not one.errors for one in (form, hours, closed, promises))


def _around(team: Any, at: datetime) -> dict[str, Any]:
    """The picture of the week, and the days on which the team is closed."""
    today = timezone.localtime(at).date()
    year = _holidays(team, today.year)
    promised, moments = promised_now(team, at)
    return {
        "week": week_shown(week_of(team.pk)),
        "promised": promised,
        "promised_week": week_shown(week_of(team.pk), moments),
        "closed_days": closed_days_of(team.pk, since=today),
        "holidays": [{"on": on, "name": name, "is_past": on < today} for on, name in year],
        "year": today.year,
        "region_text": state_name(team.country, team.state),
    }


def _holidays(team: Any, year: int) -> list[tuple[date, str]]:
    return sorted(public_holidays(team.country, team.state).in_year(year, (get_language() or "de")[:2]).items())


def _known(team: Any) -> dict[str, Any]:
    return {
        "name": team.name,
        "lead_id": team.lead_id,
        "member_ids": seats_of(team.pk),
        "is_default": team.is_default,
        "region": f"{team.country}-{team.state}".rstrip("-"),
        "handling_minutes": int(team.handling_time / timedelta(minutes=1)),
        "silence_days": team.longest_silence.days,
    }


def _hours_known(team_id: int) -> dict[str, str]:
    return {f"day_{weekday}": hours_as_text(spans) for weekday, spans in spans_by_day(week_of(team_id)).items()}


def _found(team_id: int) -> Any:
    try:
        return team_named(team_id)
    except NotSetUp:
        raise Http404 from None


@require_POST
@workspace(Act.CONFIGURE)
def open_again(request: Visit, team_id: int, closed_day_id: int) -> HttpResponse:
    open_team_on(team_id=_found(team_id).pk, closed_day_id=closed_day_id)
    messages.success(request, gettext("The team is open on that day after all."))
    return redirect("settings_team", request.viewer.tenant_slug, team_id)
