"""The team: who works here, who is away, what needs a person, how the mailboxes fare. No secrets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.door import Token, Visitor, bearer_in, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import IdInPath
from golddraht.api.shapes.team import (
    AbsenceIn,
    AbsenceOut,
    Absences,
    AlarmOut,
    Alarms,
    Mailboxes,
    MailboxOut,
    MemberOut,
    Members,
    PaceIn,
    PaceOut,
    PromisesIn,
    TeamOut,
    Teams,
    TokenOut,
)
from golddraht.channels.queries import mailbox_health
from golddraht.team.operations import plan_absence, promise_by_priority, remove_absence
from golddraht.team.queries import (
    colleagues,
    open_alarms,
    paces_of,
    planned_absences,
    seats_of,
    team_named,
    teams,
    week_of,
)
from golddraht.team.rules import Act, Area, Pace

router = Router(tags=["team"], auth=Token(Area.TEAM))
anybody = Router(tags=["team"], auth=Token())
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@anybody.get("/me", response=TokenOut)
def whoami(request: HttpRequest) -> TokenOut:
    """For whom this token speaks, and what it opens. Any token may ask."""
    bearer = bearer_in(request)
    viewer = bearer.viewer
    return TokenOut(
        tenant=viewer.tenant_slug,
        tenant_name=viewer.tenant_name,
        member_id=viewer.membership_id,
        member_name=viewer.name,
        role=viewer.role,
        scopes=sorted(bearer.scopes),
    )


@router.get("/members", response=Members)
def list_members(request: HttpRequest) -> Members:
    """Everybody active, and who stands in for those who are away."""
    with reading(request) as visitor:
        found = colleagues(viewer=visitor.viewer, at=visitor.at)
        return Members(members=[_alike(MemberOut, one) for one in found])


@router.get("/teams", response=Teams)
def list_teams(request: HttpRequest) -> Teams:
    """The teams with their people and hours."""
    with reading(request):
        return Teams(teams=[team_shown(one) for one in teams()])


@router.put("/teams/{team_id}/promises", response=TeamOut)
def promise(request: HttpRequest, team_id: IdInPath, wanted: PromisesIn) -> HttpResponse:
    """What the team promises by priority: a first answer, and a further word after each of its own. What was promised stands."""

    def act(visitor: Visitor) -> tuple[int, TeamOut]:
        visitor.must(Act.CONFIGURE)
        if team_id not in {one.pk for one in teams()}:
            raise Problem(404, "no-such-team", "There is no such team.")
        promise_by_priority(team_id=team_id, paces={one.priority: _pace(one) for one in wanted.promises})
        return 200, team_shown(team_named(team_id))

    return writing(request, act)


def _pace(told: PaceIn) -> Pace:
    touch = told.touch_within_minutes
    return Pace(timedelta(minutes=told.answer_within_minutes), timedelta(minutes=touch) if touch else None)


def team_shown(one: Any) -> TeamOut:
    """A team with its people, hours and promises."""
    return TeamOut(
        id=one.pk,
        name=one.name,
        lead_id=one.lead_id,
        lead_name=one.lead.name,
        is_default=one.is_default,
        zone=one.zone,
        answer_within_minutes=_minutes(one.answer_within),
        member_ids=seats_of(one.pk),
        hours=[f"{WEEKDAYS[span.weekday]} {span.opens:%H:%M}-{span.closes:%H:%M}" for span in week_of(one.pk)],
        promises=[
            PaceOut(
                priority=priority,
                answer_within_minutes=_minutes(pace.answer_within),
                touch_within_minutes=_minutes(pace.touch_within) if pace.touch_within else None,
            )
            for priority, pace in paces_of(one).items()
        ],
    )


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


@router.get("/absences", response=Absences)
def list_absences(request: HttpRequest) -> Absences:
    """Who is away now or will be; whoever leaves first stands first."""
    with reading(request) as visitor:
        visitor.must(Act.PLAN_ABSENCES)
        return Absences(absences=[_absence(one) for one in planned_absences(at=visitor.at)])


def _absence(one: Any) -> AbsenceOut:
    return AbsenceOut(
        id=one.pk,
        member_id=one.member_id,
        member_name=one.member.name,
        deputy_id=one.deputy_id,
        deputy_name=one.deputy.name if one.deputy else "",
        starts_at=one.starts_at,
        ends_at=one.ends_at,
    )


@router.post("/absences", response={201: AbsenceOut})
def plan(request: HttpRequest, wanted: AbsenceIn) -> HttpResponse:
    """Somebody will be away, and the deputy cares meanwhile."""

    def act(visitor: Visitor) -> tuple[int, AbsenceOut]:
        visitor.must(Act.PLAN_ABSENCES)
        return 201, _absence(plan_absence(**wanted.model_dump()))

    return writing(request, act)


@router.delete("/absences/{absence_id}", response=Absences)
def cancel(request: HttpRequest, absence_id: IdInPath) -> HttpResponse:
    """The person will be there after all; the answer is what remains."""

    def act(visitor: Visitor) -> tuple[int, Absences]:
        known = {one.pk for one in planned_absences(at=visitor.at)}
        if absence_id not in known:
            raise Problem(404, "no-such-absence", "There is no such absence.")
        visitor.must(Act.PLAN_ABSENCES)
        remove_absence(absence_id=absence_id)
        return 200, Absences(absences=[_absence(one) for one in planned_absences(at=visitor.at)])

    return writing(request, act)


@router.get("/alarms", response=Alarms)
def list_alarms(request: HttpRequest) -> Alarms:
    """What needs a person now, newest first."""
    with reading(request) as visitor:
        return Alarms(alarms=[_alike(AlarmOut, one) for one in open_alarms(viewer=visitor.viewer)])


@router.get("/mailboxes", response=Mailboxes)
def list_mailboxes(request: HttpRequest) -> Mailboxes:
    """How each mailbox fares, in words."""
    with reading(request) as visitor:
        found = mailbox_health(viewer=visitor.viewer, at=visitor.at)
        return Mailboxes(mailboxes=[_alike(MailboxOut, one) for one in found])


def _alike(shape: Any, row: Any) -> Any:
    """The shape with the row's own values."""
    return shape(**{name: getattr(row, name) for name in shape.model_fields})
