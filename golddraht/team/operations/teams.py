"""Teams: their seats, their week, the days on which they are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from golddraht.ground.holidays import UnknownRegion, public_holidays
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import ClosedDay, Membership, OpeningSpan, Seat, Team

Hours = Iterable[tuple[int, time, time]]


class TeamRefused(ValueError):
    """The team cannot be like that; the message says why."""


@transaction.atomic
def form_team(
    *,
    name: str,
    lead: Membership,
    members: list[Membership],
    hours: list[tuple[int, time, time]],
    is_default: bool = False,
    zone: str = "Europe/Berlin",
    country: str = "DE",
    state: str = "",
    **policy: object,
) -> Team:
    """A team with its seats and its weekly hours as (weekday from 0, opens, closes). `policy` may set the team's durations."""
    team: Team = Team.objects.create(
        name=name, lead=lead, is_default=is_default, zone=zone, country=country, state=state, **policy
    )
    Seat.objects.bulk_create(Seat(team=team, member=member) for member in members)
    _keep_hours(team, hours)
    return team


@transaction.atomic
def add_team(
    *, name: str, lead_id: int, hours: Hours, member_ids: Iterable[int], at: datetime, **policy: object
) -> Team:
    """As `form_team`, from ids; the first team takes what no rule places. Raises TeamRefused."""
    _refuse_taken_name(name)
    people = _members({lead_id, *member_ids})
    return form_team(
        name=name.strip(),
        lead=people[lead_id],
        members=[people[pk] for pk in dict.fromkeys(member_ids)],
        hours=_open_hours(hours),
        is_default=not Team.objects.exists(),
        **policy,  # type: ignore[arg-type]  # The page's form has the names of the fields.
    )


@transaction.atomic
def change_team(
    *,
    team_id: int,
    name: str,
    lead_id: int,
    member_ids: Iterable[int],
    is_default: bool,
    country: str,
    state: str,
    handling_time: timedelta,
    longest_silence: timedelta,
) -> None:
    """Name, people and policy of a team. Raises TeamRefused."""
    team = Team.objects.select_for_update().get(pk=team_id)
    _refuse_taken_name(name, besides=team_id)
    _refuse_unknown_region(country, state)
    people = _members({lead_id, *member_ids})
    if is_default:
        Team.objects.filter(is_default=True).exclude(pk=team_id).update(is_default=False)
    elif team.is_default:
        raise TeamRefused(_("One team takes what no rule places. Choose another one there first."))
    team.name, team.lead, team.is_default = name.strip(), people[lead_id], is_default
    team.country, team.state = country, state
    team.handling_time, team.longest_silence = handling_time, longest_silence
    team.save()
    _seat(team, {pk: people[pk] for pk in member_ids})


def _seat(team: Team, people: dict[int, Membership]) -> None:
    Seat.objects.filter(team=team).exclude(member_id__in=people).delete()
    seated = set(Seat.objects.filter(team=team).values_list("member_id", flat=True))
    Seat.objects.bulk_create(Seat(team=team, member=member) for pk, member in people.items() if pk not in seated)


@transaction.atomic
def change_team_hours(*, team_id: int, hours: Hours) -> None:
    """The weekly hours as (weekday from 0, opens, closes); two spans on a day leave a break. Raises TeamRefused."""
    team = Team.objects.select_for_update().get(pk=team_id)
    kept = _open_hours(hours)
    OpeningSpan.objects.filter(team=team).delete()
    _keep_hours(team, kept)


def _keep_hours(team: Team, hours: Hours) -> None:
    OpeningSpan.objects.bulk_create(
        OpeningSpan(team=team, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in hours
    )


def _open_hours(hours: Hours) -> list[tuple[int, time, time]]:
    kept = list(hours)
    if not kept:
        raise TeamRefused(_("A team that is never open cannot promise anything. Enter hours for at least one day."))
    return kept


@transaction.atomic
def close_team_on(*, team_id: int, on: date, reason: str = "") -> ClosedDay:
    """The team is closed that day besides public holidays; saying it again changes the reason."""
    team = Team.objects.get(pk=team_id)
    closed, _is_new = ClosedDay.objects.update_or_create(team=team, on=on, defaults={"reason": reason.strip()})
    return closed


@transaction.atomic
def open_team_on(*, team_id: int, closed_day_id: int) -> None:
    """Take a closed day back."""
    ClosedDay.objects.filter(team_id=team_id, pk=closed_day_id).delete()


def _refuse_taken_name(name: str, besides: int | None = None) -> None:
    if not name.strip():
        raise TeamRefused(_("Give the team a name."))
    if Team.objects.filter(name=name.strip()).exclude(pk=besides or 0).exists():
        raise TeamRefused(_("There is a team of this name already."))


def _refuse_unknown_region(country: str, state: str) -> None:
    try:
        public_holidays(country, state)
    except UnknownRegion:
        raise TeamRefused(_("No public holidays are known for this state. Choose one of the list.")) from None


def _members(ids: set[int]) -> dict[int, Membership]:
    found = {row.pk: row for row in Membership.objects.filter(tenant_id=current_tenant_id(), active=True, pk__in=ids)}
    if set(found) != ids:
        raise TeamRefused(_("Choose people who work here."))
    return found
