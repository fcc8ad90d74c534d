"""What leads do: missed moments, and the daily look at what needs no answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.concerns import found, shown
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.conversations import ConcernOut, CountOut, EscalationOut, Escalations
from golddraht.api.shapes.fields import IdInPath
from golddraht.api.shapes.wishes import HandOnIn, NumbersIn
from golddraht.conversations.operations import hand_over, review_quiet, take_escalation
from golddraht.conversations.queries import conversation_by_id, escalations_for
from golddraht.team.rules import Act, Area

router = Router(tags=["leading"], auth=Token(Area.CONVERSATIONS))


@router.get("/escalations", response=Escalations)
def list_escalations(request: HttpRequest) -> Escalations:
    """What the member of the token was told of as lead and nobody has taken yet, the longest missed first."""
    with reading(request) as visitor:
        visitor.must(Act.REVIEW_NO_ANSWER)
        lines = escalations_for(viewer=visitor.viewer)
        return Escalations(escalations=[_line(line) for line in lines])


def _line(line: Any) -> EscalationOut:
    names = EscalationOut.model_fields.keys() - {"conversation"}
    return EscalationOut(conversation=line.spoken, **{name: getattr(line, name) for name in names})


@router.post("/escalations/{escalation_id}/take", response=ConcernOut)
def take(request: HttpRequest, escalation_id: IdInPath) -> HttpResponse:
    """The lead cares for it from now on."""

    def act(visitor: Visitor) -> tuple[int, ConcernOut]:
        line = _open(visitor, escalation_id)
        take_escalation(escalation_id=line.id, by=visitor.me, at=visitor.at)
        return 200, shown(visitor, conversation_by_id(line.conversation_id))

    return writing(request, act)


@router.post("/escalations/{escalation_id}/hand-on", response=ConcernOut)
def hand_on(request: HttpRequest, escalation_id: IdInPath, wanted: HandOnIn) -> HttpResponse:
    """Somebody else cares from now on. What was missed stays missed until the customer hears from you."""

    def act(visitor: Visitor) -> tuple[int, ConcernOut]:
        line = _open(visitor, escalation_id)
        hand_over(conversation_id=line.conversation_id, to_id=wanted.to_id, by=visitor.me, at=visitor.at)
        return 200, shown(visitor, conversation_by_id(line.conversation_id))

    return writing(request, act)


def _open(visitor: Visitor, escalation_id: int) -> Any:
    """Only what this lead was told of and nobody has taken yet. Raises Problem."""
    lines = escalations_for(viewer=visitor.viewer)
    line = next((line for line in lines if line.id == escalation_id), None)
    if line is None:
        raise Problem(404, "no-such-escalation", "There is no such escalation for this lead.")
    visitor.must(Act.REVIEW_NO_ANSWER)
    return line


@router.post("/quiet-reviews", response=CountOut)
def review(request: HttpRequest, wanted: NumbersIn) -> HttpResponse:
    """The lead looked: these really need no answer. They are in the place `quiet` until then."""

    def act(visitor: Visitor) -> tuple[int, CountOut]:
        visitor.must(Act.REVIEW_NO_ANSWER)
        ids = [found(visitor, number).pk for number in wanted.numbers]
        return 200, CountOut(changed=review_quiet(conversation_ids=ids, by=visitor.me, at=visitor.at))

    return writing(request, act)
