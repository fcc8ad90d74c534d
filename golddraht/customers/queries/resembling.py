"""What is known of customers who may be one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.queries.persons_among import said_among
from golddraht.customers.rules.attributes import Statement
from golddraht.customers.rules.golden import standing
from golddraht.customers.rules.likeness import Known
from golddraht.customers.rules.ways import numbers_among
from golddraht.plumbing.asking import Asked, Question

MOST = 20
"""Of a value that more share (a home for the elderly, a company's address, a name like Thomas Müller) nobody is a candidate by it."""


@dataclass(frozen=True)
class Namesakes:
    """Everybody of one name: how many, and who when they are few."""

    count: int
    few: tuple[int, ...]


_NAMES: Question[tuple[int, str]] = Question(
    lambda: Customer.objects.filter(pk__among=Asked("ids")).values_list("pk", "name")
)
_REACHED: Question[tuple[int, str, str]] = Question(
    lambda: (
        ContactPoint.objects.filter(customer__pk__among=Asked("ids"))
        .order_by("-last_used_at", "-pk")
        .values_list("customer_id", "channel", "address")
    )
)


def known_of(*, ids: Sequence[int]) -> dict[int, Known]:
    """What is known of each of these customers."""
    names = dict(_NAMES.all(ids=list(ids)))
    said = said_among(ids)
    ways: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for customer_id, channel, address in _REACHED.all(ids=list(ids)):
        ways[customer_id].append((channel, address))
    return {one: _known(name, said[one], ways[one]) for one, name in names.items()}


def _known(name: str, said: list[Statement], ways: list[tuple[str, str]]) -> Known:
    mails = [address for channel, address in ways if channel == "EMAIL"]
    return Known(name, list(standing(said)), mails, numbers_among(ways))


def about_how_many() -> int:
    """How many customers there are, as PostgreSQL last counted, all companies together: more is more careful."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [Customer._meta.db_table])
        row = cursor.fetchone()
    return max(int(row[0]), 0) if row else 0
