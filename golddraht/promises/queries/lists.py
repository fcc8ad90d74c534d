"""What is due, and how often we keep our word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from golddraht.promises.models import Option, Promise
from golddraht.promises.queries.cards import title_of
from golddraht.promises.queries.finding import touched_rows
from golddraht.promises.rules import Kind, State, wilson_interval
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class PromiseLine:
    """A promise in the list of what is due. `is_in_danger` until the customer has chosen."""

    id: int
    kind: Kind
    what: str
    customer_name: str
    customer_id: int
    conversation_number: int | None
    owner_name: str
    starts_at: datetime | None
    due_at: datetime
    state: State
    is_in_danger: bool
    is_late: bool
    reference: str
    tour: str


@dataclass(frozen=True)
class KeptRate:
    """How many promises that fell due were kept, with the range of the share (95 %); changed by agreement count neither way."""

    kept: int
    broken: int
    changed: int
    share: float | None
    low: float | None
    high: float | None


def due_list(
    *,
    viewer: Viewer,
    at: datetime,
    until: datetime,
    owner_id: int | None = None,
    behind: tuple[datetime, int] | None = None,
    limit: int = 500,
) -> list[PromiseLine]:
    """The open promises of the viewer's tenant that fall due by `until`, the earliest first; of one owner if named.

    `behind` are moment and id of the last one that was read already.
    """
    rows = Promise.objects.filter(tenant_id=viewer.tenant_id, state=State.OPEN, due_at__lte=until)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if behind is not None:
        rows = rows.filter(Q(due_at__gt=behind[0]) | Q(due_at=behind[0], pk__gt=behind[1]))
    rows = with_choice(rows).select_related("customer", "owner", "conversation").order_by("due_at", "pk")
    return [_line(promise, at=at) for promise in rows[:limit]]


def touched_by(
    *, viewer: Viewer, starts_at: datetime, ends_at: datetime, tour: str = "", reference: str = "", at: datetime
) -> list[PromiseLine]:
    """The open deliveries and visits that a disturbance would announce: a look before it is said."""
    rows = touched_rows(starts_at=starts_at, ends_at=ends_at, tour=tour, reference=reference)
    return [_line(promise, at=at) for promise in with_choice(rows.filter(tenant_id=viewer.tenant_id))]


def with_choice(rows: QuerySet[Promise]) -> QuerySet[Promise]:
    chosen = Option.objects.filter(promise_id=OuterRef("pk"), chosen_at__isnull=False)
    return rows.annotate(has_choice=Exists(chosen))


def _line(promise: Promise, *, at: datetime) -> PromiseLine:
    conversation = promise.conversation
    return PromiseLine(
        id=promise.pk,
        kind=Kind(promise.kind),
        what=title_of(promise),
        customer_name=promise.customer.name,
        customer_id=promise.customer_id,
        conversation_number=conversation.number if conversation is not None else None,
        owner_name=promise.owner.name,
        starts_at=promise.starts_at,
        due_at=promise.due_at,
        state=State(promise.state),
        is_in_danger=promise.endangered_at is not None and not promise.has_choice,  # type: ignore[attr-defined]  # Annotated.
        is_late=promise.due_at < at,
        reference=promise.reference,
        tour=promise.tour,
    )


def kept_rate(*, viewer: Viewer, since: datetime, until: datetime, kind: Kind | None = None) -> KeptRate:
    """Of the promises that fell due from `since` to before `until`; of one kind if named."""
    rows = Promise.objects.filter(tenant_id=viewer.tenant_id, due_at__gte=since, due_at__lt=until)
    if kind is not None:
        rows = rows.filter(kind=kind)
    counts = rows.aggregate(
        kept=Count("pk", filter=Q(state=State.KEPT)),
        broken=Count("pk", filter=Q(state=State.BROKEN)),
        changed=Count("pk", filter=Q(state=State.CHANGED)),
    )
    found = wilson_interval(counts["kept"], counts["kept"] + counts["broken"])
    return KeptRate(
        **counts,
        share=found.share if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
    )
