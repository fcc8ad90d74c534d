"""How the company is set up: its teams with people, hours and closed days, and the company itself. For admins."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import Id, IdInPath, example
from golddraht.api.shapes.team import TeamOut
from golddraht.api.team import WEEKDAYS, router, team_shown
from golddraht.team.operations import (
    add_team,
    change_team,
    change_team_hours,
    change_tenant,
    close_team_on,
    open_team_on,
)
from golddraht.team.queries import closed_days_of, current_tenant, team_named
from golddraht.team.rules import Act, Area, UnreadableHours, read_hours

__all__ = ["company", "router"]
company = Router(tags=["team"], auth=Token(Area.TEAM))
Hours = Annotated[
    list[Annotated[str, Field(pattern="^(MO|TU|WE|TH|FR|SA|SU) [0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$")]],
    Field(min_length=1, max_length=28),
]
CLOSED: dict[str, Any] = {"id": 3, "on": "2026-12-24", "reason": "Heiligabend"}
COMPANY: dict[str, Any] = {
    "name": "Heizwerk",
    "language": "de",
    "brand_colour": "#b4540a",
    "watch_days": 14,
    "automatic_per_hour": 200,
    "offers_cancelling": True,
    "offers_withdrawing": True,
}


class HoursIn(Schema):
    """The week as teams are shown: day, opening and closing; two spans on a day leave a break."""

    hours: Hours
    model_config = example(hours=["MO 08:00-12:00", "MO 13:00-17:00", "TU 08:00-17:00"])


def spans_in(hours: list[str]) -> list[tuple[int, time, time]]:
    """As the team takes them. Raises Problem where they end before they begin, or overlap."""
    try:
        return [
            (place, opens, closes)
            for place, day in enumerate(WEEKDAYS)
            for opens, closes in read_hours(", ".join(one[3:] for one in hours if one[:2] == day))
        ]
    except UnreadableHours as odd:
        raise Problem(422, "hours-refused", "A team is not open like that.", odd.reason) from None


class TeamIn(Schema):
    """Name, people and policy. `state` is the part of the country whose holidays count."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    lead_id: Id
    member_ids: list[Id] = Field([], max_length=500)
    is_default: Annotated[bool, Field(description="Takes what no rule places; exactly one team does.")] = False
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "DE"
    state: Annotated[str, Field(max_length=8)] = ""
    handling_minutes: int = Field(8, ge=1, le=480)
    silence_days: int = Field(21, ge=1, le=90)
    model_config = example(name="Technik", lead_id=7, member_ids=[7, 8], country="DE", state="BY")

    def told(self) -> dict[str, Any]:
        same = ("name", "lead_id", "member_ids", "country", "state")
        return {name: getattr(self, name) for name in same} | {
            "handling_time": timedelta(minutes=self.handling_minutes),
            "longest_silence": timedelta(days=self.silence_days),
        }


class NewTeamIn(TeamIn):
    """A team, and when it is open."""

    hours: Hours
    model_config = example(name="Technik", lead_id=7, member_ids=[7, 8], hours=["MO 08:00-17:00"])


class ClosedDayIn(Schema):
    """A day on which the team is closed besides public holidays."""

    on: date
    reason: Annotated[str, Field(max_length=120)] = ""
    model_config = example(on="2026-12-24", reason="Heiligabend")


class ClosedDayOut(Schema):
    id: int
    on: date
    reason: str
    model_config = example(**CLOSED)


class ClosedDays(Schema):
    closed_days: list[ClosedDayOut]
    model_config = example(closed_days=[CLOSED])


