"""The draft of an answer: what the token's own member is writing in a concern. Nobody's program sees another one's."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.concerns import found, on_concern
from golddraht.api.door import Token, Visitor, reading
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import LONGEST_TEXT, Moment, NumberInPath, example
from golddraht.conversations.operations import Writing, keep_draft
from golddraht.conversations.operations.drafting import discard_draft
from golddraht.conversations.queries.drafts import DraftKept, drafts_in
from golddraht.conversations.rules import Channel
from golddraht.ground.numbers import spoken
from golddraht.team.rules import Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))
SHOWN: dict[str, Any] = {
    "conversation": "10427-1",
    "draft_id": 12,
    "text": "Guten Tag, unsere Technikerin kommt am Donnerstag.",
    "channel": "EMAIL",
    "recipients": None,
    "next_touch_at": None,
    "still_ours": False,
    "changed_at": "2026-11-16T09:00:00Z",
    "stopped_why": "",
    "files": ["Anleitung.pdf"],
}


class OwnDraftOut(Schema):
    """What is being written. `stopped_why` says why it did not leave when it was sent; `recipients` null leaves them to who takes part."""

    conversation: str
    draft_id: int
    text: str
    channel: Channel
    recipients: list[str] | None
    next_touch_at: datetime | None
    still_ours: bool
    changed_at: datetime
    stopped_why: str
    files: list[str]
    model_config = example(**SHOWN)

    @staticmethod
    def of(number: int, draft: DraftKept) -> OwnDraftOut:
        alike = ("text", "channel", "next_touch_at", "still_ours", "changed_at", "stopped_why")
        return OwnDraftOut(
            conversation=spoken(number),
            draft_id=draft.id,
            recipients=list(draft.recipients) if draft.recipients is not None else None,
            files=[file.name for file in draft.files],
            **{name: getattr(draft, name) for name in alike},
        )


class OwnDraftIn(Schema):
    """The whole draft as it is to stand. With `known_at` (the `changed_at` that you have read) nothing newer is written over: 409."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    channel: Channel = Channel.EMAIL
    recipients: list[Annotated[str, Field(max_length=254)]] | None = Field(None, min_length=1, max_length=50)
    next_touch_at: Moment | None = None
    still_ours: bool = False
    known_at: Moment | None = None
    model_config = example(text="Guten Tag, unsere Technikerin kommt am Donnerstag.")


class Dropped(Schema):
    """There is no draft in that concern any more."""

    conversation: str
    model_config = example(conversation="10427-1")


def _own(visitor: Visitor, concern: Any) -> OwnDraftOut:
    drafts = drafts_in(viewer=visitor.viewer, conversation_id=concern.pk)
    mine = next((one for one in drafts if one.member_id == visitor.me and one.leaves_at is None), None)
    if mine is None:
        raise Problem(404, "no-such-draft", "You are writing nothing there.")
    return OwnDraftOut.of(concern.number, mine)


@router.get("/{number}/draft", response=OwnDraftOut)
def read_draft(request: HttpRequest, number: NumberInPath) -> OwnDraftOut:
    """What the token's member is writing there. 404 where it is nothing."""
    with reading(request) as visitor:
        return _own(visitor, found(visitor, number))


@router.put("/{number}/draft", response=OwnDraftOut)
def write_draft(request: HttpRequest, number: NumberInPath, told: OwnDraftIn) -> HttpResponse:
    """Keep it like this, on every device of the member. Files that go along stay."""

    def act(one: Any, by: Visitor) -> OwnDraftOut:
        recipients = tuple(told.recipients) if told.recipients is not None else None
        writing = Writing(recipients=recipients, **told.model_dump(exclude={"recipients", "known_at"}))
        keep_draft(conversation_id=one.pk, member_id=by.me, writing=writing, known_at=told.known_at, at=by.at)
        return _own(by, one)

    return on_concern(request, number, act)


@router.delete("/{number}/draft", response=Dropped)
def drop_draft(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """Nothing of it is kept. What was sent already and waits to leave stays: take that back instead."""

    def act(one: Any, by: Visitor) -> Dropped:
        discard_draft(conversation_id=one.pk, member_id=by.me, at=by.at)
        return Dropped(conversation=spoken(one.number))

    return on_concern(request, number, act)
