"""Who cares and until when, what kind of concern it is, and whether it needs an answer at all."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.concerns import on_concern
from golddraht.api.door import Token, Visitor
from golddraht.api.shapes.conversations import ConcernOut
from golddraht.api.shapes.fields import NumberInPath
from golddraht.api.shapes.wishes import HandOverIn, NextTouchIn, PriorityIn, TagsIn
from golddraht.conversations.operations import (
    NotLive,
    hand_over,
    mark_quiet,
    mark_spam,
    set_next_touch,
    set_priority,
    set_tags,
    take,
    unmark_spam,
    wake,
)
from golddraht.team.rules import Act, Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))
BY_A_PERSON = "MEMBER"


@router.post("/{number}/hand-over", response=ConcernOut)
def hand_over_to(request: HttpRequest, number: NumberInPath, wanted: HandOverIn) -> HttpResponse:
    """Another colleague cares from now on, with the whole context; a customer who knows a name is told the new one."""

    def act(one: Any, by: Visitor) -> None:
        by.must(Act.REASSIGN)
        hand_over(conversation_id=one.pk, to_id=wanted.to_id, note=wanted.note, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.post("/{number}/take", response=ConcernOut)
def take_over(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """The member of the token cares from now on."""
    return on_concern(request, number, lambda one, by: take(conversation_id=one.pk, by=by.me, at=by.at))


@router.put("/{number}/next-touch", response=ConcernOut)
def move_next_touch(request: HttpRequest, number: NumberInPath, wanted: NextTouchIn) -> HttpResponse:
    """When the customer hears from you at the latest."""

    def act(one: Any, by: Visitor) -> None:
        if not one.is_live():
            raise NotLive("This concern rests, so there is no next touch.")
        set_next_touch(conversation_id=one.pk, next_touch_at=wanted.next_touch_at, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.put("/{number}/tags", response=ConcernOut)
def tag(request: HttpRequest, number: NumberInPath, wanted: TagsIn) -> HttpResponse:
    """Exactly these tags from now on."""
    return on_concern(
        request, number, lambda one, by: set_tags(conversation_id=one.pk, tags=wanted.tags, by=by.me, at=by.at)
    )


@router.put("/{number}/priority", response=ConcernOut)
def prioritise(request: HttpRequest, number: NumberInPath, wanted: PriorityIn) -> HttpResponse:
    """How urgent it is."""

    def act(one: Any, by: Visitor) -> None:
        set_priority(conversation_id=one.pk, priority=wanted.priority, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.put("/{number}/needs-no-answer", response=ConcernOut)
def needs_no_answer(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """A newsletter, an invoice, a “Danke!”: put aside; the lead sees it on the daily list."""

    def act(one: Any, by: Visitor) -> None:
        mark_quiet(conversation_ids=[one.pk], by=by.me, reason=BY_A_PERSON, at=by.at)

    return on_concern(request, number, act)


@router.delete("/{number}/needs-no-answer", response=ConcernOut)
def needs_an_answer(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """It does need one, after all."""
    return on_concern(request, number, lambda one, by: wake(conversation_ids=[one.pk], by=by.me, at=by.at))


@router.put("/{number}/spam", response=ConcernOut)
def spam(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """Somebody abuses your address."""
    return on_concern(request, number, lambda one, by: mark_spam(conversation_ids=[one.pk], by=by.me, at=by.at))


@router.delete("/{number}/spam", response=ConcernOut)
def no_spam(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """It was none: open again, with owner and an honest next touch."""
    return on_concern(request, number, lambda one, by: unmark_spam(conversation_ids=[one.pk], by=by.me, at=by.at))
