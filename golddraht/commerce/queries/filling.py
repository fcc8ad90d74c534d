"""What the placeholders of a text say about orders: the one the concern is about, else the newest that is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from golddraht.commerce.queries.known import (
    DeliveryKnown,
    Known,
    OrderKnown,
    VisitKnown,
    known_of_concern,
    known_of_customer,
)
from golddraht.conversations.rules import Blank
from golddraht.ground.moments import window

NEVER = datetime.max.replace(tzinfo=UTC)
One = TypeVar("One", DeliveryKnown, VisitKnown)


def blanks_of_orders(
    *, customer_id: int, conversation_id: int, language: str, zone: str, at: datetime
) -> dict[Blank, str]:
    """Words for `order`, `goods`, `delivery`, `carrier`, `tracking` and `visit`; what nobody knows is left out, and nothing is guessed.

    A date that has passed is not said as one to come.
    """
    about = known_of_concern(conversation_id=conversation_id)
    known = about if any(_is_open(one) for one in about.orders) else known_of_customer(customer_id=customer_id)
    order = next((one for one in known.orders if _is_open(one)), None)
    brought = _next(one for one in _deliveries(known, order) if one.is_open)
    visit = _next(one for one in _visits(known, order) if one.is_open and _is_ahead(one, at))
    words = {
        Blank.ORDER: order.number if order else "",
        Blank.GOODS: order.name if order else "",
        Blank.DELIVERY: _when(brought, zone, language, at) if brought and _is_ahead(brought, at) else "",
        Blank.CARRIER: brought.carrier if brought else "",
        Blank.TRACKING: brought.tracking if brought else "",
        Blank.VISIT: _when(visit, zone, language, at) if visit else "",
    }
    return {blank: said for blank, said in words.items() if said}


def _is_open(order: OrderKnown) -> bool:
    """Neither cancelled nor brought in whole."""
    is_brought = bool(order.deliveries) and not any(one.is_open for one in order.deliveries)
    return order.cancelled_at is None and not is_brought


def _deliveries(known: Known, order: OrderKnown | None) -> Iterator[DeliveryKnown]:
    yield from order.deliveries if order else known.deliveries


def _visits(known: Known, order: OrderKnown | None) -> Iterator[VisitKnown]:
    """A visit of the order, else one that stands alone: a repair has no order."""
    if order is not None:
        yield from order.visits
    yield from known.visits


def _is_ahead(one: DeliveryKnown | VisitKnown, at: datetime) -> bool:
    return one.promised_until is not None and one.promised_until > at


def _next(found: Iterable[One]) -> One | None:
    """The one that comes first; without a date last."""
    return min(found, key=lambda one: (one.promised_until or NEVER, one.id), default=None)


def _when(one: DeliveryKnown | VisitKnown, zone: str, language: str, at: datetime) -> str:
    assert one.promised_until is not None, "Only what has a date is said with one."
    return window(one.promised_from, one.promised_until, zone, language, at)
