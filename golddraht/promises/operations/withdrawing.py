"""An answer that never arrived kept no promise: it is taken back, and the customer is owed an answer again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from golddraht.conversations.models import Conversation, Message, Milestone
from golddraht.conversations.rules import Channel, Direction
from golddraht.plumbing import bus
from golddraht.promises.events import PromiseBroken, PromiseReopened
from golddraht.promises.models import Promise
from golddraht.promises.operations.making import hold_next_touch, promise_an_answer
from golddraht.promises.queries.finding import in_matter
from golddraht.promises.rules import Kind, State, is_broken


@transaction.atomic
def withdraw_answer(*, conversation_id: int, message_id: int, at: datetime) -> None:
    """What this message kept was not kept by it: open again while there is time, else broken, with a new promise.

    Another answer that did arrive takes its place. A customer who has not written is owed nothing.
    """
    conversation = _living(conversation_id)
    rows = Promise.objects.filter(answered_with_id=message_id, kind=Kind.FIRST_ANSWER)
    for promise in rows.select_for_update(of=("self",)).order_by("pk"):
        _take_back(promise, at=at)
        Milestone.objects.create(conversation=conversation, kind="ANSWER_WITHDRAWN", at=at)
    if _is_waited_for(conversation, message_id):
        promise_an_answer(conversation_id=conversation.pk, at=at)


def _living(conversation_id: int) -> Conversation:
    conversation = Conversation.objects.select_for_update(no_key=True).get(pk=conversation_id)
    while conversation.merged_into_id is not None:
        conversation = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.merged_into_id)
    return conversation


def _take_back(promise: Promise, *, at: datetime) -> None:
    was, other = promise.state, _next_answer(promise)
    promise.withdrawn_at = at
    promise.answered_with = other
    if other is not None:
        promise.settled_at, promise.settled_by_id = other.received_at, None
        promise.state = State.BROKEN if is_broken(due_at=promise.due_at, at=other.received_at) else State.KEPT
    elif is_broken(due_at=promise.due_at, at=at) or _is_promised_anew(promise):
        promise.state, promise.settled_at = State.BROKEN, at
    else:
        promise.state, promise.settled_at, promise.settled_by_id = State.OPEN, None, None
    promise.save(update_fields=["withdrawn_at", "answered_with", "state", "settled_at", "settled_by"])
    _tell(promise, was, at=at)


def _tell(promise: Promise, was: str, *, at: datetime) -> None:
    if promise.state == State.OPEN:
        hold_next_touch(promise, at=at)
        bus.publish(PromiseReopened(promise.pk, promise.conversation_id, at))
    elif promise.state == State.BROKEN and was != State.BROKEN:
        bus.publish(PromiseBroken(promise.pk, promise.conversation_id, at, promise.customer_id))


def _next_answer(promise: Promise) -> Message | None:
    """The first other answer that the customer heard after the promise was made."""
    assert promise.conversation_id is not None  # A first answer is always promised in a conversation.
    rows = heard_answers(promise.conversation_id).filter(received_at__gte=promise.made_at)
    first: Message | None = rows.order_by("received_at", "pk").first()
    return first


def heard_answers(conversation_id: int) -> QuerySet[Message]:
    """What people of ours said to the customer in the matter, as far as it arrived or may still arrive."""
    rows = Message.objects.filter(
        in_matter(conversation_id), direction=Direction.OUT, automatic="", inquiry=None, lost_at=None
    )
    return rows.exclude(channel=Channel.EMAIL, recipients=[])


def _is_promised_anew(promise: Promise) -> bool:
    rows = Promise.objects.filter(conversation=promise.conversation, kind=Kind.FIRST_ANSWER, state=State.OPEN)
    return bool(rows.exclude(pk=promise.pk).exists())


def _is_waited_for(conversation: Conversation, message_id: int) -> bool:
    """Whether the customer has written and heard nothing since the words that were lost."""
    lost = Message.objects.get(pk=message_id)
    wrote = Message.objects.filter(in_matter(conversation.pk), direction=Direction.IN, inquiry=None, machine_kind="")
    if not wrote.exists():
        return False
    return not heard_answers(conversation.pk).filter(received_at__gte=lost.received_at).exists()
