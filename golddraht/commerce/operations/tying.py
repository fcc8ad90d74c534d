"""Tying what is known from outside to whom it belongs, as soon as they are known."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from golddraht.commerce.models import Appointment, Delivery, Order, Return
from golddraht.commerce.operations.settling import OF_AN_ORDER, give, pass_on
from golddraht.commerce.operations.telling import tell
from golddraht.commerce.queries.owning import customer_named, customer_of_order
from golddraht.customers.models import ContactPoint, Fact
from golddraht.customers.queries import ids_of_person

AT_ONCE = 200
KINDS = (Order, *OF_AN_ORDER)


@transaction.atomic
def tie_by_name(*, customer_id: int, at: datetime) -> int:
    """Give a customer whatever waits for somebody with one of their addresses or numbers. How much it was."""
    ids = ids_of_person(customer_id=customer_id)
    points = ContactPoint.objects.filter(customer_id__in=ids, channel="EMAIL").values_list("address", flat=True)
    facts = Fact.objects.filter(customer_id__in=ids, attribute="number", denies=False).values_list("value", flat=True)
    addresses, numbers = list(points), list(facts)
    if not addresses and not numbers:
        return 0
    named = Q(email__in=addresses) | Q(customer_number__in=numbers)
    return sum(_tied(model.objects.filter(named, customer=None), at=at) for model in KINDS)


@dataclass(frozen=True)
class Swept:
    """How much was tied; `is_done` when nothing is left for now."""

    tied: int
    is_done: bool


def sweep(*, at: datetime, limit: int = AT_ONCE) -> Swept:
    """The same for everybody: whoever first wrote from their address, and what came in the moment in which its order came."""
    tied = [_tied(_may_be_known(model), at=at, limit=limit) for model in KINDS]
    return Swept(sum(tied), is_done=max(tied) < limit)


def _may_be_known(model: Any) -> QuerySet[Any]:
    """Rows of nobody whose name somebody has by now, or whose order is somebody's."""
    known: Any  # The stubs know an Exists that is joined to a Q as something less.
    address = ContactPoint.objects.filter(channel="EMAIL", address=OuterRef("email"))
    number = Fact.objects.filter(attribute="number", value=OuterRef("customer_number"), denies=False)
    known = Exists(address) & ~Q(email="") | Exists(number) & ~Q(customer_number="")
    if model is not Order:
        order = Order.objects.filter(source=OuterRef("source"), number=OuterRef("order"), customer__isnull=False)
        known |= Exists(order)
    rows: QuerySet[Any] = model.objects.filter(known, customer=None)
    return rows


@transaction.atomic
def _tied(rows: QuerySet[Any], *, at: datetime, limit: int = AT_ONCE) -> int:
    found = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:limit])
    return sum(_tie(row, at=at) for row in found)


def _tie(row: Delivery | Appointment | Return | Order, *, at: datetime) -> bool:
    found = customer_named(source=row.source, number=row.customer_number, email=row.email)
    found = found or customer_of_order(source=row.source, number=getattr(row, "order", ""))
    if found is None:
        return False
    before = copy(row)
    give(row, found)
    tell(before, row, at=at)
    if isinstance(row, Order):
        pass_on(row, at=at)
    return True
