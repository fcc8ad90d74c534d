"""What happened to a customer, the latest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from golddraht.customers.queries import ids_of_person
from golddraht.journey.models import Event
from golddraht.journey.rules import GROUPS, Group, Kind
from golddraht.team.queries import Viewer

PAGE = 50
Place = tuple[datetime, int]
"""Behind which event a page begins."""


@dataclass(frozen=True)
class Happened:
    """One thing that happened; what it was about is named by ids."""

    id: int
    at: datetime
    kind: Kind
    channel: str
    customer_id: int
    conversation_id: int | None
    number: int | None
    subject: str
    promise_id: int | None
    order_id: int | None = None
    delivery_id: int | None = None
    appointment_id: int | None = None
    return_id: int | None = None


@dataclass(frozen=True)
class Stretch:
    """A page of a journey; `older` is where the next one begins, None on the last."""

    events: list[Happened]
    older: Place | None


def journey_of(
    *,
    viewer: Viewer,
    customer_id: int,
    group: Group | None = None,
    channel: str = "",
    behind: Place | None = None,
    limit: int = PAGE,
) -> Stretch:
    """What happened to this person on all channels, the latest first; narrowed by group and channel."""
    rows = Event.objects.filter(tenant_id=viewer.tenant_id, customer_id__in=ids_of_person(customer_id=customer_id))
    if group is not None:
        rows = rows.filter(kind__in=GROUPS[group])
    if channel:
        rows = rows.filter(channel=channel)
    if behind is not None:
        rows = rows.filter(Q(at__lt=behind[0]) | Q(at=behind[0], pk__lt=behind[1]))
    found = list(rows.select_related("conversation").order_by("-at", "-pk")[: limit + 1])
    page = found[:limit]
    older = (page[-1].at, page[-1].pk) if len(found) > limit else None
    return Stretch([_happened(row) for row in page], older)


def _happened(row: Event) -> Happened:
    return Happened(
        id=row.pk,
        at=row.at,
        kind=Kind(row.kind),
        channel=row.channel,
        customer_id=row.customer_id,
        conversation_id=row.conversation_id,
        number=row.conversation.number if row.conversation else None,
        subject=row.conversation.subject if row.conversation else "",
        promise_id=row.promise_id,
        order_id=row.order_id,
        delivery_id=row.delivery_id,
        appointment_id=row.appointment_id,
        return_id=row.return_id,
    )
