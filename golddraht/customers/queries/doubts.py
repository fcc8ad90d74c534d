"""What about records cannot be quite right, the dearest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from golddraht.customers.models import Asking, ContactPoint, Doubt, Look
from golddraht.customers.queries.finding import Seer
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.doubts import RULES, Kind, attribute_of
from golddraht.customers.rules.questions import MOST, REST, may_ask
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
    attribute: Attribute | None = None
    askings: tuple[AskingLine, ...] = ()
    """When they were asked about it since it was noticed, the latest first."""


@dataclass(frozen=True)
class AskingLine:
    at: datetime
    message_id: int
    actor_id: int | None


@dataclass(frozen=True)
class Due:
    """The doubt that may be asked about."""

    kind: Kind
    attribute: str


def doubts(*, viewer: Seer, at: datetime, limit: int = 50) -> list[DoubtLine]:
    """What is to be settled by now, by what it costs to leave it so.

    Left out are an address that is reached again, and what somebody was asked about not long ago (`doubts_asked`). What was asked in
    vain as often as one may is back.
    """
    rows = Doubt.objects.filter(tenant_id=viewer.tenant_id, customer__head=None).annotate(times=_times())
    rows = rows.filter(Q(settled_at=None) | Q(settled_as="ask", times__gte=MOST)).exclude(Exists(_resting(at)))
    return _lines(_still(rows).order_by("-cost", "pk")[:limit])


def doubts_asked(*, viewer: Seer, at: datetime, limit: int = 50) -> list[DoubtLine]:
    """About what somebody was asked and has not answered yet, the latest first: the question rests."""
    rows = Doubt.objects.filter(tenant_id=viewer.tenant_id, customer__head=None, settled_as__in=["", "ask"])
    resting = _still(rows.filter(Exists(_resting(at))))
    return sorted(_lines(resting.order_by("-pk")[:limit]), key=lambda one: one.askings[0].at, reverse=True)


def _since_noticed() -> Any:
    return Asking.objects.filter(doubt=OuterRef("pk"), asked_at__gte=OuterRef("noticed_at"))


def _resting(at: datetime) -> Any:
    return _since_noticed().filter(asked_at__gt=at - REST)


def _times() -> Any:
    counted = _since_noticed().order_by().values("doubt").annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(counted), 0)


_TO_ASK: Question[Doubt] = Question(
    lambda: _still(Doubt.objects.filter(customer__pk__among=Asked("ids"), settled_as__in=["", "ask"])).order_by(
        "-cost", "pk"
    )
)
_ASKED: Question[Asking] = Question(
    lambda: Asking.objects.filter(doubt__customer__pk__among=Asked("ids")).order_by("-asked_at")
)


@dataclass(frozen=True)
class LookedAt:
    """How far everybody was looked at by the rules of today: how many, and since when all of them were."""

    looked: int
    came_round_at: datetime | None


def looked_at(*, viewer: Seer) -> LookedAt:
    row = Look.objects.filter(tenant_id=viewer.tenant_id, rules=RULES).first()
    return LookedAt(row.looked, row.came_round_at) if row else LookedAt(0, None)


def question_due(*, customer_id: int, at: datetime) -> Due | None:
    """The dearest doubt about a person that may be cleared by asking: one, and only on an occasion that comes anyway.

    None while a question rests, and of a doubt about which they were asked often enough.
    """
    ids = list(ids_of_person(customer_id=customer_id))
    waiting = _TO_ASK.all(ids=ids)
    if not waiting:
        return None
    asked = _ASKED.all(ids=ids)
    last = asked[0].asked_at if asked else None
    for row in waiting:
        of_this = [one.asked_at for one in asked if one.doubt_id == row.pk and one.asked_at >= row.noticed_at]
        if may_ask(asked_of_this=of_this, last_asked_at=last, at=at):
            return Due(Kind(row.kind), row.attribute)
    return None


def doubt_for(*, viewer: Seer, doubt_id: int) -> DoubtLine:
    """One of them, settled or not. Raises NoSuchDoubt."""
    found = _lines(Doubt.objects.filter(tenant_id=viewer.tenant_id, pk=doubt_id))
    if not found:
        raise NoSuchDoubt(doubt_id)
    return found[0]


def _still(rows: Any) -> Any:
    dead = ContactPoint.objects.filter(customer=OuterRef("customer"), unreachable_since__isnull=False)
    return rows.filter(~Q(kind=Kind.ADDRESS) | Exists(dead))


def _lines(rows: Any) -> list[DoubtLine]:
    found = list(rows.select_related("customer"))
    askings: dict[int, list[Asking]] = {}
    for one in Asking.objects.filter(doubt__in=[row.pk for row in found]).order_by("-asked_at") if found else ():
        askings.setdefault(one.doubt_id, []).append(one)
    return [_line(row, askings.get(row.pk, ())) for row in found]


def _line(row: Doubt, askings: Iterable[Asking]) -> DoubtLine:
    return DoubtLine(
        id=row.pk,
        customer_id=row.customer_id,
        customer_name=row.customer.name,
        kind=Kind(row.kind),
        values=tuple(row.values),
        noticed_at=row.noticed_at,
        attribute=attribute_of(Kind(row.kind), row.attribute),
        askings=tuple(
            AskingLine(one.asked_at, one.message_id, one.actor_id) for one in askings if one.asked_at >= row.noticed_at
        ),
    )
