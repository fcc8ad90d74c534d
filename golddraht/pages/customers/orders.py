"""What a customer ordered, and how far it has come: on their page, beside a concern, and on their own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from golddraht.commerce.queries import DeliveryKnown, Known, OrderKnown, ReturnKnown, VisitKnown
from golddraht.commerce.rules import DeliveryState, VisitState
from golddraht.ground import moments
from golddraht.pages.shown import window

IN_THE_PANE = 3


@dataclass(frozen=True)
class StepShown:
    """What components/steps.html takes."""

    text: str
    when: datetime | None
    is_done: bool
    is_next: bool


@dataclass(frozen=True)
class ComingShown:
    """Something that is brought or done: `state` colours it (ok, soon, late, none)."""

    title: str
    number: str
    state: str
    state_text: str
    when_text: str
    about: str
    why: str
    steps: tuple[StepShown, ...]
    is_open: bool


@dataclass(frozen=True)
class OrderShown:
    """An order; `title` names it by its number, `about` by what was ordered. `tie_url` says whether a concern is about it."""

    title: str
    about: str
    when: datetime | None
    amount: str
    is_cancelled: bool
    coming: tuple[ComingShown, ...]
    returns: tuple[ComingShown, ...]
    is_tied: bool = False
    tie_url: str = ""


@dataclass(frozen=True)
class OrdersShown:
    """Everything that is known from outside; `next_text` is when the next of it comes."""

    orders: tuple[OrderShown, ...]
    alone: tuple[ComingShown, ...]
    next_text: str
    has_more: bool = False


@dataclass(frozen=True)
class Concern:
    """A concern beside which orders are shown: `tied` are those it is about, `urls` where to say so and where to deny it."""

    tied: tuple[int, ...]
    slug: str
    number: int

    def url(self, order_id: int) -> str:
        return reverse("untie_order" if order_id in self.tied else "tie_order", args=[self.slug, self.number, order_id])


def orders_beside(known: Known, *, concern: Concern, at: datetime) -> OrdersShown:
    """What stands beside a concern: the orders it is about, then the latest others."""
    return orders_shown(known, at=at, most=max(IN_THE_PANE, len(concern.tied)), concern=concern)


def orders_shown(known: Known, *, at: datetime, most: int | None = None, concern: Concern | None = None) -> OrdersShown:
    """All of it, or the first `most` orders and as many other things."""
    alone = [*_coming(known.deliveries, known.visits, at), *(_back(one) for one in known.returns)]
    tied = concern.tied if concern is not None else ()
    ordered = sorted(known.orders, key=lambda one: one.id not in tied)
    orders = [_order(one, at, concern) for one in ordered]
    return OrdersShown(
        orders=tuple(orders[:most]),
        alone=tuple(alone[:most]),
        next_text=_next_text(known, at),
        has_more=most is not None and (len(orders) > most or len(alone) > most),
    )


def _order(one: OrderKnown, at: datetime, concern: Concern | None) -> OrderShown:
    return OrderShown(
        title=gettext("Order %(number)s") % {"number": one.number},
        about=one.name,
        when=one.ordered_at,
        amount=money(one.cents, one.currency),
        is_cancelled=one.cancelled_at is not None,
        coming=tuple(_coming(one.deliveries, one.visits, at)),
        returns=tuple(_back(back) for back in one.returns),
        is_tied=concern is not None and one.id in concern.tied,
        tie_url=concern.url(one.id) if concern is not None else "",
    )


def _coming(
    deliveries: tuple[DeliveryKnown, ...] | list[DeliveryKnown],
    visits: tuple[VisitKnown, ...] | list[VisitKnown],
    at: datetime,
) -> list[ComingShown]:
    """What is still to come first, then what came."""
    found = [*(_delivery(one, at) for one in deliveries), *(_visit(one, at) for one in visits)]
    return sorted(found, key=lambda one: not one.is_open)


def _delivery(one: DeliveryKnown, at: datetime) -> ComingShown:
    tracking = gettext("tracking %(number)s") % {"number": one.tracking} if one.tracking else ""
    return ComingShown(
        title=one.name or gettext("Delivery"),
        number=one.number,
        state=_colour(one.is_open, one.promised_until, one.cancelled_at, at),
        state_text=delivery_word(one.state),
        when_text=_when(one.promised_from, one.promised_until, one.arrived_at, one.cancelled_at, at),
        about=" · ".join(part for part in (one.carrier, tracking, one.tour) if part),
        why=one.why if one.is_open else "",
        steps=tuple(StepShown(delivery_word(step.state), step.at, step.is_done, step.is_next) for step in one.steps),
        is_open=one.is_open,
    )


def _visit(one: VisitKnown, at: datetime) -> ComingShown:
    return ComingShown(
        title=one.name or gettext("Visit of a technician"),
        number=one.number,
        state=_colour(one.is_open, one.promised_until, one.cancelled_at, at),
        state_text=visit_word(one.state),
        when_text=_when(one.promised_from, one.promised_until, one.done_at, one.cancelled_at, at),
        about=" · ".join(part for part in (one.technician, one.tour) if part),
        why=one.why if one.is_open else "",
        steps=(),
        is_open=one.is_open,
    )


def _back(one: ReturnKnown) -> ComingShown:
    return ComingShown(
        title=one.name or gettext("Return"),
        number=one.number,
        state="ok" if one.refunded_at else "none",
        state_text=_back_word(one),
        when_text="",
        about=money(one.cents, one.currency),
        why=one.why,
        steps=(),
        is_open=one.refunded_at is None,
    )


def _back_word(one: ReturnKnown) -> str:
    if one.refunded_at:
        return gettext("money paid back")
    return gettext("came back to us") if one.received_at else gettext("on its way back to us")


def _colour(is_open: bool, until: datetime | None, cancelled_at: datetime | None, at: datetime) -> str:
    if not is_open:
        return "none" if cancelled_at else "ok"
    return "late" if until is not None and until < at else "soon"


def _when(
    starts: datetime | None,
    until: datetime | None,
    done_at: datetime | None,
    cancelled_at: datetime | None,
    at: datetime,
) -> str:
    if done_at is not None:
        return window(None, done_at, at)
    if cancelled_at is not None:
        return ""
    return window(starts, until, at) if until is not None else gettext("no date yet")


def _next_text(known: Known, at: datetime) -> str:
    coming: list[DeliveryKnown | VisitKnown] = [*known.every_delivery(), *known.every_visit()]
    dated = [one for one in coming if one.is_open and one.promised_until is not None and one.promised_until >= at]
    if not dated:
        return ""
    first = min(dated, key=lambda one: (one.promised_until or at, one.number))
    assert first.promised_until is not None
    return window(first.promised_from, first.promised_until, at)


DELIVERY_WORDS = {
    DeliveryState.ORDERED: gettext_lazy("ordered"),
    DeliveryState.PACKED: gettext_lazy("packed"),
    DeliveryState.SENT: gettext_lazy("on its way"),
    DeliveryState.NEAR: gettext_lazy("with the driver"),
    DeliveryState.TRIED: gettext_lazy("nobody was there"),
    DeliveryState.ARRIVED: gettext_lazy("delivered"),
    DeliveryState.CANCELLED: gettext_lazy("called off"),
}


def delivery_word(state: DeliveryState) -> str:
    return str(DELIVERY_WORDS[state])


VISIT_WORDS = {
    VisitState.PLANNED: gettext_lazy("planned"),
    VisitState.DONE: gettext_lazy("took place"),
    VisitState.CANCELLED: gettext_lazy("called off"),
}


def visit_word(state: VisitState) -> str:
    return str(VISIT_WORDS[state])


def money(cents: int | None, currency: str) -> str:
    if cents is None:
        return ""
    return moments.money(cents, get_language() or "de", currency or "EUR")
