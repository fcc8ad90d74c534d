"""Who might be one person with a customer: found by equal values, which the walls let an index answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from golddraht.customers.models import ContactPoint, Customer, Fact
from golddraht.customers.queries.record import statement_of
from golddraht.customers.rules.alike import SPEAKS
from golddraht.customers.rules.attributes import Statement
from golddraht.customers.rules.golden import standing
from golddraht.customers.rules.likeness import Known

MOST = 20
"""Of a value that more share (a home for the elderly, a company's address, a name like Thomas Müller) nobody is a candidate by it."""
COUNTED = 1_000
"""Namesakes are counted up to here."""


@dataclass(frozen=True)
class Namesakes:
    """Everybody of one name: how many, and who when they are few."""

    count: int
    few: tuple[int, ...]


def those_who_share(*, ids: Sequence[int]) -> set[int]:
    """Who has a birthday, postal address or customer number with one of these, and is none of them."""
    own = Fact.objects.filter(customer_id__in=ids, attribute__in=SPEAKS, denies=False)
    found: set[int] = set()
    for attribute, value in set(own.values_list("attribute", "value")):
        rows = Fact.objects.filter(attribute=attribute, value=value, denies=False).exclude(customer_id__in=ids)
        sharing = set(rows.values_list("customer_id", flat=True).distinct()[: MOST + 1])
        found |= sharing if len(sharing) <= MOST else set()
    return found


def namesakes_of(*, customer_id: int) -> Namesakes:
    """Everybody whose name sorts as this customer's does, themselves included."""
    name = Customer.objects.filter(pk=customer_id).values_list("sort_name", flat=True).first()
    ids = Customer.objects.filter(sort_name=name).values_list("pk", flat=True)[:COUNTED] if name else []
    found = tuple(ids)
    return Namesakes(len(found), found if len(found) <= MOST else ())


def known_of(*, ids: Sequence[int]) -> dict[int, Known]:
    """What is known of each of these customers."""
    names = dict(Customer.objects.filter(pk__in=ids).values_list("pk", "name"))
    said: dict[int, list[Statement]] = defaultdict(list)
    for row in Fact.objects.filter(customer_id__in=ids).order_by("-said_at", "-pk"):
        said[row.customer_id].append(statement_of(row))
    points: dict[tuple[int, str], list[str]] = defaultdict(list)
    for point in ContactPoint.objects.filter(customer_id__in=ids).order_by("-last_used_at", "-pk"):
        points[point.customer_id, point.channel].append(point.address)
    return {
        one: Known(name, list(standing(said[one])), points[one, "EMAIL"], points[one, "PHONE"])
        for one, name in names.items()
    }


def about_how_many() -> int:
    """How many customers there are, as PostgreSQL last counted, all companies together: more is more careful."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [Customer._meta.db_table])
        row = cursor.fetchone()
    return max(int(row[0]), 0) if row else 0
