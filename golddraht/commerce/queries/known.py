"""What is known from outside of a customer: their orders, and what is brought, done and given back for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from golddraht.commerce.models import Appointment, Delivery, Line, Order, Product, Return, Tie
from golddraht.commerce.queries.naming import summed_up
from golddraht.commerce.queries.standing import moments_of, state_of_delivery
from golddraht.commerce.rules import DeliveryState, Step, VisitState, steps_of, visit_state
from golddraht.customers.models import Customer
from golddraht.customers.queries import ids_of_person
from golddraht.plumbing.asking import Asked, Question

AT_MOST = 50
Key = tuple[str, str]
"""The number of an order in its source."""


@dataclass(frozen=True)
class LineKnown:
    title: str
    product: str
    quantity: Decimal
    cents: int | None


@dataclass(frozen=True)
class DeliveryKnown:
    """Something that is brought, as its source says by now. `name` is what it is called, by itself or by its order."""

    id: int
    source: str
    number: str
    order: str
    customer_id: int | None
    name: str
    carrier: str
    tracking: str
    tour: str
    promised_from: datetime | None
    promised_until: datetime | None
    why: str
    state: DeliveryState
    steps: tuple[Step, ...]
    arrived_at: datetime | None
    cancelled_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state not in (DeliveryState.ARRIVED, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class VisitKnown:
    """A visit of a technician."""

    id: int
    source: str
    number: str
    order: str
    customer_id: int | None
    name: str
    technician: str
    tour: str
    promised_from: datetime | None
    promised_until: datetime | None
    why: str
    state: VisitState
    done_at: datetime | None
    cancelled_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state is VisitState.PLANNED


@dataclass(frozen=True)
class ReturnKnown:
    """Something that is given back."""

    id: int
    source: str
    number: str
    order: str
    customer_id: int | None
    name: str
    why: str
    cents: int | None
    currency: str
    announced_at: datetime | None
    received_at: datetime | None
    refunded_at: datetime | None


@dataclass(frozen=True)
class OrderKnown:
    """What was ordered, with everything that came of it."""

    id: int
    source: str
    number: str
    customer_id: int | None
    ordered_at: datetime | None
    cancelled_at: datetime | None
    cents: int | None
    currency: str
    lines: tuple[LineKnown, ...]
    deliveries: tuple[DeliveryKnown, ...] = ()
    visits: tuple[VisitKnown, ...] = ()
    returns: tuple[ReturnKnown, ...] = ()

    @property
    def name(self) -> str:
        return summed_up([line.title for line in self.lines])


@dataclass(frozen=True)
class Known:
    """What is known of a customer; deliveries, visits and returns stand with their order, or alone where it is not known."""

    orders: list[OrderKnown] = field(default_factory=list)
    deliveries: list[DeliveryKnown] = field(default_factory=list)
    visits: list[VisitKnown] = field(default_factory=list)
    returns: list[ReturnKnown] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.orders or self.deliveries or self.visits or self.returns)

    def every_delivery(self) -> list[DeliveryKnown]:
        return [*(one for order in self.orders for one in order.deliveries), *self.deliveries]

    def every_visit(self) -> list[VisitKnown]:
        return [*(one for order in self.orders for one in order.visits), *self.visits]


def _is_of(model: Any) -> Exists:
    return Exists(model.objects.filter(customer_id=OuterRef("pk")))


_IS_KNOWN: Question[int] = Question(
    lambda: Customer.objects.filter(
        _is_of(Order) | _is_of(Delivery) | _is_of(Appointment) | _is_of(Return), pk__among=Asked("ids")
    ).values_list("pk", flat=True)[:1]
)
"""Whether there is anything to be asked for: of most customers nothing is known from outside."""


def known_of_customer(*, customer_id: int, limit: int = AT_MOST) -> Known:
    """The latest orders of this person, also of customers who turned out to be them, and whatever else is known of them."""
    ids = ids_of_person(customer_id=customer_id)
    if not _IS_KNOWN.has_any(ids=ids):
        return Known()
    theirs = Q(customer_id__in=ids)
    rows = Order.objects.filter(theirs).order_by(F("ordered_at").desc(nulls_last=True), "-pk")
    return known(list(rows[:limit]), theirs, limit=limit)


def known_of_concern(*, conversation_id: int) -> Known:
    """The orders that a concern is about, with what came of them, for its customer to see."""
    ties = Tie.objects.filter(conversation_id=conversation_id, untied_at=None).values("order_id")
    orders = list(Order.objects.filter(pk__in=ties).order_by("-pk"))
    return known(orders, Q(pk__in=[])) if orders else Known()


def known(orders: Sequence[Order], theirs: Q, *, limit: int = AT_MOST) -> Known:
    """These orders with what came of them, and what of `theirs` belongs to none of them. One question for each table."""
    lines = _lines(orders)
    keys = {(order.source, order.number): order for order in orders}
    told = Around(_names(lines), keys)
    # What came of an older order stands with that one, and not alone.
    alone = theirs & Q(~Exists(Order.objects.filter(theirs, source=OuterRef("source"), number=OuterRef("order"))))
    here = alone | Q(order__in=[order.number for order in orders]) if orders else alone
    brought = [_delivery(row, told) for row in _of(Delivery, here, limit)]
    visits = [_visit(row, told) for row in _of(Appointment, here, limit)]
    returns = [_return(row, told) for row in _of(Return, here, limit)]
    return Known(
        orders=[_order(row, lines, brought, visits, returns) for row in orders],
        deliveries=_alone(brought, keys),
        visits=_alone(visits, keys),
        returns=_alone(returns, keys),
    )


@dataclass(frozen=True)
class Around:
    """The orders around rows: their names by what was ordered, and themselves."""

    names: dict[Key, str]
    orders: dict[Key, Order]


def around(numbers: Iterable[str]) -> Around:
    """What is known of the orders of these numbers."""
    wanted = {number for number in numbers if number}
    rows = list(Order.objects.filter(number__in=wanted)) if wanted else []
    return Around(_names(_lines(rows)), {(row.source, row.number): row for row in rows})


def deliveries_known(rows: Sequence[Delivery]) -> list[DeliveryKnown]:
    told = around(row.order for row in rows)
    return [_delivery(row, told) for row in rows]


def visits_known(rows: Sequence[Appointment]) -> list[VisitKnown]:
    told = around(row.order for row in rows)
    return [_visit(row, told) for row in rows]


def returns_known(rows: Sequence[Return]) -> list[ReturnKnown]:
    told = around(row.order for row in rows)
    return [_return(row, told) for row in rows]


def _names(lines: dict[Key, list[LineKnown]]) -> dict[Key, str]:
    return {key: summed_up([line.title for line in found]) for key, found in lines.items()}


def _of(model: Any, here: Q, limit: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(here).order_by("-said_at", "-pk")[: 4 * limit]
    return rows


def _alone(found: Iterable[Any], keys: Iterable[Key]) -> list[Any]:
    return [one for one in found if (one.source, one.order) not in keys]


def _lines(orders: Sequence[Order]) -> dict[Key, list[LineKnown]]:
    by_id = {order.pk: order for order in orders}
    rows = list(Line.objects.filter(order_id__in=by_id)) if orders else []
    unnamed = {row.product for row in rows if not row.title}
    products = Product.objects.filter(number__in=unnamed).values_list("source", "number", "name") if unnamed else ()
    names = {(source, number): name for source, number, name in products}
    found: dict[Key, list[LineKnown]] = defaultdict(list)
    for row in rows:
        order = by_id[row.order_id]
        title = row.title or names.get((order.source, row.product)) or row.product
        found[order.source, order.number].append(LineKnown(title, row.product, row.quantity, row.cents))
    return found


def _order(row: Order, lines: dict[Key, list[LineKnown]], *came: Iterable[Any]) -> OrderKnown:
    key = (row.source, row.number)
    deliveries, visits, returns = (tuple(one for one in kind if (one.source, one.order) == key) for kind in came)
    return OrderKnown(
        id=row.pk,
        source=row.source,
        number=row.number,
        customer_id=row.customer_id,
        ordered_at=row.ordered_at,
        cancelled_at=row.cancelled_at,
        cents=row.cents,
        currency=row.currency,
        lines=tuple(lines.get(key, ())),
        deliveries=deliveries,
        visits=visits,
        returns=returns,
    )


def _delivery(row: Delivery, told: Around) -> DeliveryKnown:
    key = (row.source, row.order)
    ordered_at = told.orders[key].ordered_at if key in told.orders else None
    plain = ("source", "number", "order", "customer_id", "carrier", "tracking", "tour", "why")
    moments = ("promised_from", "promised_until", "arrived_at", "cancelled_at")
    return DeliveryKnown(
        id=row.pk,
        name=row.what or told.names.get(key, ""),
        state=state_of_delivery(row),
        steps=steps_of(moments_of(row, ordered_at=ordered_at)),
        **{name: getattr(row, name) for name in (*plain, *moments)},
    )


def _visit(row: Appointment, told: Around) -> VisitKnown:
    plain = ("source", "number", "order", "customer_id", "technician", "tour", "why")
    moments = ("promised_from", "promised_until", "done_at", "cancelled_at")
    return VisitKnown(
        id=row.pk,
        name=row.what or told.names.get((row.source, row.order), ""),
        state=visit_state(done_at=row.done_at, cancelled_at=row.cancelled_at),
        **{name: getattr(row, name) for name in (*plain, *moments)},
    )


def _return(row: Return, told: Around) -> ReturnKnown:
    plain = ("source", "number", "order", "customer_id", "why", "cents", "currency")
    moments = ("announced_at", "received_at", "refunded_at")
    return ReturnKnown(
        id=row.pk,
        name=row.what or told.names.get((row.source, row.order), ""),
        **{name: getattr(row, name) for name in (*plain, *moments)},
    )
