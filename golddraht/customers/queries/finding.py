"""Customers and their ways of contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models.functions import Coalesce

from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules import greeting
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import remembered


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...


class NoSuchCustomer(LookupError):
    """There is none, or the viewer may not see them: the same answer for both."""


@dataclass(frozen=True)
class CustomerLine:
    """A customer in a list."""

    id: int
    name: str
    address: str
    known_since: datetime


_CUSTOMER: Question[Customer] = Question(
    lambda: Customer.objects.filter(pk=Asked("pk"), tenant_id=Asked("tenant")).select_related("organisation")
)


def customer_for(*, viewer: Seer, customer_id: int) -> Customer:
    """Raises NoSuchCustomer."""
    found = _customer(viewer.tenant_id, customer_id)
    if found is None:
        raise NoSuchCustomer(customer_id)
    return found


@remembered
def _customer(tenant_id: int, customer_id: int) -> Customer | None:
    # An address can name more than an id holds.
    return _CUSTOMER.first(pk=customer_id, tenant=tenant_id) if customer_id < 2**63 else None


_POINTS: Question[ContactPoint] = Question(
    lambda: ContactPoint.objects.filter(customer__pk__among=Asked("ids")).order_by("channel", "-last_used_at")
)


def contact_points_of(*, customer_id: int) -> list[ContactPoint]:
    """Every way to reach this person, also those of customers who turned out to be them."""
    return _POINTS.all(ids=list(ids_of_person(customer_id=customer_id)))


def customers_named(*, viewer: Seer, start: str = "", limit: int = 100) -> list[CustomerLine]:
    """Customers in the order of their names; `start` is folded text that name or address begins with."""
    rows = Customer.objects.filter(tenant_id=viewer.tenant_id, head=None)
    if start:
        points = ContactPoint.objects.filter(tenant_id=viewer.tenant_id, address__startswith=start)
        owners = points.values(front=Coalesce("customer__head_id", "customer_id"))
        rows = rows.filter(sort_name__contains=start) | rows.filter(pk__in=owners)
    found = list(rows.order_by("sort_name", "pk")[:limit])
    points = ContactPoint.objects.filter(customer_id__in=[customer.pk for customer in found]).order_by("last_used_at")
    shown = {point.customer_id: point.shown for point in points}
    return [CustomerLine(row.pk, row.name, shown.get(row.pk, ""), row.known_since) for row in found]


def customer_lines(*, viewer: Seer, ids: Sequence[int]) -> list[CustomerLine]:
    """These customers in the order of `ids`, one line for each person, those left out whom the viewer may not see."""
    rows = {row.pk: row for row in Customer.objects.filter(tenant_id=viewer.tenant_id, pk__in=ids)}
    shown = _addresses_of(rows)
    found: dict[int, Customer] = {}
    for row in (rows[id_] for id_ in ids if id_ in rows):
        found.setdefault(row.head_id or row.pk, row)
    return [CustomerLine(front, row.name, shown.get(row.pk, ""), row.known_since) for front, row in found.items()]


def _addresses_of(ids: Iterable[int]) -> dict[int, str]:
    """Where each of these customers was last reached."""
    points = ContactPoint.objects.filter(customer_id__in=list(ids)).order_by("last_used_at")
    return {point.customer_id: point.shown for point in points}


def greeting_for(customer: Customer, *, language: str) -> str:
    """The first line of a letter to this customer, neutral unless they declared how to be addressed."""
    return greeting(name=customer.name, salutation=customer.salutation, language=language)


_REACHED_AT: Question[ContactPoint] = Question(
    lambda: ContactPoint.objects.filter(customer=Asked("customer"), channel="EMAIL", unreachable_since=None).order_by(
        "-last_used_at"
    )[:1]
)


def mail_address_of(*, customer_id: int) -> ContactPoint | None:
    """The e-mail address that reaches the customer: the one used last that has not bounced; else one of the same person."""
    own = _REACHED_AT.first(customer=customer_id)
    if own is not None:
        return own
    others = (_REACHED_AT.first(customer=one) for one in ids_of_person(customer_id=customer_id) if one != customer_id)
    return next((point for point in others if point is not None), None)


_AT: Question[ContactPoint] = Question(
    lambda: ContactPoint.objects.select_related("customer").filter(channel=Asked("channel"), address=Asked("address"))
)


def contact_point_at(*, channel: str, address: str) -> ContactPoint | None:
    """The address (already folded for comparison) with the customer it belongs to."""
    return _AT.first(channel=channel, address=address)


def is_unwanted(point: ContactPoint) -> bool:
    """Whether they called our mail unwanted and have not written to us since."""
    return point.complained_at is not None and point.last_used_at <= point.complained_at


def customer_at(*, channel: str, address: str) -> Customer | None:
    point = contact_point_at(channel=channel, address=address)
    return point.customer if point else None


_ADDRESSES: Question[str] = Question(
    lambda: ContactPoint.objects.filter(customer=Asked("customer"), channel="EMAIL").values_list("address", flat=True)
)


def mail_addresses_of(*, customer_id: int) -> set[str]:
    """All e-mail addresses of a person, folded for comparison."""
    return {address for one in ids_of_person(customer_id=customer_id) for address in _ADDRESSES.all(customer=one)}


def customers_after(*, viewer: Seer, after_id: int = 0, limit: int = 100) -> list[CustomerLine]:
    """Customers in the order in which we met them, from behind that one: for programs that read all of them."""
    rows = list(Customer.objects.filter(tenant_id=viewer.tenant_id, head=None, pk__gt=after_id).order_by("pk")[:limit])
    points = ContactPoint.objects.filter(customer_id__in=[customer.pk for customer in rows]).order_by("last_used_at")
    shown = {point.customer_id: point.shown for point in points}
    return [CustomerLine(row.pk, row.name, shown.get(row.pk, ""), row.known_since) for row in rows]
