"""Who works for whom, who is there, and who would care for what has just arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Q

from golddraht.ground.holidays import public_holidays
from golddraht.ground.hours import Calendar, WeekSpan
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered
from golddraht.plumbing.models import Tenant
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team import rules
from golddraht.team.models import Absence, Alarm, ArrivalRule, ClosedDay, Membership, OpeningSpan, Seat, Team
from golddraht.team.queries.pacing import pace_of
from golddraht.team.rules import Act, AfterAnswer, Priority, Role


class NotAMember(LookupError):
    """There is no such tenant for this person; whoever may not see it is told the same as if it did not exist."""


class NobodyCares(LookupError):
    """The tenant has no active member at all, so nothing can have an owner."""


@dataclass(frozen=True)
class Viewer:
    """Somebody signed in, speaking for one tenant. Doors take it as `viewer=` and show only what it may see."""

    user_id: int
    membership_id: int
    tenant_id: int
    tenant_slug: str
    tenant_name: str
    name: str
    role: Role
    tenant_colour: str = ""
    language: str = "de"
    goodwill_cents: int = 0
    is_demo: bool = False
    undo_within: timedelta = timedelta(0)
    after_answer: AfterAnswer = AfterAnswer.STAY
    second_factor_from: datetime | None = None
    """From when on the company lets nobody in without one; None asks for none."""

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def tenant_initials(self) -> str:
        return initials_of(self.tenant_name)

    def may(self, act: Act) -> bool:
        return self.role.may(act)


@dataclass(frozen=True)
class Colleague:
    """A member as others see them."""

    id: int
    name: str
    role: Role
    is_present: bool
    deputy_name: str = ""

    @property
    def initials(self) -> str:
        return initials_of(self.name)


@dataclass(frozen=True)
class Assignment:
    """Who cares for an arrival, why, how urgent it is, and by when the first answer can honestly be promised."""

    team_id: int
    team_name: str
    owner_id: int
    reason: str
    answer_at: datetime
    longest_silence: timedelta
    priority: Priority


def initials_of(name: str) -> str:
    parts = [part for part in name.replace("-", " ").split() if part[:1].isalpha()]
    return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else name.strip()[:2]).upper()


_MEMBERSHIPS: Question[Membership] = Question(
    lambda: (
        Membership.objects.filter(user_id=Asked("user"), user__is_active=True, active=True)
        .select_related("tenant", "user")
        .order_by("tenant__name")
    )
)


def viewers_of(*, user_id: int) -> list[Viewer]:
    """Every tenant this person may speak for, in the order of their names."""
    return [_viewer(membership) for membership in _MEMBERSHIPS.all(user=user_id)]


_MEMBERSHIP: Question[Membership] = Question(
    lambda: Membership.objects.filter(
        user_id=Asked("user"), tenant__slug=Asked("slug"), user__is_active=True, active=True
    ).select_related("tenant", "user")[:1]
)


def viewer_for(*, user_id: int, tenant_slug: str) -> Viewer:
    """The person as a member of that tenant. Raises NotAMember."""
    membership = _MEMBERSHIP.first(user=user_id, slug=tenant_slug)
    if membership is None:
        raise NotAMember(tenant_slug)
    return _viewer(membership)


def _viewer(membership: Membership) -> Viewer:
    return Viewer(
        user_id=membership.user_id,
        membership_id=membership.pk,
        tenant_id=membership.tenant_id,
        tenant_slug=membership.tenant.slug,
        tenant_name=membership.tenant.name,
        name=membership.name,
        role=Role(membership.role),
        tenant_colour=rules.colour_of(membership.tenant.brand_colour, membership.tenant_id),
        language=membership.user.language,
        goodwill_cents=membership.goodwill_cents,
        is_demo=membership.tenant.is_demo,
        undo_within=timedelta(seconds=membership.undo_seconds),
        after_answer=AfterAnswer(membership.after_answer),
        second_factor_from=membership.tenant.second_factor_from,
    )


def all_tenants() -> list[Tenant]:
    """Every tenant of this installation; for sweepers and the command line, which then look at each with `seeing`."""
    return list(Tenant.objects.order_by("pk"))


def tenant_by_slug(slug: str) -> Tenant | None:
    return Tenant.objects.filter(slug=slug).first()


_TENANT: Question[Tenant] = Question(lambda: Tenant.objects.filter(pk=Asked("pk")))


@remembered
def current_tenant() -> Tenant:
    return _TENANT.one(pk=current_tenant_id())


_MEMBERS: Question[Membership] = Question(
    lambda: Membership.objects.filter(tenant=Asked("tenant"), active=True).order_by("name")
)


@remembered
def members() -> list[Membership]:
    """The active members of the tenant being seen."""
    return _MEMBERS.all(tenant=current_tenant_id())


def colleagues(*, viewer: Viewer, at: datetime) -> list[Colleague]:
    """Everybody active in the viewer's tenant, and who stands in for those who are away."""
    away = absences(at=at)
    return [
        Colleague(
            id=member.pk,
            name=member.name,
            role=Role(member.role),
            is_present=member.pk not in away,
            deputy_name=_name_of_deputy(away.get(member.pk)),
        )
        for member in Membership.objects.filter(tenant_id=viewer.tenant_id, active=True).order_by("name")
    ]


