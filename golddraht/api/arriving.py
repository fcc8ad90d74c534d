"""The rules by which arrivals find their team: kept in an order, the first that fits decides."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import Id, IdInPath, example
from golddraht.team.operations import keep_arrival_rule, move_arrival_rule, remove_arrival_rule
from golddraht.team.queries import NotSetUp, arrival_rules
from golddraht.team.rules import Act, Area, Priority

router = Router(tags=["team"], auth=Token(Area.TEAM))
SHOWN: dict[str, Any] = {
    "id": 3,
    "words": "gasgeruch, wasserschaden",
    "recipient": "",
    "team_id": 2,
    "team_name": "Technik",
    "skill": "",
    "priority": "URGENT",
}


class RuleOut(Schema):
    """What decides, and then: which team, to whom with which skill, and how urgent it is."""

    id: int
    words: str
    recipient: str
    team_id: int
    team_name: str
    skill: str
    priority: Priority


class ArrivalRules(Schema):
    """In the order in which they decide."""

    rules: list[RuleOut]
    model_config = example(rules=[SHOWN])


class RuleIn(Schema):
    """One of the `words`, separated by commas, said in subject or text, or written to `recipient`; with both, both must fit."""

    words: Annotated[str, Field(max_length=400)] = ""
    recipient: Annotated[str, Field(max_length=254)] = ""
    team_id: Id
    skill: Annotated[str, Field(max_length=60)] = ""
    priority: Priority = Priority.NORMAL
    model_config = example(words="gasgeruch, wasserschaden", team_id=2, priority="URGENT")


class MoveIn(Schema):
    to: Literal["front", "back"]
    model_config = example(to="front")


def _all() -> ArrivalRules:
    return ArrivalRules(rules=[_shown(row) for row in arrival_rules()])


def _shown(row: Any) -> RuleOut:
    alike = {name: getattr(row, name) for name in ("words", "recipient", "team_id", "skill", "priority")}
    return RuleOut(id=row.pk, team_name=row.team.name, **alike)


def _known(rule_id: int) -> int:
    if rule_id not in {row.pk for row in arrival_rules()}:
        raise NotSetUp(rule_id)
    return rule_id


@router.get("/arrival-rules", response=ArrivalRules)
def list_rules(request: HttpRequest) -> ArrivalRules:
    """In the order in which they decide; what none decides goes to the default team."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return _all()


@router.post("/arrival-rules", response={201: ArrivalRules})
def add_rule(request: HttpRequest, told: RuleIn) -> HttpResponse:
    """A new rule behind the others."""
    return _changing(request, lambda: keep_arrival_rule(**told.model_dump()), status=201)


@router.put("/arrival-rules/{rule_id}", response=ArrivalRules)
def change_rule(request: HttpRequest, rule_id: IdInPath, told: RuleIn) -> HttpResponse:
    """Another rule in the same place."""
    return _changing(request, lambda: keep_arrival_rule(rule_id=_known(rule_id), **told.model_dump()))


@router.post("/arrival-rules/{rule_id}/move", response=ArrivalRules)
def move_rule(request: HttpRequest, rule_id: IdInPath, told: MoveIn) -> HttpResponse:
    """One place to the front or back."""
    by = -1 if told.to == "front" else 1
    return _changing(request, lambda: move_arrival_rule(rule_id=_known(rule_id), by=by))


@router.delete("/arrival-rules/{rule_id}", response=ArrivalRules)
def remove_rule(request: HttpRequest, rule_id: IdInPath) -> HttpResponse:
    """What arrives from now on is placed without it."""
    return _changing(request, lambda: remove_arrival_rule(rule_id=_known(rule_id)))


def _changing(request: HttpRequest, change: Any, *, status: int = 200) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, ArrivalRules]:
        visitor.must(Act.CONFIGURE)
        change()
        return status, _all()

    return writing(request, act)
