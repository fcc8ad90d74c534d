"""Errands: something done to one or many conversations at once, by hand or by a macro, with its progress and its way back."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.concerns import found
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import Id, IdInPath, Moment, Text, example
from golddraht.conversations.operations import CannotCare
from golddraht.conversations.operations.errands import MOST, begin_errand, undo_errand
from golddraht.conversations.queries.errands import ErrandState, errand_for
from golddraht.conversations.rules import Acts
from golddraht.team.queries import members, team_named
from golddraht.team.rules import Area, Priority

router = Router(tags=["errands"], auth=Token(Area.CONVERSATIONS))
Number = Annotated[str, Field(pattern="^[0-9]{1,12}-[0-9]$")]
Numbers = Annotated[list[Number], Field(min_length=1, max_length=MOST)]
SHOWN: dict[str, Any] = {
    "id": 8,
    "name": "Lieferung verspätet",
    "by_name": "Lea Conrad",
    "begun_at": "2026-11-16T09:00:00Z",
    "whole": 12,
    "done": 11,
    "refused": 1,
    "undone": 0,
    "is_over": True,
    "is_undoing": False,
    "left": [{"conversation": "10427-1", "why_not": "NOT_LIVE"}],
}


class LeftOut(Schema):
    """A conversation that was left as it is, or of which something stays although it was undone."""

    conversation: str
    why_not: str
    model_config = example(conversation="10427-1", why_not="NOT_LIVE")


class ErrandOut(Schema):
    """How far it is: more than ten conversations are done one after the other, so ask again until `is_over`."""

    id: int
    name: str
    by_name: str
    begun_at: datetime
    whole: int
    done: int
    refused: int
    undone: int
    is_over: bool
    is_undoing: bool
    left: list[LeftOut]
    model_config = example(**SHOWN)

    @staticmethod
    def of(state: ErrandState) -> ErrandOut:
        told = {name: getattr(state, name) for name in ErrandOut.model_fields if name != "left"}
        left = [LeftOut(conversation=one.spoken, why_not=one.why_not) for one in state.left]
        return ErrandOut(left=left, **told)


class ActsIn(Schema):
    """What is to be done; what is left out is not. `text` may hold the placeholders of text modules."""

    text: Text | None = None
    note: Annotated[str, Field(max_length=4000)] = ""
    tags: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=12)] = []
    priority: Priority | None = None
    to_id: Id | None = None
    team_id: Id | None = None
    next_touch_at: Moment | None = None
    asks_whether_solved: bool = False
    puts_aside: bool = False
    is_spam: bool = False
    into: Annotated[str, Field(pattern="^([0-9]{1,12}-[0-9])?$")] = ""
    model_config = example(tags=["Lieferung"], priority="HIGH")


class ErrandIn(Schema):
    """The conversations, by their numbers, and what is done to each of them. `name` is what colleagues read."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    conversations: Numbers
    acts: ActsIn
    model_config = example(
        name="Lieferung verspätet", conversations=["10427-1"], acts={"tags": ["Lieferung"], "priority": "HIGH"}
    )


def ids_of(visitor: Visitor, numbers: list[str]) -> list[int]:
    """The conversations that these numbers name. Raises NoSuchConversation."""
    return [found(visitor, number).pk for number in dict.fromkeys(numbers)]


def fresh_token() -> str:
    """A name for an errand whose request names itself by Idempotency-Key, if at all."""
    return secrets.token_hex(16)


def errand_shown(visitor: Visitor, errand_id: int) -> ErrandOut:
    return ErrandOut.of(errand_for(viewer=visitor.viewer, errand_id=errand_id))


def _acts(visitor: Visitor, told: ActsIn) -> Acts:
    """Raises CannotCare, NotSetUp, NoSuchConversation for whoever or whatever is not here."""
    if told.to_id is not None and told.to_id not in {one.pk for one in members()}:
        raise CannotCare("This person does not work here.")
    return Acts(
        text=told.text or "",
        note=told.note,
        tags=tuple(tag for tag in told.tags if tag.strip()),
        priority=told.priority or "",
        to_id=told.to_id,
        team_id=team_named(told.team_id).pk if told.team_id is not None else None,
        touch_at=told.next_touch_at,
        asks_whether_solved=told.asks_whether_solved,
        puts_aside=told.puts_aside,
        is_spam=told.is_spam,
        into_id=found(visitor, told.into).pk if told.into else None,
    )


@router.post("", response={201: ErrandOut})
def begin(request: HttpRequest, told: ErrandIn) -> HttpResponse:
    """Do it to each of them; one that cannot is left and named. To answer several at once is the leads' to do."""

    def act(visitor: Visitor) -> tuple[int, ErrandOut]:
        errand = begin_errand(
            name=told.name,
            conversation_ids=ids_of(visitor, told.conversations),
            acts=_acts(visitor, told.acts),
            by=visitor.me,
            token=fresh_token(),
            at=visitor.at,
        )
        return 201, errand_shown(visitor, errand.pk)

    return writing(request, act)


@router.get("/{errand_id}", response=ErrandOut)
def read_errand(request: HttpRequest, errand_id: IdInPath) -> ErrandOut:
    """How far it is, and what it left."""
    with reading(request) as visitor:
        return errand_shown(visitor, errand_id)


@router.post("/{errand_id}/undo", response=ErrandOut)
def undo(request: HttpRequest, errand_id: IdInPath) -> HttpResponse:
    """Give back what was before, except what somebody has changed since or what has left the house."""

    def act(visitor: Visitor) -> tuple[int, ErrandOut]:
        errand_for(viewer=visitor.viewer, errand_id=errand_id)
        undo_errand(errand_id=errand_id, by=visitor.me, at=visitor.at)
        return 200, errand_shown(visitor, errand_id)

    return writing(request, act)
