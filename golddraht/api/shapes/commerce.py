"""Products, orders, deliveries, appointments and returns over the wire: as their source tells of them, and as we know them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import Id, Moment, example
from golddraht.commerce.operations import Outcome, Stated
from golddraht.commerce.queries import DeliveryKnown, LineKnown, OrderKnown, ReturnKnown, Spoken, VisitKnown
from golddraht.commerce.rules import DeliveryState, Step, Thing, VisitState

MOST_ROWS = 500
Number = Annotated[str, Field(min_length=1, max_length=80, description="The number that its source gave it.")]
Source = Annotated[
    str, Field(min_length=1, max_length=60, description="The system that says so, such as `shop`.", examples=["shop"])
]
Named = Annotated[str | None, Field(max_length=80)]
Words = Annotated[str | None, Field(max_length=200)]
Cents = Annotated[int | None, Field(ge=-(2**31) + 1, le=2**31 - 1)]
Currency = Annotated[str | None, Field(max_length=3, pattern="^[A-Z]{0,3}$")]


class Row(Schema):
    """What is said of one thing. What is left out is not spoken of, null takes back what was said before."""

    number: Number
    said_at: Moment | None = Field(None, description="When its source said so; now, if left out. The later word holds.")

    def told(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


class Whose(Schema):
    """The customer, by any of these. Nobody known by that name yet: it waits until they are."""

    customer_number: Annotated[str | None, Field(max_length=60)] = None
    email: Annotated[str | None, Field(max_length=254)] = None
    customer_id: Id | None = None


class Dated(Schema):
    """When it comes: from and until, or a day. It becomes a promise to the customer."""

    promised_from: Moment | None = None
    promised_until: Moment | None = None
    promised_on: date | None = Field(None, description="A day; it ends with its last minute.")
    agreed: bool = Field(False, description="Whether the customer agreed to this date. If not, they are asked.")
    why: Words = Field(None, description="Why it is another date than before, in words for the customer.")


class ProductRow(Row):
    name: Words = None
    cents: Cents = None
    currency: Currency = None


class LineRow(Schema):
    product: Annotated[str, Field(max_length=80)] = ""
    title: Annotated[str, Field(max_length=200)] = ""
    quantity: Annotated[float, Field(gt=0, lt=10_000_000)] = 1
    cents: Cents = None


class OrderRow(Row, Whose):
    ordered_at: Moment | None = None
    cancelled_at: Moment | None = None
    cents: Cents = None
    currency: Currency = None
    lines: Annotated[list[LineRow] | None, Field(max_length=500)] = None


class DeliveryRow(Row, Whose, Dated):
    order: Named = Field(None, description="The number of its order in the same source.")
    what: Words = None
    carrier: Named = None
    tracking: Named = None
    tour: Named = None
    packed_at: Moment | None = None
    sent_at: Moment | None = None
    near_at: Moment | None = Field(None, description="With the driver who comes today.")
    tried_at: Moment | None = Field(None, description="Nobody was there.")
    arrived_at: Moment | None = None
    cancelled_at: Moment | None = None


class AppointmentRow(Row, Whose, Dated):
    order: Named = None
    what: Words = None
    technician: Annotated[str | None, Field(max_length=120)] = None
    tour: Named = None
    done_at: Moment | None = None
    cancelled_at: Moment | None = None


class ReturnRow(Row, Whose):
    order: Named = None
    what: Words = None
    why: Words = None
    cents: Cents = None
    currency: Currency = None
    announced_at: Moment | None = None
    received_at: Moment | None = None
    refunded_at: Moment | None = None


class ProductsIn(Schema):
    source: Source
    rows: Annotated[list[ProductRow], Field(min_length=1, max_length=MOST_ROWS)]
    model_config = example(source="shop", rows=[{"number": "W-7", "name": "Wärmetauscher W 7", "cents": 12900}])


class OrdersIn(Schema):
    source: Source
    rows: Annotated[list[OrderRow], Field(min_length=1, max_length=MOST_ROWS)]
    model_config = example(source="shop", rows=[samples.ORDER_IN])


class DeliveriesIn(Schema):
    source: Source
    rows: Annotated[list[DeliveryRow], Field(min_length=1, max_length=MOST_ROWS)]
    model_config = example(source="shop", rows=[samples.DELIVERY_IN])


class AppointmentsIn(Schema):
    source: Source
    rows: Annotated[list[AppointmentRow], Field(min_length=1, max_length=MOST_ROWS)]
    model_config = example(source="werkstatt", rows=[samples.APPOINTMENT_IN])


class ReturnsIn(Schema):
    source: Source
    rows: Annotated[list[ReturnRow], Field(min_length=1, max_length=MOST_ROWS)]
    model_config = example(
        source="shop",
        rows=[{"number": "R-311", "order": "88-2041", "what": "Dichtung", "announced_at": "2026-11-27T18:03:00Z"}],
    )


STATED = {
    "number": "88-2041",
    "outcome": "new",
    "id": 17,
    "customer_id": 102,
    "reason": "",
    "field": "",
    "bad_row": None,
}


class StatedOut(Schema):
    """What became of one row: new, changed, same (known already), older (kept, but something later is known) or refused."""

    number: str
    outcome: Outcome
    id: int | None
    customer_id: int | None = Field(description="null as long as nobody is known by the name that was given.")
    reason: str
    field: str
    bad_row: int | None = Field(
        None, description="Where it waits until a person decides: whoever it names was erased (`ERASED`)."
    )
    model_config = example(**STATED)

    @staticmethod
    def of(one: Stated) -> StatedOut:
        names = StatedOut.model_fields.keys() - {"bad_row"}
        return StatedOut(bad_row=one.kept_id, **{name: getattr(one, name) for name in names})


class StatedRows(Schema):
    """In the order of the rows."""

    rows: list[StatedOut]
    model_config = example(rows=[STATED])


class ProductOut(Schema):
    id: int
    source: str
    number: str
    name: str
    cents: int | None
    currency: str

    @staticmethod
    def of(one: Any) -> ProductOut:
        return ProductOut(**{name: getattr(one, name) for name in ProductOut.model_fields})


class StepOut(Schema):
    """A step on the way; `at` is null where nobody has said when."""

    state: DeliveryState
    at: datetime | None
    is_done: bool

    @staticmethod
    def of(one: Step) -> StepOut:
        return StepOut(state=one.state, at=one.at, is_done=one.is_done)


class DeliveryOut(Schema):
    """Something that is brought, as its source says by now."""

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
    steps: list[StepOut]
    arrived_at: datetime | None
    cancelled_at: datetime | None

    @staticmethod
    def of(one: DeliveryKnown) -> DeliveryOut:
        names = DeliveryOut.model_fields.keys() - {"steps"}
        return DeliveryOut(
            steps=[StepOut.of(step) for step in one.steps], **{name: getattr(one, name) for name in names}
        )


class AppointmentOut(Schema):
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

    @staticmethod
    def of(one: VisitKnown) -> AppointmentOut:
        return AppointmentOut(**{name: getattr(one, name) for name in AppointmentOut.model_fields})


class ReturnOut(Schema):
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

    @staticmethod
    def of(one: ReturnKnown) -> ReturnOut:
        return ReturnOut(**{name: getattr(one, name) for name in ReturnOut.model_fields})


class LineOut(Schema):
    title: str
    product: str
    quantity: float
    cents: int | None

    @staticmethod
    def of(one: LineKnown) -> LineOut:
        return LineOut(title=one.title, product=one.product, quantity=float(one.quantity), cents=one.cents)


class OrderOut(Schema):
    """What was ordered, with everything that came of it."""

    id: int
    source: str
    number: str
    customer_id: int | None
    ordered_at: datetime | None
    cancelled_at: datetime | None
    cents: int | None
    currency: str
    lines: list[LineOut]
    deliveries: list[DeliveryOut]
    appointments: list[AppointmentOut]
    returns: list[ReturnOut]
    model_config = example(**samples.ORDER)

    @staticmethod
    def of(one: OrderKnown) -> OrderOut:
        plain = ("id", "source", "number", "customer_id", "ordered_at", "cancelled_at", "cents", "currency")
        return OrderOut(
            lines=[LineOut.of(line) for line in one.lines],
            deliveries=[DeliveryOut.of(delivery) for delivery in one.deliveries],
            appointments=[AppointmentOut.of(visit) for visit in one.visits],
            returns=[ReturnOut.of(back) for back in one.returns],
            **{name: getattr(one, name) for name in plain},
        )


class Products(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    products: list[ProductOut]
    next: str | None
    model_config = example(products=[samples.PRODUCT], next=None)


class Orders(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    orders: list[OrderOut]
    next: str | None
    model_config = example(orders=[samples.ORDER], next="17")


class Deliveries(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    deliveries: list[DeliveryOut]
    next: str | None
    model_config = example(deliveries=[samples.DELIVERY], next=None)


class Appointments(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    appointments: list[AppointmentOut]
    next: str | None
    model_config = example(appointments=[samples.APPOINTMENT], next=None)


class Returns(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    returns: list[ReturnOut]
    next: str | None
    model_config = example(returns=[samples.RETURN], next=None)


class KnownOfCustomer(Schema):
    """Orders with what came of them; besides, what stands in no order that is known."""

    orders: list[OrderOut]
    deliveries: list[DeliveryOut]
    appointments: list[AppointmentOut]
    returns: list[ReturnOut]
    model_config = example(orders=[samples.ORDER], deliveries=[], appointments=[samples.APPOINTMENT], returns=[])


class StatementOut(Schema):
    """One thing that a source said, in its own values: kept for good."""

    thing: Thing
    number: str
    said_at: datetime
    heard_at: datetime
    told: dict[str, Any]

    @staticmethod
    def of(one: Spoken) -> StatementOut:
        return StatementOut(**{name: getattr(one, name) for name in StatementOut.model_fields})


class Statements(Schema):
    """The latest first."""

    statements: list[StatementOut]
    model_config = example(
        statements=[
            {
                "thing": "delivery",
                "number": "L-5512",
                "said_at": samples.ARRIVED,
                "heard_at": samples.ARRIVED,
                "told": {"promised": [None, samples.DUE, False, ""]},
            }
        ]
    )
