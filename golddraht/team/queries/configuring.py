"""What the settings show: everybody who works or worked here, a team's week, absences to come, the arrival rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from golddraht.ground.hours import WeekSpan
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team import rules
from golddraht.team.models import Absence, ArrivalRule, ClosedDay, Membership, OpeningSpan, Seat, Team


class NotSetUp(LookupError):
    """There is no such team, person or rule here."""


@dataclass(frozen=True)
class Person:
    """Somebody who works here, or did, with what they may do and know."""

    id: int
    name: str
    email: str
    role: rules.Role
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    goodwill_cents: int
    is_active: bool
    left_at: datetime | None
    teams: tuple[str, ...]


def people(*, active: bool = True) -> list[Person]:
    """Everybody who works for the tenant being seen, or with active=False everybody who has left."""
    rows = Membership.objects.filter(tenant_id=current_tenant_id(), active=active).select_related("user")
    seats: dict[int, list[str]] = {}
    for member_id, team in Seat.objects.order_by("team__name").values_list("member_id", "team__name"):
        seats.setdefault(member_id, []).append(team)
    return [_person(row, tuple(seats.get(row.pk, ()))) for row in rows.order_by("name")]


def person(member_id: int) -> Person:
    """An active member. Raises NotSetUp."""
    found = next((one for one in people() if one.id == member_id), None)
    if found is None:
        raise NotSetUp(member_id)
    return found


@remembered
def names_of_members() -> dict[int, str]:
    """Everybody who ever worked here, by membership id: whom the audit trail names."""
    return dict(Membership.objects.filter(tenant_id=current_tenant_id()).values_list("pk", "name"))


def _person(row: Membership, teams: tuple[str, ...]) -> Person:
    return Person(
        id=row.pk,
        name=row.name,
        email=row.user.email,
        role=rules.Role(row.role),
        languages=tuple(row.languages),
        skills=tuple(row.skills),
        goodwill_cents=row.goodwill_cents,
        is_active=row.active,
        left_at=row.left_at,
        teams=teams,
    )


def team_named(team_id: int) -> Team:
    """Raises NotSetUp."""
    found = Team.objects.select_related("lead").filter(pk=team_id).first()
    if found is None:
        raise NotSetUp(team_id)
    team: Team = found
    return team


def week_of(team_id: int) -> list[WeekSpan]:
    """The weekly hours in their order."""
    spans = OpeningSpan.objects.filter(team_id=team_id).order_by("weekday", "opens")
    return [WeekSpan(weekday=span.weekday, opens=span.opens, closes=span.closes) for span in spans]


def seats_of(team_id: int) -> list[int]:
    """The membership ids of the active people in a team."""
    rows = Seat.objects.filter(team_id=team_id, member__active=True)
    return list(rows.order_by("member__name").values_list("member_id", flat=True))


def closed_days_of(team_id: int, *, since: date) -> list[ClosedDay]:
    return list(ClosedDay.objects.filter(team_id=team_id, on__gte=since).order_by("on"))


def planned_absences(*, at: datetime) -> list[Absence]:
    """Who is away now or will be, with deputies; whoever leaves first stands first."""
    rows = Absence.objects.filter(ends_at__gt=at, member__active=True).select_related("member", "deputy")
    return list(rows.order_by("starts_at", "pk"))


def arrival_rules() -> list[ArrivalRule]:
    """In the order in which they decide."""
    return list(ArrivalRule.objects.select_related("team").order_by("position", "pk"))
