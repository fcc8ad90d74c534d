"""Where an order is, in whole sentences for its customer: the language that is active, the clocks of the default team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language, gettext

from golddraht.commerce.models import Order
from golddraht.commerce.queries.known import DeliveryKnown, OrderKnown, known
from golddraht.commerce.queries.named import orders_named
from golddraht.commerce.rules import DeliveryState
from golddraht.ground.moments import day, window
from golddraht.team.queries import default_team

SAID_AT_MOST = 3


def lines_for_receipt(*, customer_id: int, numbers: Sequence[str], already: Sequence[str], at: datetime) -> list[str]:
    """What is known of the orders that this very customer named, as far as no promise says it already."""
    ids = orders_named(numbers, customer_id=customer_id)
    if not ids:
        return []
    orders = known(list(Order.objects.filter(pk__in=ids).order_by("-pk")[:SAID_AT_MOST]), Q(pk__in=[])).orders
    return [line for order in orders for line in lines_of(order, at=at, already=already)][:SAID_AT_MOST]


def lines_of(order: OrderKnown, *, at: datetime, already: Sequence[str] = ()) -> list[str]:
    """A sentence for each delivery of an order; one for the order where there is none yet."""
    if order.cancelled_at is not None:
        return [_order(order, gettext("%(what)s: this order was cancelled."))]
    if not order.deliveries:
        return [_order(order, gettext("%(what)s: we have your order, there is no date of delivery yet."))]
    return [
        _delivery(order, one, at)
        for one in order.deliveries
        if not (one.is_open and one.promised_until is not None and order.number in already)
    ]


def _order(order: OrderKnown, sentence: str) -> str:
    return sentence % {"what": _called(order.name or gettext("Your order"), order.number)}


def _called(name: str, number: str) -> str:
    return name if number in name else f"{name} ({number})"


def _delivery(order: OrderKnown, one: DeliveryKnown, at: datetime) -> str:
    zone, language = default_team().zone, get_language() or "de"
    when = window(one.promised_from, one.promised_until, zone, language, at) if one.promised_until else ""
    told = {"what": _called(one.name or gettext("Your order"), order.number), "when": when}
    if one.state is DeliveryState.ARRIVED and one.arrived_at is not None:
        return gettext("%(what)s: delivered, %(when)s.") % (told | {"when": day(one.arrived_at, zone, language, at)})
    if one.state is DeliveryState.CANCELLED:
        return gettext("%(what)s: this delivery was called off.") % told
    if one.state is DeliveryState.TRIED:
        return gettext("%(what)s: nobody was there when it was brought; it will be brought again.") % told
    if when:
        return gettext("%(what)s: announced for %(when)s.") % told
    if one.state in (DeliveryState.SENT, DeliveryState.NEAR):
        return gettext("%(what)s: on its way to you.") % told
    return gettext("%(what)s: being prepared, there is no date of delivery yet.") % told
