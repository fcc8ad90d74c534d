"""What commerce does when something happened elsewhere: one line each."""

from __future__ import annotations

import logging

from golddraht.commerce.events import OrderPlaced
from golddraht.commerce.operations import tie_by_name, tie_by_order, tie_by_words
from golddraht.conversations.events import MessageReceived
from golddraht.customers.events import CustomerLearned
from golddraht.plumbing.transactions import is_at_a_stretch

log = logging.getLogger(__name__)


def tie_learned(event: CustomerLearned) -> None:
    tie_by_name(customer_id=event.customer_id, at=event.at)


def tie_named(event: MessageReceived) -> None:
    try:
        tie_by_words(message_id=event.message_id, at=event.at)
    except Exception:
        if is_at_a_stretch():
            raise
        # What arrived is worth more than what it is about: a colleague can tie it.
        log.exception("Message %s could not be tied to its order.", event.message_id)


def tie_mentions(event: OrderPlaced) -> None:
    tie_by_order(order_id=event.order_id, at=event.at)