def names_of_colleagues() -> dict[int, str]:
    """Everybody active in the tenant being seen."""
    rows = Membership.objects.filter(tenant_id=current_tenant_id(), active=True)
    return dict(rows.values_list("pk", "name"))


def _name_of_deputy(absence: Absence | None) -> str:
    return absence.deputy.name if absence and absence.deputy else ""


_AWAY: Question[Absence] = Question(
    lambda: (
        Absence.objects.filter(starts_at__lte=Asked("at"), ends_at__gt=Asked("at"))
        .select_related("deputy")
        .order_by("ends_at")
    )
)


@remembered
def absences(*, at: datetime) -> dict[int, Absence]:
    """Who is away at that moment, by membership id; the absence that ends last counts."""
    return {absence.member_id: absence for absence in _AWAY.all(at=at)}


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


def lead_on_duty(*, team: Team, at: datetime) -> int:
    """The membership that is told when something goes wrong: the team's lead, their deputy, another lead, an admin."""
    away = absences(at=at)
    active = {member.pk: Role(member.role) for member in members()}
    deputies = [absence.deputy_id for absence in away.values() if absence.member_id == team.lead_id]
    wanted = [team.lead_id, *(deputy for deputy in deputies if deputy)]
    wanted += sorted(active, key=lambda pk: (active[pk].rank, pk), reverse=True)
    present = (pk for pk in wanted if pk in active and pk not in away)
    return next(present, None) or (team.lead_id if team.lead_id in active else next(iter(active)))


def assignment_for(
    *,
    arrival: rules.Arrival,
    language: str,
    previous_owner_id: int | None,
    load: Mapping[int, int],
    ahead: Callable[[int, Priority], int],
    at: datetime,
    known: Priority | None = None,
) -> Assignment:
    """Team, owner and honest answer time for what has just arrived.

    `load` is the number of live conversations by membership; `ahead` says how many a team answers before one of a priority.
    `known` is the priority of a concern that was there before; a new one gets that of the rule that decides.
    """
    rows = _arrival_rules()
    decision = rules.deciding_rule(arrival, [as_rule(row) for row in rows])
    team = _team_of(decision)
    priority = known or (decision.priority if decision else Priority.NORMAL)
    skill = next(
        (row.skill for row in rows if row.skill and row.team_id == team.pk and as_rule(row).fits(arrival)), None
    )
    away = absences(at=at)
    seated = _seated(team)
    choice = rules.choose_owner(
        _candidates(team, seated, load, away),
        language=language or None,
        skill=skill,
        previous_owner_id=previous_owner_id,
    )
    if choice is None:
        raise NobodyCares("This tenant has no active member; invite somebody first.")
    return Assignment(
        team_id=team.pk,
        team_name=team.name,
        owner_id=lead_on_duty(team=team, at=at) if choice.membership_id in away else choice.membership_id,
        reason=choice.reason,
        answer_at=_answer_time(team, priority, ahead(team.pk, priority), float(len(seated - away.keys())), at),
        longest_silence=team.longest_silence,
        priority=priority,
    )


