"""Teams, their seats and their hours."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from golddraht.ground.holidays import public_holidays
from golddraht.ground.hours import Calendar, WeekSpan
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered
from golddraht.team.models import ClosedDay, OpeningSpan, Seat, Team
from golddraht.team.queries.people import absences


def teams() -> list[Team]:
    return list(Team.objects.select_related("lead").order_by("name"))


_TEAM: Question[Team] = Question(lambda: Team.objects.select_related("lead").filter(pk=Asked("pk")))


@remembered
def team_by_id(team_id: int) -> Team:
    """Raises LookupError."""
    return _TEAM.one(pk=team_id)


_DEFAULT_TEAM: Question[Team] = Question(lambda: Team.objects.select_related("lead").order_by("-is_default", "pk")[:1])


@remembered
def default_team() -> Team:
    """The team that takes what no rule places. Raises Team.DoesNotExist before one is set up."""
    found = _DEFAULT_TEAM.first()
    if found is None:
        raise Team.DoesNotExist
    return found


_SPANS: Question[OpeningSpan] = Question(
    lambda: OpeningSpan.objects.filter(team=Asked("team")).order_by("weekday", "opens")
)

_CLOSED: Question[date] = Question(lambda: ClosedDay.objects.filter(team=Asked("team")).values_list("on", flat=True))


@remembered
def calendar_of(team: Team) -> Calendar:
    """The team's business hours with public holidays of its state and its own closed days."""
    spans = _SPANS.all(team=team.pk)
    week = tuple(WeekSpan(weekday=span.weekday, opens=span.opens, closes=span.closes) for span in spans)
    return _calendar(team.zone, week, team.country, team.state, frozenset(_CLOSED.all(team=team.pk)))


@lru_cache(maxsize=256)
def _calendar(zone: str, week: tuple[WeekSpan, ...], country: str, state: str, closed_on: frozenset[date]) -> Calendar:
    """One calendar for the same hours, so that it need not work out each day again for every arrival."""
    return Calendar(zone=ZoneInfo(zone), week=week, holidays=public_holidays(country, state), closed_on=closed_on)


_SEATED: Question[int] = Question(
    lambda: Seat.objects.filter(team=Asked("team"), member__active=True).values_list("member_id", flat=True)
)


@remembered
def seated_in(team: Team) -> set[int]:
    return set(_SEATED.all(team=team.pk))


def present_members_of(*, team: Team, at: datetime) -> set[int]:
    """The memberships of the team's seats whose people are not away."""
    return seated_in(team) - absences(at=at).keys()


def people_on_duty(*, team: Team, at: datetime) -> float:
    """How many of the team's seats are filled by somebody who is not away."""
    return float(len(seated_in(team) - absences(at=at).keys()))
