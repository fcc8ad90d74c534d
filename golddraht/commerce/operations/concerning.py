"""Concerns that are about an order: tied by a number in the customer's words, where it is theirs, or by a colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.commerce.models import Order, Tie
from golddraht.commerce.operations.tying import tie_by_name
from golddraht.commerce.queries.named import is_named_and_waits, orders_named
from golddraht.commerce.rules.numbers import numbers_in
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import LIVE
from golddraht.customers.queries import ids_of_person
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.rows import added_once, write_gathered
from golddraht.plumbing.transactions import stepwise

READ_BACK = 50
"""So many of a customer's messages are looked through when an order of theirs becomes known."""


@stepwise
def tie_by_words(*, message_id: int, at: datetime) -> int:
    """Tie the concern of a message to the orders that its words name, if they are this very customer's. How many are new."""
    message = in_hand(Message, message_id) or Message.objects.select_related("conversation").get(pk=message_id)
    numbers = numbers_in(f"{message.subject}\n{message.text}")
    if not numbers or message.inquiry_id is not None:
        return 0
    conversation: Conversation = message.conversation
    if is_named_and_waits(numbers):
        # Perhaps whoever it waited for has just written for the first time.
        write_gathered()
        tie_by_name(customer_id=conversation.customer_id, at=at)
    found = orders_named(numbers, customer_id=conversation.customer_id)
    return sum(_tied(conversation.pk, order_id, at=at) for order_id in found)


@transaction.atomic
def tie_by_order(*, order_id: int, at: datetime) -> int:
    """An order that becomes known is tied to the live concerns in which its customer has named it already."""
    order = Order.objects.get(pk=order_id)
    if order.customer_id is None:
        return 0
    rows = Message.objects.filter(
        conversation__customer_id__in=ids_of_person(customer_id=order.customer_id),
        conversation__status__in=sorted(LIVE),
        direction="IN",
        inquiry=None,
    )
    texts = rows.order_by("-received_at").values_list("conversation_id", "subject", "text")[:READ_BACK]
    named = {about for about, subject, text in texts if order.number in numbers_in(f"{subject}\n{text}")}
    return sum(_tied(about, order.pk, at=at) for about in sorted(named))


def _tied(conversation_id: int, order_id: int, *, at: datetime) -> bool:
    """Whoever untied them knew better: what was tied once is not tied by a number again."""
    return added_once(Tie(conversation_id=conversation_id, order_id=order_id, found_by="number", at=at)) is not None


class NotTheirOrder(ValueError):
    """This order belongs to another customer, or to nobody yet."""


@transaction.atomic
def tie(*, conversation_id: int, order_id: int, by: int, at: datetime) -> None:
    """A colleague says that a concern is about this order. Raises NotTheirOrder."""
    conversation = Conversation.objects.get(pk=conversation_id)
    theirs = ids_of_person(customer_id=conversation.customer_id)
    if not Order.objects.filter(pk=order_id, customer_id__in=theirs).exists():
        raise NotTheirOrder(order_id)
    told = {"found_by": "member", "by_id": by, "at": at, "untied_at": None}
    Tie.objects.update_or_create(conversation=conversation, order_id=order_id, defaults=told)


@transaction.atomic
def untie(*, conversation_id: int, order_id: int, at: datetime) -> None:
    """It is not about this order. Twice changes nothing."""
    Tie.objects.filter(conversation_id=conversation_id, order_id=order_id, untied_at=None).update(untied_at=at)
