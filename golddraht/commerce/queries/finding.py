"""Finding what is known from outside, for programs that read all of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from golddraht.commerce.models import Appointment, Delivery, Order, Product, Return, Statement
from golddraht.commerce.queries.known import (
    DeliveryKnown,
    OrderKnown,
    ReturnKnown,
    VisitKnown,
    deliveries_known,
    known,
    returns_known,
    visits_known,
)
from golddraht.commerce.rules import Thing
from golddraht.team.queries import Viewer


class NoSuchOrder(LookupError):
    """There is none, or whoever asks may not see it: the same answer for both."""


@dataclass(frozen=True)
class Spoken:
    """One thing that a source said: what, when it says so, and when we heard of it."""

    thing: Thing
    number: str
    said_at: datetime
    heard_at: datetime
    told: dict[str, Any]


def order_by_id(*, viewer: Viewer, order_id: int) -> OrderKnown:
    """Raises NoSuchOrder."""
    row = Order.objects.filter(tenant_id=viewer.tenant_id, pk=order_id).first()
    if row is None:
        raise NoSuchOrder(order_id)
    return _with_what_came([row])[0]


def orders_after(*, viewer: Viewer, after_id: int = 0, number: str = "", limit: int = 100) -> list[OrderKnown]:
    """Orders in the order in which we heard of them; those of one number if named."""
    rows = Order.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id)
    rows = rows.filter(number=number) if number else rows
    return _with_what_came(list(rows.order_by("pk")[:limit]))


def _with_what_came(rows: Sequence[Order]) -> list[OrderKnown]:
    return known(rows, Q(pk__in=[]), limit=max(len(rows), 1) * 10).orders


def deliveries_after(*, viewer: Viewer, after_id: int = 0, number: str = "", limit: int = 100) -> list[DeliveryKnown]:
    """Deliveries in the order in which we heard of them; those of one delivery, order or tracking number if named."""
    rows = Delivery.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id)
    rows = rows.filter(Q(number=number) | Q(order=number) | Q(tracking=number)) if number else rows
    return deliveries_known(list(rows.order_by("pk")[:limit]))


def visits_after(*, viewer: Viewer, after_id: int = 0, number: str = "", limit: int = 100) -> list[VisitKnown]:
    rows = Appointment.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id)
    rows = rows.filter(Q(number=number) | Q(order=number)) if number else rows
    return visits_known(list(rows.order_by("pk")[:limit]))


def returns_after(*, viewer: Viewer, after_id: int = 0, number: str = "", limit: int = 100) -> list[ReturnKnown]:
    rows = Return.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id)
    rows = rows.filter(Q(number=number) | Q(order=number)) if number else rows
    return returns_known(list(rows.order_by("pk")[:limit]))


def products_after(*, viewer: Viewer, after_id: int = 0, number: str = "", limit: int = 100) -> list[Product]:
    rows = Product.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id)
    rows = rows.filter(number=number) if number else rows
    return list(rows.order_by("pk")[:limit])


def said_of_order(*, order: OrderKnown, limit: int = 200) -> list[Spoken]:
    """Everything that was ever said of an order and of what came of it, the latest first."""
    came = {
        "delivery": {one.id: one.number for one in order.deliveries},
        "appointment": {one.id: one.number for one in order.visits},
        "giveback": {one.id: one.number for one in order.returns},
    }
    about = Q(order=order.id)
    for column, numbers in came.items():
        about |= Q(**{f"{column}__in": list(numbers)})
    rows = Statement.objects.filter(about).order_by("-said_at", "-pk")[:limit]
    return [_spoken(row, came | {"order": {order.id: order.number}}) for row in rows]


def _spoken(row: Statement, numbers: dict[str, dict[int, str]]) -> Spoken:
    column = next(one for one in numbers if getattr(row, f"{one}_id") is not None)
    thing = Thing.RETURN if column == "giveback" else Thing(column)
    told = row.told | ({"customer_id": row.customer_id} if row.customer_id is not None else {})
    return Spoken(thing, numbers[column][getattr(row, f"{column}_id")], row.said_at, row.heard_at, told)


def numbers_of(
    *,
    orders: Collection[int] = (),
    deliveries: Collection[int] = (),
    appointments: Collection[int] = (),
    returns: Collection[int] = (),
) -> dict[tuple[Thing, int], str]:
    """By which number people call each of these: that of its order, where it has one."""
    found: dict[tuple[Thing, int], str] = {}
    if orders:
        rows = Order.objects.filter(pk__in=orders).values_list("pk", "number")
        found |= {(Thing.ORDER, pk): number for pk, number in rows}
    for thing, model, ids in (
        (Thing.DELIVERY, Delivery, deliveries),
        (Thing.APPOINTMENT, Appointment, appointments),
        (Thing.RETURN, Return, returns),
    ):
        called = model.objects.filter(pk__in=ids).values_list("pk", "order", "number") if ids else ()
        found |= {(thing, pk): order or number for pk, order, number in called}
    return found
