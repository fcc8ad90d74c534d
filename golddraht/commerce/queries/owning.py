"""Whose something is, and in which concern it is spoken of."""

from __future__ import annotations

from golddraht.commerce.models import Order, Tie
from golddraht.customers.models import Customer
from golddraht.customers.queries import customer_at, ids_of_person
from golddraht.customers.queries.numbered import customer_numbered


def customer_named(*, source: str, number: str = "", email: str = "", customer_id: int | None = None) -> int | None:
    """The customer whom a source names: by our id, by the number they have there, by an address. None if nobody is known so."""
    if customer_id is not None and (found := Customer.objects.filter(pk=customer_id).values_list("pk").first()):
        return int(found[0])
    if number and (numbered := customer_numbered(number=number, source=source)) is not None:
        return numbered
    owner = customer_at(channel="EMAIL", address=email) if email else None
    return owner.pk if owner is not None else None


def customer_of_order(*, source: str, number: str) -> int | None:
    if not number:
        return None
    rows = Order.objects.filter(source=source, number=number, customer__isnull=False)
    return rows.values_list("customer_id", flat=True).first()


def concern_about(*, source: str, order: str, customer_id: int) -> int | None:
    """The concern of this very customer that is about the order, the latest of several."""
    if not order:
        return None
    ids = ids_of_person(customer_id=customer_id)
    ties = Tie.objects.filter(
        order__source=source, order__number=order, untied_at=None, conversation__customer_id__in=ids
    )
    return ties.order_by("-at", "-pk").values_list("conversation_id", flat=True).first()
