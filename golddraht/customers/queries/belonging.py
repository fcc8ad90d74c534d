"""Where people belong, and who else does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.customers.models import Belonging
from golddraht.customers.queries.one_person import ids_of_person


@dataclass(frozen=True)
class Fellow:
    customer_id: int
    name: str
    role: str


@dataclass(frozen=True)
class BelongingLine:
    """One organisation or household of a person; `organisation` is "" for a household."""

    id: int
    organisation: str
    role: str
    source: str
    said_at: datetime
    ended_at: datetime | None
    fellows: tuple[Fellow, ...]


def belongings_of(*, customer_id: int) -> list[BelongingLine]:
    """Where this person belongs or belonged, what holds first, with everybody else there."""
    ids = ids_of_person(customer_id=customer_id)
    rows = list(
        Belonging.objects.filter(customer_id__in=ids).select_related("organisation").order_by("-said_at", "-pk")
    )
    there = _everybody_at(rows)
    lines = [_line(row, there, frozenset(ids)) for row in rows]
    return sorted(lines, key=lambda line: line.ended_at is not None)


Place = tuple[int | None, int | None]


def _everybody_at(rows: list[Belonging]) -> dict[Place, list[Belonging]]:
    households = [row.household_id for row in rows if row.household_id]
    companies = [row.organisation_id for row in rows if row.organisation_id]
    standing = Belonging.objects.filter(ended_at=None).select_related("customer")
    found = [*standing.filter(household_id__in=households), *standing.filter(organisation_id__in=companies)[:50]]
    there: dict[Place, list[Belonging]] = {}
    for one in found:
        there.setdefault((one.organisation_id, one.household_id), []).append(one)
    return there


def _line(row: Belonging, there: dict[Place, list[Belonging]], person: frozenset[int]) -> BelongingLine:
    others = there.get((row.organisation_id, row.household_id), [])
    return BelongingLine(
        id=row.pk,
        organisation=row.organisation.name if row.organisation else "",
        role=row.role,
        source=row.source,
        said_at=row.said_at,
        ended_at=row.ended_at,
        fellows=tuple(
            Fellow(one.customer.head_id or one.customer_id, one.customer.name, one.role)
            for one in others
            if one.customer_id not in person
        ),
    )
