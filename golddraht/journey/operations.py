"""Writing down what happened to a customer: once, and for good."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from golddraht.conversations.models import Conversation, Message
from golddraht.journey.models import Event
from golddraht.journey.rules import Kind
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.rows import added_once
from golddraht.plumbing.transactions import joined

_OF: Question[int] = Question(lambda: Conversation.objects.filter(pk=Asked("pk")).values_list("customer_id", flat=True))
_MESSAGE: Question[Message] = Question(lambda: Message.objects.select_related("conversation").filter(pk=Asked("pk")))


@joined
def note_message(*, message_id: int, at: datetime) -> None:
    """Words came or went. Theirs belong to whoever wrote, ours to whose concern it is; between us and a third party is nobody's."""
    message = in_hand(Message, message_id) or _MESSAGE.first(pk=message_id)
    if message is None or message.inquiry_id is not None:
        return
    is_in = message.direction == "IN"
    customer_id = message.customer_id if is_in else None
    _note(
        customer_id or message.conversation.customer_id,
        kind=_kind(message),
        at=at,
        mark=f"message:{message.pk}",
        channel=message.channel,
        conversation_id=message.conversation_id,
        message_id=message.pk,
    )


def _kind(message: Message) -> Kind:
    if message.direction == "IN":
        return Kind.MACHINE if message.machine_kind else Kind.WROTE
    return Kind.AUTOMATIC if message.automatic else Kind.ANSWERED


@joined
def note_about_concern(*, kind: Kind, conversation_id: int, mark: str, at: datetime, **about: Any) -> None:
    """Something happened in a concern: to the customer whose concern it is."""
    customer_id = _OF.first(pk=conversation_id)
    if customer_id is not None:
        _note(customer_id, kind=kind, at=at, mark=mark, conversation_id=conversation_id, **about)


@joined
def note_about_customer(*, kind: Kind, customer_id: int, mark: str, at: datetime, **about: Any) -> None:
    _note(customer_id, kind=kind, at=at, mark=mark, **about)


@joined
def forget_outside(*, column: str, thing_id: int, kinds: Collection[Kind] | None = None) -> None:
    """What is known from outside did not happen: of these kinds, or all that is about it."""
    rows = Event.objects.filter(**{column: thing_id})
    (rows.filter(kind__in=list(kinds)) if kinds is not None else rows).delete()


def _note(customer_id: int, *, kind: Kind, at: datetime, mark: str, **about: Any) -> None:
    added_once(Event(customer_id=customer_id, kind=kind, at=at, mark=mark[:60], **about))
