"""Companies and households, and the people who belong to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from golddraht.customers.models import Belonging, Household, Organisation


class NoSuchPlace(LookupError):
    """There is no such company or household in this tenant."""


class Seer(Protocol):
    """Whoever looks: a viewer of one tenant."""

    @property
    def tenant_id(self) -> int: ...


@dataclass(frozen=True)
class There:
    """A person who belongs somewhere; `customer_id` is the head of whoever was merged, `belonging_id` ends it."""

    belonging_id: int
    customer_id: int
    name: str
    role: str
    source: str
    said_at: datetime


@dataclass(frozen=True)
class PlaceLine:
    """A company, or a household, whose `name` is empty, with those who belong to it today."""

    id: int
    name: str
    people: tuple[There, ...]


def companies_after(*, viewer: Seer, after_id: int, limit: int) -> list[PlaceLine]:
    """In the order in which they became known."""
    rows = Organisation.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id).order_by("pk")[:limit]
    return _with_people(viewer, "organisation_id", {row.pk: row.name for row in rows})


def households_after(*, viewer: Seer, after_id: int, limit: int) -> list[PlaceLine]:
    """In the order in which they became known."""
    rows = Household.objects.filter(tenant_id=viewer.tenant_id, pk__gt=after_id).order_by("pk")[:limit]
    return _with_people(viewer, "household_id", dict.fromkeys((row.pk for row in rows), ""))


def company_for(*, viewer: Seer, company_id: int) -> PlaceLine:
    """Raises NoSuchPlace."""
    row = Organisation.objects.filter(tenant_id=viewer.tenant_id, pk=company_id).first()
    return _only(_with_people(viewer, "organisation_id", {row.pk: row.name} if row else {}))


def household_for(*, viewer: Seer, household_id: int) -> PlaceLine:
    """Raises NoSuchPlace."""
    row = Household.objects.filter(tenant_id=viewer.tenant_id, pk=household_id).first()
    return _only(_with_people(viewer, "household_id", {row.pk: ""} if row else {}))


def _only(found: list[PlaceLine]) -> PlaceLine:
    if not found:
        raise NoSuchPlace
    return found[0]


def _with_people(viewer: Seer, kind: str, names: dict[int, str]) -> list[PlaceLine]:
    there: dict[int, list[There]] = defaultdict(list)
    for row in _standing(viewer, kind, names):
        there[getattr(row, kind)].append(_there(row))
    return [PlaceLine(pk, name, tuple(there[pk])) for pk, name in names.items()]


def _standing(viewer: Seer, kind: str, ids: Iterable[int]) -> list[Belonging]:
    rows = Belonging.objects.filter(tenant_id=viewer.tenant_id, ended_at=None, **{f"{kind}__in": list(ids)})
    return list(rows.select_related("customer").order_by("said_at", "pk"))


def _there(row: Belonging) -> There:
    head = row.customer.head_id or row.customer_id
    return There(row.pk, head, row.customer.name, row.role, row.source, row.said_at)