class CompanyIn(Schema):
    """Name, language, country, colour, and what may be sent by itself."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    language: Literal["de", "en"]
    country: Literal["DE", "AT", "CH", ""] = Field(
        "",
        description="Whose law counts. Without one it stays; with another one retention waits to be looked at again.",
    )
    brand_colour: Annotated[str, Field(pattern="^(#[0-9a-fA-F]{6})?$")] = ""
    watch_days: int = Field(ge=0, le=365, description="Who writes again within it opens a solved concern again.")
    automatic_per_hour: int = Field(ge=0, le=100_000)
    offers_cancelling: bool = Field(True, description="A public page on which contracts are cancelled (§ 312k BGB).")
    offers_withdrawing: bool = Field(True, description="One on which they are withdrawn from (§ 356a BGB).")
    model_config = example(**COMPANY)


class CompanyOut(CompanyIn):
    """The company as customers and colleagues see it."""


@router.post("/teams", response={201: TeamOut})
def form(request: HttpRequest, told: NewTeamIn) -> HttpResponse:
    """A further team. The very first one takes what no rule places; `is_default` counts when a team is changed."""

    def act(visitor: Visitor) -> tuple[int, TeamOut]:
        visitor.must(Act.CONFIGURE)
        made = add_team(hours=spans_in(told.hours), at=visitor.at, **told.told())
        return 201, team_shown(team_named(made.pk))

    return writing(request, act)


@router.put("/teams/{team_id}", response=TeamOut)
def change(request: HttpRequest, team_id: IdInPath, told: TeamIn) -> HttpResponse:
    """Name, people and policy, all of it."""
    return _on_team(request, team_id, lambda pk: change_team(team_id=pk, is_default=told.is_default, **told.told()))


@router.put("/teams/{team_id}/hours", response=TeamOut)
def open_at(request: HttpRequest, team_id: IdInPath, told: HoursIn) -> HttpResponse:
    """The whole week, from now on."""
    return _on_team(request, team_id, lambda pk: change_team_hours(team_id=pk, hours=spans_in(told.hours)))


def _on_team(request: HttpRequest, team_id: int, act: Any) -> HttpResponse:
    def do(visitor: Visitor) -> tuple[int, TeamOut]:
        one = team_named(team_id)
        visitor.must(Act.CONFIGURE)
        act(one.pk)
        return 200, team_shown(team_named(team_id))

    return writing(request, do)


@router.get("/teams/{team_id}/closed-days", response=ClosedDays)
def list_closed_days(request: HttpRequest, team_id: IdInPath) -> ClosedDays:
    """Days to come on which it is closed besides public holidays."""
    with reading(request) as visitor:
        return _closed(visitor, team_named(team_id).pk)


def _closed(visitor: Visitor, team_id: int) -> ClosedDays:
    days = closed_days_of(team_id, since=visitor.at.date())
    return ClosedDays(closed_days=[ClosedDayOut(id=day.pk, on=day.on, reason=day.reason) for day in days])


@router.post("/teams/{team_id}/closed-days", response={201: ClosedDays})
def close(request: HttpRequest, team_id: IdInPath, told: ClosedDayIn) -> HttpResponse:
    """Closed on that day; saying it again changes the reason."""

    def act(visitor: Visitor) -> tuple[int, ClosedDays]:
        one = team_named(team_id)
        visitor.must(Act.CONFIGURE)
        close_team_on(team_id=one.pk, on=told.on, reason=told.reason)
        return 201, _closed(visitor, one.pk)

    return writing(request, act)


@router.delete("/teams/{team_id}/closed-days/{closed_day_id}", response=ClosedDays)
def open_again(request: HttpRequest, team_id: IdInPath, closed_day_id: IdInPath) -> HttpResponse:
    """Open on that day after all."""

    def act(visitor: Visitor) -> tuple[int, ClosedDays]:
        one = team_named(team_id)
        visitor.must(Act.CONFIGURE)
        if closed_day_id not in {day.id for day in _closed(visitor, one.pk).closed_days}:
            raise Problem(404, "no-such-closed-day", "There is no such closed day.")
        open_team_on(team_id=one.pk, closed_day_id=closed_day_id)
        return 200, _closed(visitor, one.pk)

    return writing(request, act)


@company.get("", response=CompanyOut)
def read_company(request: HttpRequest) -> CompanyOut:
    """Name, language, country, colour and policy."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return _company()


def _company() -> CompanyOut:
    tenant = current_tenant()
    same = (
        "name",
        "language",
        "country",
        "brand_colour",
        "automatic_per_hour",
        "offers_cancelling",
        "offers_withdrawing",
    )
    return CompanyOut(watch_days=tenant.watch_period.days, **{name: getattr(tenant, name) for name in same})


@company.put("", response=CompanyOut)
def change_company(request: HttpRequest, told: CompanyIn) -> HttpResponse:
    """All of it, from now on."""

    def act(visitor: Visitor) -> tuple[int, CompanyOut]:
        visitor.must(Act.CONFIGURE)
        values = told.model_dump()
        change_tenant(watch_period=timedelta(days=values.pop("watch_days")), at=visitor.at, **values)
        return 200, _company()

    return writing(request, act)
