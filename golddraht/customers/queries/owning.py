"""Whose customer numbers and ways of contact these are, for many at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from golddraht.customers.models import ContactPoint, Customer, Fact
from golddraht.customers.queries.record import statement_of
from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.golden import standing


def owners_of_numbers(*, source: str, numbers: Iterable[str]) -> dict[str, int]:
    """The customer of each number that this source gave and that nobody has called wrong since; of two the one met first."""
    said: dict[int, list[Statement]] = {}
    rows = Fact.objects.filter(attribute=Attribute.NUMBER, value__in=list(numbers), source=source)
    for row in rows.order_by("customer_id"):
        said.setdefault(row.customer_id, []).append(statement_of(row))
    found: dict[str, int] = {}
    for customer_id, statements in said.items():
        for one in standing(statements):
            found.setdefault(one.value, customer_id)
    return found


def owners_of_ways(ways: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """Customer and name by channel and folded address."""
    by_channel: dict[str, list[str]] = {}
    for channel, address in ways:
        by_channel.setdefault(channel, []).append(address)
    wanted = Q(pk__in=[])
    for channel, addresses in by_channel.items():
        wanted |= Q(channel=channel, address__in=addresses)
    rows = ContactPoint.objects.filter(wanted) if by_channel else ContactPoint.objects.none()
    found = rows.values_list("channel", "address", "customer_id", "customer__name")
    return {(channel, address): (customer_id, name) for channel, address, customer_id, name in found}


def names_among(ids: Iterable[int]) -> dict[int, str]:
    return dict(Customer.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
