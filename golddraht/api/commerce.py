"""Facts from outside: programs tell of products, orders, deliveries, appointments and returns, and read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, answered, reading, writing
from golddraht.api.paging import id_in
from golddraht.api.shapes.commerce import (
    AppointmentOut,
    Appointments,
    AppointmentsIn,
    Deliveries,
    DeliveriesIn,
    DeliveryOut,
    OrderOut,
    Orders,
    OrdersIn,
    ProductOut,
    Products,
    ProductsIn,
    ReturnOut,
    Returns,
    ReturnsIn,
    Row,
    StatedOut,
    StatedRows,
    StatementOut,
    Statements,
)
from golddraht.api.shapes.fields import Cursor, IdInPath
from golddraht.commerce.operations import state_told
from golddraht.commerce.queries import (
    deliveries_after,
    order_by_id,
    orders_after,
    products_after,
    returns_after,
    said_of_order,
    visits_after,
)
from golddraht.commerce.rules import Thing
from golddraht.team.rules import Area

router = Router(tags=["orders"], auth=Token(Area.ORDERS))
Limit = Annotated[int, Query(ge=1, le=500)]
Number = Annotated[str, Query(max_length=80, description="Only those of this number.")]


@router.post("/products", response=StatedRows)
def tell_products(request: HttpRequest, told: ProductsIn) -> HttpResponse:
    """Tell of up to 500 products. Said again nothing changes; each row has an answer of its own."""
    return _kept(request, Thing.PRODUCT, told.source, told.rows)


@router.post("/orders", response=StatedRows)
def tell_orders(request: HttpRequest, told: OrdersIn) -> HttpResponse:
    """Tell of up to 500 orders, by the numbers of your system. An order of a customer whom we do not know yet waits for them;
    one of somebody who was erased is refused as `ERASED` and kept as a bad row, until a person decides."""
    return _kept(request, Thing.ORDER, told.source, told.rows)


@router.post("/deliveries", response=StatedRows)
def tell_deliveries(request: HttpRequest, told: DeliveriesIn) -> HttpResponse:
    """Tell of up to 500 deliveries and their steps, in any order. A date becomes a promise; another date without `agreed`
    is announced to the customer, with ways out."""
    return _kept(request, Thing.DELIVERY, told.source, told.rows)


@router.post("/appointments", response=StatedRows)
def tell_appointments(request: HttpRequest, told: AppointmentsIn) -> HttpResponse:
    """Tell of up to 500 visits of technicians. A date becomes a promise, as with deliveries."""
    return _kept(request, Thing.APPOINTMENT, told.source, told.rows)


@router.post("/returns", response=StatedRows)
def tell_returns(request: HttpRequest, told: ReturnsIn) -> HttpResponse:
    """Tell of up to 500 returns."""
    return _kept(request, Thing.RETURN, told.source, told.rows)


def _kept(request: HttpRequest, thing: Thing, source: str, rows: Sequence[Row]) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, StatedRows]:
        said = [row.told() for row in rows]
        stated = state_told(thing=thing, source=source, rows=said, at=visitor.at, by=visitor.me)
        return 200, StatedRows(rows=[StatedOut.of(one) for one in stated])

    return writing(request, act)


@router.get("/products", response=Products)
def list_products(request: HttpRequest, number: Number = "", cursor: Cursor = None, limit: Limit = 100) -> Products:
    """In the order in which we heard of them."""
    with reading(request) as visitor:
        found = products_after(viewer=visitor.viewer, after_id=id_in(cursor), number=number, limit=limit + 1)
        return Products(products=[ProductOut.of(one) for one in found[:limit]], next=_next(found, limit))


@router.get("/orders", response=Orders)
def list_orders(request: HttpRequest, number: Number = "", cursor: Cursor = None, limit: Limit = 100) -> Orders:
    """In the order in which we heard of them, with everything that came of them."""
    with reading(request) as visitor:
        found = orders_after(viewer=visitor.viewer, after_id=id_in(cursor), number=number, limit=limit + 1)
        _see(visitor, found[:limit])
        return Orders(orders=[OrderOut.of(one) for one in found[:limit]], next=_next(found, limit))


@router.get("/orders/{order_id}", response=OrderOut)
def read_order(request: HttpRequest, order_id: IdInPath) -> HttpResponse:
    """One order with its lines, deliveries, appointments and returns."""
    with reading(request) as visitor:
        found = order_by_id(viewer=visitor.viewer, order_id=order_id)
        _see(visitor, [found])
        return answered(request, OrderOut.of(found))


@router.get("/orders/{order_id}/statements", response=Statements)
def statements_of_order(request: HttpRequest, order_id: IdInPath) -> Statements:
    """Everything that was ever said of an order and of what came of it, and when; nothing is overwritten."""
    with reading(request) as visitor:
        found = order_by_id(viewer=visitor.viewer, order_id=order_id)
        _see(visitor, [found])
        return Statements(statements=[StatementOut.of(one) for one in said_of_order(order=found)])


@router.get("/deliveries", response=Deliveries)
def list_deliveries(request: HttpRequest, number: Number = "", cursor: Cursor = None, limit: Limit = 100) -> Deliveries:
    """In the order in which we heard of them; `number` may be that of the delivery, of its order, or for tracking."""
    with reading(request) as visitor:
        found = deliveries_after(viewer=visitor.viewer, after_id=id_in(cursor), number=number, limit=limit + 1)
        _see(visitor, found[:limit])
        return Deliveries(deliveries=[DeliveryOut.of(one) for one in found[:limit]], next=_next(found, limit))


@router.get("/appointments", response=Appointments)
def list_appointments(
    request: HttpRequest, number: Number = "", cursor: Cursor = None, limit: Limit = 100
) -> Appointments:
    """In the order in which we heard of them."""
    with reading(request) as visitor:
        found = visits_after(viewer=visitor.viewer, after_id=id_in(cursor), number=number, limit=limit + 1)
        _see(visitor, found[:limit])
        return Appointments(appointments=[AppointmentOut.of(one) for one in found[:limit]], next=_next(found, limit))


@router.get("/returns", response=Returns)
def list_returns(request: HttpRequest, number: Number = "", cursor: Cursor = None, limit: Limit = 100) -> Returns:
    """In the order in which we heard of them."""
    with reading(request) as visitor:
        found = returns_after(viewer=visitor.viewer, after_id=id_in(cursor), number=number, limit=limit + 1)
        _see(visitor, found[:limit])
        return Returns(returns=[ReturnOut.of(one) for one in found[:limit]], next=_next(found, limit))


def _see(visitor: Visitor, found: Sequence[Any]) -> None:
    """Looking at what a customer has ordered is noted."""
    for customer_id in {one.customer_id for one in found} - {None}:
        visitor.sees_customer(customer_id)


def _next(found: Sequence[Any], limit: int) -> str | None:
    return str(found[limit - 1].id) if len(found) > limit else None
