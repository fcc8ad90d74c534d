"""Who was merged with whom, and which two may be one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from golddraht.customers.models import Merge, Resemblance
from golddraht.customers.queries.finding import Seer
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules.persons import behind


@dataclass(frozen=True)
class MergeLine:
    """One merge, standing or undone."""

    id: int
    customer_id: int
    head_id: int
    reasons: tuple[str, ...]
    decided_by: str
    actor_id: int | None
    merged_at: datetime
    undone_at: datetime | None
    undone_actor_id: int | None
    undone_why: str


def merges_of(*, customer_id: int) -> list[MergeLine]:
    """Every merge, undone ones too, that this person was ever part of, the latest first."""
    ids = ids_of_person(customer_id=customer_id)
    rows = Merge.objects.filter(Q(customer_id__in=ids) | Q(head_id__in=ids)).order_by("-merged_at", "-pk")
    return [_merge_line(row) for row in rows]


class NoSuchMerge(LookupError):
    """There is none that stands, or the viewer may not see it: the same answer for both."""


def standing_merge(*, viewer: Seer, merge_id: int) -> MergeLine:
    """Raises NoSuchMerge."""
    row = Merge.objects.filter(tenant_id=viewer.tenant_id, pk=merge_id, undone_at=None).first()
    if row is None:
        raise NoSuchMerge(merge_id)
    return _merge_line(row)


def merge_named(*, viewer: Seer, merge_id: int) -> MergeLine:
    """The same, undone or not. Raises NoSuchMerge."""
    row = Merge.objects.filter(tenant_id=viewer.tenant_id, pk=merge_id).first()
    if row is None:
        raise NoSuchMerge(merge_id)
    return _merge_line(row)


def sides_of(line: MergeLine) -> tuple[frozenset[int], frozenset[int]]:
    """Who is on either side once this merge is undone: first those with its customer, then those with its head."""
    together = ids_of_person(customer_id=line.customer_id)
    standing = Merge.objects.filter(customer_id__in=together, undone_at=None).values_list("customer_id", "head_id")
    leaving = {line.customer_id, *behind(line.customer_id, standing)}
    return frozenset(leaving), frozenset(together) - leaving


def _merge_line(row: Merge) -> MergeLine:
    names = MergeLine.__dataclass_fields__.keys() - {"id", "reasons"}
    return MergeLine(id=row.pk, reasons=tuple(row.reasons), **{name: getattr(row, name) for name in names})


@dataclass(frozen=True)
class Likely:
    """Two customers who may be one person, each by the head it stands behind."""

    id: int
    first_id: int
    second_id: int
    certainty: float
    reasons: tuple[str, ...]
    found_by: str


def resemblances(*, viewer: Seer, limit: int = 50) -> list[Likely]:
    """Pairs that nobody has settled yet, the surest first; those that are one person already are left out."""
    rows = Resemblance.objects.filter(tenant_id=viewer.tenant_id, settled_at=None).select_related("first", "second")
    return [found for row in rows.order_by("-certainty", "pk")[:limit] if (found := _likely(row))]


def resemblances_of(*, viewer: Seer, customer_id: int) -> list[Likely]:
    """Whom this customer may be one person with."""
    ids = ids_of_person(customer_id=customer_id)
    rows = Resemblance.objects.filter(tenant_id=viewer.tenant_id, settled_at=None)
    found = rows.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).select_related("first", "second")
    return [one for row in found.order_by("-certainty", "pk") if (one := _likely(row))]


class NoSuchResemblance(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


def resemblance_for(*, viewer: Seer, resemblance_id: int) -> int:
    """Its id, if the viewer may see it. Raises NoSuchResemblance."""
    if not Resemblance.objects.filter(tenant_id=viewer.tenant_id, pk=resemblance_id).exists():
        raise NoSuchResemblance(resemblance_id)
    return resemblance_id


def _likely(row: Resemblance) -> Likely | None:
    first, second = row.first.head_id or row.first_id, row.second.head_id or row.second_id
    if first == second:
        return None
    return Likely(row.pk, first, second, row.certainty, tuple(row.reasons), row.found_by)
