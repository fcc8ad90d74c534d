"""What about records cannot be quite right, the dearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from golddraht.customers.models import ContactPoint, Doubt, Look
from golddraht.customers.queries.finding import Seer
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules.doubts import RULES, Kind
from golddraht.plumbing.asking import Asked, Question


class NoSuchDoubt(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


@dataclass(frozen=True)
class DoubtLine:
    id: int
    customer_id: int
    customer_name: str
    kind: Kind
    values: tuple[str, ...]
    noticed_at: datetime


def doubts(*, viewer: Seer, limit: int = 50) -> list[DoubtLine]:
    """What is to be settled, by what it costs to leave it so; an address that is reached again is left out."""
    rows = Doubt.objects.filter(tenant_id=viewer.tenant_id, settled_at=None, customer__head=None)
    return [_line(row) for row in _still(rows).select_related("customer").order_by("-cost", "pk")[:limit]]


_TO_ASK: Question[Doubt] = Question(
    lambda: _still(Doubt.objects.filter(customer__pk__among=Asked("ids"), settled_as__in=["", "ask"])).order_by(
        "-cost", "pk"
    )[:1]
)


@dataclass(frozen=True)
class LookedAt:
    """How far everybody was looked at by the rules of today: how many, and since when all of them were."""

    looked: int
    came_round_at: datetime | None


def looked_at(*, viewer: Seer) -> LookedAt:
    row = Look.objects.filter(tenant_id=viewer.tenant_id, rules=RULES).first()
    return LookedAt(row.looked, row.came_round_at) if row else LookedAt(0, None)


def question_due(*, customer_id: int) -> Kind | None:
    """The dearest doubt about a person that could be cleared by asking: one, and only on an occasion that comes anyway."""
    found = _TO_ASK.first(ids=list(ids_of_person(customer_id=customer_id)))
    return Kind(found.kind) if found else None


def doubt_for(*, viewer: Seer, doubt_id: int) -> DoubtLine:
    """One of them, settled or not. Raises NoSuchDoubt."""
    rows = Doubt.objects.filter(tenant_id=viewer.tenant_id, pk=doubt_id).select_related("customer")
    found = rows.first()
    if found is None:
        raise NoSuchDoubt(doubt_id)
    return _line(found)


def _still(rows: Any) -> Any:
    dead = ContactPoint.objects.filter(customer=OuterRef("customer"), unreachable_since__isnull=False)
    return rows.filter(~Q(kind=Kind.ADDRESS) | Exists(dead))


def _line(row: Doubt) -> DoubtLine:
    return DoubtLine(row.pk, row.customer_id, row.customer.name, Kind(row.kind), tuple(row.values), row.noticed_at)
