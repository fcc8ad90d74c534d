"""Blocked senders. What rests because of them stands in the place `blocked`; `DELETE …/spam` frees it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.concerns import found
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.conversations.operations.blocking import lift_block
from golddraht.conversations.queries.blocking import Block, block_for, blocks
from golddraht.promises import operations as promises
from golddraht.team.rules import Act, Area

router = Router(tags=["blocked senders"], auth=Token(Area.CONVERSATIONS))
SHOWN: dict[str, Any] = {
    "id": 5,
    "pattern": "@reklame.example",
    "why": "Werbung",
    "by_name": "Lea Conrad",
    "at": "2026-11-16T09:00:00Z",
    "lifted_at": None,
    "lifted_by": "",
    "concerns": 12,
}


class BlockOut(Schema):
    """An address, or with an @ in front everybody at a domain and below it; `concerns` rest because of it."""

    id: int
    pattern: str
    why: str
    by_name: str
    at: datetime
    lifted_at: datetime | None
    lifted_by: str
    concerns: int
    model_config = example(**SHOWN)

    @staticmethod
    def of(block: Block) -> BlockOut:
        return BlockOut(**{name: getattr(block, name) for name in BlockOut.model_fields})


class Blocks(Schema):
    blocked: list[BlockOut]
    lifted: list[BlockOut]
    model_config = example(blocked=[SHOWN], lifted=[])


class BlockIn(Schema):
    """Whom. With `conversation` that one rests at once. `knowing` says that open promises to them are known."""

    sender: Annotated[str, Field(min_length=1, max_length=300)]
    why: Annotated[str, Field(max_length=200)] = ""
    conversation: Annotated[str, Field(pattern="^([0-9]{1,12}-[0-9])?$")] = ""
    knowing: bool = False
    model_config = example(sender="reklame.example", why="Werbung")


@router.get("", response=Blocks)
def list_blocked(request: HttpRequest) -> Blocks:
    """Those that are blocked, and those that were, the latest first."""
    with reading(request) as visitor:
        viewer = visitor.viewer
        return Blocks(
            blocked=[BlockOut.of(one) for one in blocks(viewer=viewer)],
            lifted=[BlockOut.of(one) for one in blocks(viewer=viewer, lifted=True)],
        )


@router.post("", response={201: BlockOut})
def block(request: HttpRequest, told: BlockIn) -> HttpResponse:
    """What this sender writes from now on is kept and rests. Refused with `still-promised` where `knowing` is missing."""

    def act(visitor: Visitor) -> tuple[int, BlockOut]:
        concern = found(visitor, told.conversation) if told.conversation else None
        kept = promises.block(
            sender=told.sender,
            why=told.why,
            knowing=told.knowing,
            conversation_id=concern.pk if concern else None,
            by=visitor.me,
            at=visitor.at,
        )
        return 201, BlockOut.of(block_for(viewer=visitor.viewer, block_id=kept.pk))

    return writing(request, act)


@router.delete("/{block_id}", response=BlockOut)
def lift(request: HttpRequest, block_id: IdInPath) -> HttpResponse:
    """They are heard again. What rests already stays so until it is freed."""

    def act(visitor: Visitor) -> tuple[int, BlockOut]:
        visitor.must(Act.SHAPE_WORK)
        one = block_for(viewer=visitor.viewer, block_id=block_id)
        lift_block(block_id=one.id, by=visitor.me, at=visitor.at)
        return 200, BlockOut.of(block_for(viewer=visitor.viewer, block_id=block_id))

    return writing(request, act)
