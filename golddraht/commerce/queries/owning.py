"""Whose something is, and in which concern it is spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Value

from golddraht.commerce.models import Appointment, Delivery, Order, Return, Tie
from golddraht.commerce.models.outside import Theirs
from golddraht.commerce.rules.things import Thing, outside_name
from golddraht.customers.models import Customer
from golddraht.customers.queries import customer_at, ids_of_person
from golddraht.customers.queries.numbered import customer_numbered
from golddraht.customers.queries.owning import owners_of_numbers, owners_of_ways
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_address

THEIRS: list[tuple[Thing, type[Theirs]]] = [
    (Thing.ORDER, Order),
    (Thing.DELIVERY, Delivery),
    (Thing.APPOINTMENT, Appointment),
    (Thing.RETURN, Return),
]
"""What belongs to customers."""


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


def is_somebodys(thing: Thing, *, source: str, number: str) -> bool:
    """Whether this very thing is known, and belongs to a customer."""
    model = dict(THEIRS)[thing]
    return model.objects.filter(source=source, number=number, customer__isnull=False).exists()


def names_outside(customer_ids: Sequence[int]) -> list[tuple[str, str]]:
    """What sources call these customers' orders, deliveries, visits and returns: kind of thing and its name in the ledger."""
    rows = [
        model.objects.filter(customer_id__in=customer_ids).values_list(Value(thing.value), "source", "number")
        for thing, model in THEIRS
    ]
    return sorted({(thing, outside_name(source, number)) for thing, source, number in rows[0].union(*rows[1:])})


def concern_about(*, source: str, order: str, customer_id: int) -> int | None:
    """The concern of this very customer that is about the order, the latest of several."""
    if not order:
        return None
    ids = ids_of_person(customer_id=customer_id)
    ties = Tie.objects.filter(
        order__source=source, order__number=order, untied_at=None, conversation__customer_id__in=ids
    )
    return ties.order_by("-at", "-pk").values_list("conversation_id", flat=True).first()


@dataclass(frozen=True)
class Owners:
    """By which customer numbers, addresses and orders of a source somebody is known."""

    numbers: frozenset[str]
    emails: frozenset[str]
    orders: frozenset[str]

    def has(self, *, number: str, email: str, order: str) -> bool:
        return number in self.numbers or email in self.emails or order in self.orders


def owners_among(*, source: str, numbers: Iterable[str], emails: Iterable[str], orders: Iterable[str]) -> Owners:
    """Asked for many at once."""
    wanted, said_by = set(numbers) - {""}, [source, f"{Source.IMPORT}:{source}", f"{Source.CONTRACT}:{source}"]
    known = [owners_of_numbers(source=one, numbers=wanted) for one in (*said_by, str(Source.MEMBER))] if wanted else []
    ways = owners_of_ways({("EMAIL", folded_address(one)) for one in set(emails) - {""}})
    rows = Order.objects.filter(source=source, number__in=set(orders) - {""}, customer__isnull=False)
    return Owners(
        frozenset(number for one in known for number in one),
        frozenset(address for _, address in ways),
        frozenset(rows.values_list("number", flat=True)),
    )
