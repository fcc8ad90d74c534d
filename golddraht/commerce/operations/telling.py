"""Telling what is new of a thing: each event once, as soon as a customer is known to whom it happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from golddraht.commerce import events
from golddraht.commerce.models import Appointment, Delivery, Order, Product, Return
from golddraht.commerce.queries.naming import name_of
from golddraht.commerce.queries.owning import concern_about
from golddraht.commerce.queries.standing import state_of_delivery
from golddraht.plumbing.bus import publish


def tell(before: Any, row: Any, *, at: datetime) -> None:
    """What happened between `before` and what is so now. Nothing, as long as nobody is known to whom it happened."""
    if isinstance(row, Product) or row.customer_id is None:
        return
    TELLERS[type(row)](before, row, at)


def _order(before: Any, row: Any, at: datetime) -> None:
    placed_at = row.ordered_at or row.first_heard_at
    if before.customer_id is None or before.ordered_at != row.ordered_at:
        publish(events.OrderPlaced(row.pk, row.customer_id, placed_at))
    if _came(before, row, "cancelled_at"):
        publish(events.OrderCancelled(row.pk, row.customer_id, row.cancelled_at))


def _delivery(before: Any, row: Any, at: datetime) -> None:
    if _came(before, row, "sent_at"):
        publish(events.DeliverySent(row.pk, row.customer_id, row.sent_at))
    if _came(before, row, "arrived_at"):
        publish(events.DeliveryArrived(row.pk, row.customer_id, row.arrived_at))
    publish(_dated(events.DeliveryPromised, row, row.arrived_at, at))
    if _is_otherwise(before, row):
        publish(events.DeliveryChanged(row.pk, row.customer_id, state_of_delivery(row), at))


def _appointment(before: Any, row: Any, at: datetime) -> None:
    if before.customer_id is None or (before.promised_until is None and row.promised_until is not None):
        publish(events.VisitPlanned(row.pk, row.customer_id, row.promised_at or row.first_heard_at))
    if _came(before, row, "done_at"):
        publish(events.VisitDone(row.pk, row.customer_id, row.done_at))
    publish(_dated(events.VisitPromised, row, row.done_at, at))


def _return(before: Any, row: Any, at: datetime) -> None:
    if _came(before, row, "announced_at"):
        publish(events.ReturnAnnounced(row.pk, row.customer_id, row.announced_at))
    if _came(before, row, "received_at"):
        publish(events.ReturnReceived(row.pk, row.customer_id, row.received_at))


TELLERS: dict[type, Callable[[Any, Any, datetime], None]] = {
    Order: _order,
    Delivery: _delivery,
    Appointment: _appointment,
    Return: _return,
}


def _came(before: Any, row: Any, name: str) -> bool:
    """Whether this moment is known now and was not, or was not yet anybody's."""
    return getattr(row, name) is not None and (getattr(before, name) is None or before.customer_id is None)


def _is_otherwise(before: Any, row: Any) -> bool:
    return any(getattr(before, field.attname) != getattr(row, field.attname) for field in row._meta.concrete_fields)


def mark_of_thing(row: Delivery | Appointment) -> str:
    """What a delivery or a visit is called where promises follow it."""
    return f"{'delivery' if isinstance(row, Delivery) else 'visit'}:{row.source}:{row.number}"


def _dated(event: type[events.DatePromised], row: Any, done_at: datetime | None, at: datetime) -> events.DatePromised:
    return event(
        mark=mark_of_thing(row),
        customer_id=row.customer_id,
        conversation_id=concern_about(source=row.source, order=row.order, customer_id=row.customer_id),
        what=name_of(row),
        reference=row.order or row.number,
        tour=row.tour,
        starts_at=row.promised_from,
        due_at=row.promised_until,
        said_at=row.promised_at,
        agreed=row.agreed,
        why=row.why,
        done_at=done_at,
        cancelled_at=row.cancelled_at,
        at=at,
    )