def answer_time(*, team: Team, waiting: int, at: datetime, priority: Priority = Priority.NORMAL) -> datetime:
    """When this team can honestly promise an answer to something of that priority that arrives now."""
    return _answer_time(team, priority, waiting, people_on_duty(team=team, at=at), at)


def touch_time(*, team: Team, priority: Priority, at: datetime) -> datetime | None:
    """By when this team promises a further word after one that was said `at`; None where it promises no time for that."""
    within = pace_of(team, priority).touch_within
    if within is None:
        return None
    return rules.promised_touch_at(said_at=at, calendar=calendar_of(team), touch_within=within)


def _answer_time(team: Team, priority: Priority, waiting: int, people: float, at: datetime) -> datetime:
    return rules.promised_answer_at(
        received_at=at,
        calendar=calendar_of(team),
        answer_within=pace_of(team, priority).answer_within,
        waiting=waiting,
        handling_time=team.handling_time,
        people=people,
    )


def people_on_duty(*, team: Team, at: datetime) -> float:
    """How many of the team's seats are filled by somebody who is not away."""
    return float(len(_seated(team) - absences(at=at).keys()))


def present_members_of(*, team: Team, at: datetime) -> set[int]:
    """The memberships of the team's seats whose people are not away."""
    return _seated(team) - absences(at=at).keys()


_SEATED: Question[int] = Question(
    lambda: Seat.objects.filter(team=Asked("team"), member__active=True).values_list("member_id", flat=True)
)


@remembered
def _seated(team: Team) -> set[int]:
    return set(_SEATED.all(team=team.pk))


_RULES: Question[ArrivalRule] = Question(lambda: ArrivalRule.objects.order_by("position", "pk"))


@remembered
def _arrival_rules() -> list[ArrivalRule]:
    return _RULES.all()


def _team_of(decision: rules.ArrivalRule | None) -> Team:
    """Where the rule sends it; where none decides, to the team that takes the rest."""
    fallback = default_team()
    return fallback if decision is None or decision.team_id == fallback.pk else team_by_id(decision.team_id)


def as_rule(row: ArrivalRule) -> rules.ArrivalRule:
    """The row as it decides."""
    return rules.ArrivalRule(
        team_id=row.team_id,
        recipient=row.recipient,
        content=tuple(part.strip() for part in row.words.split(",") if part.strip()),
        priority=Priority(row.priority),
    )


def _candidates(
    team: Team, seated: set[int], load: Mapping[int, int], away: Mapping[int, Absence]
) -> list[rules.Candidate]:
    """The team's members, its lead and who stands in for them; everybody active where that is nobody."""
    everybody = members()
    wanted = _with_deputies(seated | {team.lead_id}, away)
    chosen = [member for member in everybody if member.pk in wanted] or everybody
    return [
        rules.Candidate(
            membership_id=member.pk,
            languages=frozenset(member.languages),
            skills=frozenset(member.skills),
            load=load.get(member.pk, 0),
            is_present=member.pk not in away,
            deputy_id=away[member.pk].deputy_id if member.pk in away else None,
            is_lead=member.pk == team.lead_id,
        )
        for member in chosen
    ]


def _with_deputies(wanted: set[int], away: Mapping[int, Absence]) -> set[int]:
    """These people, whoever stands in for those of them who are away, and so on along the chain."""
    found, latest = set(wanted), set(wanted)
    while latest:
        stand_ins = (away[one].deputy_id for one in latest if one in away)
        latest = {one for one in stand_ins if one is not None} - found
        found |= latest
    return found


def open_alarms(*, viewer: Viewer) -> list[Alarm]:
    """What needs a person now, newest first."""
    return list(Alarm.objects.filter(tenant_id=viewer.tenant_id, cleared_at=None).order_by("-raised_at"))


def admins() -> list[Membership]:
    """The tenant's admins with their sign-in addresses: those whom an alarm tells."""
    wanted = Q(role=Role.ADMIN) | Q(role=Role.LEAD)
    rows = Membership.objects.filter(wanted, tenant_id=current_tenant_id(), active=True, user__is_active=True)
    found = list(rows.select_related("user").order_by("role", "pk"))
    return [member for member in found if member.role == Role.ADMIN] or found
