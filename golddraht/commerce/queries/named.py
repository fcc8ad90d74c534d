"""Which orders of a customer are named by a number, and which a concern is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from golddraht.commerce.models import Delivery, Order, Tie
from golddraht.customers.queries import ids_of_person
from golddraht.plumbing.asking import Asked, Question
from golddraht.team.queries import Viewer

LONGEST_NUMBER = 80

_ORDERS: Question[tuple[int, int | None]] = Question(
    lambda: Order.objects.filter(number__among=Asked("numbers")).order_by("pk").values_list("pk", "customer_id")
)
_DELIVERED: Question[tuple[str, str, int | None]] = Question(
    lambda: (
        Delivery.objects.filter(Q(number__among=Asked("numbers")) | Q(tracking__among=Asked("numbers")))
        .exclude(order="")
        .values_list("source", "order", "customer_id")
    )
)


def orders_named(numbers: Sequence[str], *, customer_id: int) -> list[int]:
    """The orders of this very person that one of these numbers names: that of the order, of a delivery, or for tracking.

    Somebody else's number names nothing here: quoting it is no proof that it is theirs.
    """
    found = _ORDERS.all(numbers=list(numbers))
    if found:
        theirs = ids_of_person(customer_id=customer_id)
        return [order_id for order_id, owner in found if owner in theirs]
    return _of_deliveries(numbers, customer_id)


def is_named_and_waits(numbers: Sequence[str]) -> bool:
    """Whether one of these numbers names something that belongs to nobody yet."""
    return any(owner is None for _, owner in _ORDERS.all(numbers=list(numbers)))


def _of_deliveries(numbers: Sequence[str], customer_id: int) -> list[int]:
    brought = _DELIVERED.all(numbers=list(numbers))
    if not brought:
        return []
    theirs = ids_of_person(customer_id=customer_id)
    wanted = Q(pk__in=[])
    for source, order, _ in (one for one in brought if one[2] in theirs):
        wanted |= Q(source=source, number=order)
    rows = Order.objects.filter(wanted, customer_id__in=theirs).order_by("pk")
    return list(rows.values_list("pk", flat=True))


@dataclass(frozen=True)
class Numbered:
    """An order or a delivery that has a number somebody looked for, and whose it is."""

    number: str
    order: str
    customer_id: int
    customer_name: str


def numbered(*, viewer: Viewer, typed: str, limit: int = 5) -> list[Numbered]:
    """Orders of this number, and deliveries with it as their own or for tracking; as typed, or in capitals."""
    word = typed.strip()
    if not any(sign.isdigit() for sign in word) or len(word) > LONGEST_NUMBER or len(word.split()) > 1:
        return []
    spelled = {word, word.upper()}
    mine = Q(tenant_id=viewer.tenant_id, customer__isnull=False)
    orders = Order.objects.filter(mine, number__in=spelled).select_related("customer").order_by("-pk")[:limit]
    found = [Numbered(one.number, one.number, one.customer.pk, one.customer.name) for one in orders]
    brought = Delivery.objects.filter(mine, Q(number__in=spelled) | Q(tracking__in=spelled))
    rows = brought.select_related("customer").order_by("-pk")[:limit]
    return found + [Numbered(word, one.order, one.customer.pk, one.customer.name) for one in rows]


def orders_of_concern(*, conversation_id: int) -> list[int]:
    """Which orders a concern is about."""
    rows = Tie.objects.filter(conversation_id=conversation_id, untied_at=None).order_by("at", "pk")
    return list(rows.values_list("order_id", flat=True))
