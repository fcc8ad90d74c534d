"""Who would care for what has just arrived, and by when an answer can honestly be promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from golddraht.plumbing.asking import Question
from golddraht.plumbing.memory import remembered
from golddraht.team import rules
from golddraht.team.models import Absence, ArrivalRule, Team
from golddraht.team.queries.pacing import pace_of
from golddraht.team.queries.people import absences, members
from golddraht.team.queries.teams import calendar_of, default_team, people_on_duty, seated_in, team_by_id
from golddraht.team.rules import Priority, Role


class NobodyCares(LookupError):
    """The tenant has no active member at all, so nothing can have an owner."""


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
    seated = seated_in(team)
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
