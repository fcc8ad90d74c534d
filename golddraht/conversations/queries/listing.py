"""The lists of the workspace, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from golddraht.conversations.models import Conversation, Escalation, Reading
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.queries.narrowing import Narrowing
from golddraht.conversations.queries.places import ASKED, Place, drafts_of, in_place, look_of, looked_at, mentions_of
from golddraht.conversations.rules import LIVE, Direction
from golddraht.ground.numbers import spoken
from golddraht.plumbing.asking import Question


class DraftMark(StrEnum):
    """What of the viewer's stands in a concern and has not left."""

    WRITING = "WRITING"
    LEAVING = "LEAVING"
    STOPPED = "STOPPED"


BY_NEXT_TOUCH = frozenset({Place.PROMISED_TODAY, Place.IN_DANGER})
"""Where the most urgent stands first; everywhere else it is the newest."""


@dataclass(frozen=True)
class Row:
    """One concern in a list."""

    id: int
    number: int
    spoken: str
    customer_id: int
    customer_name: str
    subject: str
    preview: str
    latest_at: datetime
    latest_channel: str
    latest_direction: str
    is_unread: bool
    status: str
    next_touch_at: datetime | None
    owner_id: int | None
    owner_name: str
    priority: str
    tags: tuple[str, ...]
    quiet_reason: str
    is_escalated: bool
    draft: str
    is_mentioned: bool


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next page begins; None on the last one."""

    rows: tuple[Row, ...]
    next_before: str | None


def inbox(
    *,
    viewer: Seer,
    place: Place | str,
    at: datetime,
    limit: int = 60,
    before: str | None = None,
    team_id: int | None = None,
    narrowing: Narrowing | None = None,
) -> Page:
    """The rows of a place, from behind the row that `before` names. A `before` that cannot be read is the beginning.

    `team` shows the viewer's own teams, or one team with `team_id`; `promised_today`, `waiting`, `in_danger` and
    `solved` look at what the viewer owns and at these teams.
    """
    place = Place(place)
    look = look_of(viewer, at, place, [team_id] if team_id is not None else None)
    field = _order_of(place)
    if narrowing is None and before is None:
        page: list[Any] = _beginning(place, limit + 1).all(**look.said())
    else:
        page = list(_behind(_told(looked_at(place, look, narrowing), look), field, before)[: limit + 1])
    further = len(page) > limit
    shown = page[:limit]
    return Page(tuple(_row(row) for row in shown), _cursor(shown[-1], field) if further and shown else None)


@cache
def _beginning(place: Place, most: int) -> Question[Any]:
    """How a place begins, which is what is mostly looked at."""
    return Question(
        lambda: _behind(_told(in_place(place, ASKED), ASKED), _order_of(place), None)[:most], planned_anew=True
    )


def _order_of(place: Place) -> str:
    return "next_touch_at" if place in BY_NEXT_TOUCH else "latest_at"


def next_in(
    *,
    viewer: Seer,
    place: Place | str,
    conversation: Conversation,
    at: datetime,
    narrowing: Narrowing | None = None,
) -> int | None:
    """The number of the concern that stands below this one in a place; None at its end."""
    place = Place(place)
    field = _order_of(place)
    if getattr(conversation, field) is None:
        return None
    rows = _behind(looked_at(place, look_of(viewer, at, place), narrowing), field, _cursor(conversation, field))
    number: int | None = rows.values_list("number", flat=True).first()
    return number


def listed(*, viewer: Seer, conversation_ids: Sequence[int]) -> list[Row]:
    """These concerns as rows, in this order; those of others are left out."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id, pk__in=conversation_ids)
    found = {row.pk: _row(row) for row in _told(rows, viewer)}
    return [found[pk] for pk in conversation_ids if pk in found]


def _open_escalations() -> QuerySet[Any]:
    return Escalation.objects.filter(conversation_id=OuterRef("pk"), taken_at=None)


def _told(rows: QuerySet[Any], viewer: Seer) -> QuerySet[Any]:
    readings = Reading.objects.filter(conversation_id=OuterRef("pk"), member_id=viewer.membership_id)
    told: QuerySet[Any] = rows.select_related("customer", "owner").annotate(
        read_at=Subquery(readings.values("read_at")[:1]),
        is_escalated=Exists(_open_escalations()),
        draft=Subquery(_mark_of_draft(viewer)),
        is_mentioned=Exists(mentions_of(viewer).filter(note__conversation_id=OuterRef("pk"))),
    )
    return told


def _mark_of_draft(viewer: Seer) -> QuerySet[Any]:
    """What was stopped matters more than what is being written, and that more than what waits to leave."""
    mark = Case(
        When(stopped_at__isnull=False, then=Value(DraftMark.STOPPED)),
        When(leaves_at=None, then=Value(DraftMark.WRITING)),
        default=Value(DraftMark.LEAVING),
    )
    own = drafts_of(viewer).filter(conversation_id=OuterRef("pk"))
    return own.order_by(F("leaves_at").asc(nulls_first=True)).values(mark=mark)[:1]


def rows_told(rows: QuerySet[Any], viewer: Seer, *, limit: int) -> tuple[Row, ...]:
    """The first of these conversations as a list shows them."""
    return tuple(_row(row) for row in _told(rows, viewer)[:limit])


def _behind(rows: QuerySet[Any], field: str, before: str | None) -> QuerySet[Any]:
    rising = field == "next_touch_at"
    order = (field, "pk") if rising else (f"-{field}", "-pk")
    start = _read_cursor(before)
    if start is None:
        return rows.order_by(*order)
    moment, pk = start
    further = "gt" if rising else "lt"
    behind = Q(**{f"{field}__{further}": moment}) | Q(**{field: moment, f"pk__{further}": pk})
    return rows.filter(behind).order_by(*order)


def _cursor(row: Conversation, field: str) -> str:
    return f"{getattr(row, field).isoformat()}_{row.pk}"


def _read_cursor(before: str | None) -> tuple[datetime, int] | None:
    try:
        moment, _, pk = (before or "").rpartition("_")
        read = datetime.fromisoformat(moment)
        return (read, int(pk)) if read.tzinfo else None
    except ValueError:
        return None


def _row(row: Any) -> Row:
    return Row(
        id=row.pk,
        number=row.number,
        spoken=spoken(row.number),
        customer_id=row.customer_id,
        customer_name=row.customer.name,
        subject=row.subject,
        preview=row.preview,
        latest_at=row.latest_at,
        latest_channel=row.latest_channel,
        latest_direction=row.latest_direction,
        is_unread=row.latest_direction == Direction.IN and (row.read_at is None or row.read_at < row.latest_at),
        status=row.status,
        next_touch_at=row.next_touch_at,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        priority=row.priority,
        tags=tuple(row.tags),
        quiet_reason=row.quiet_reason,
        is_escalated=row.status in LIVE and row.is_escalated,
        draft=row.draft or "",
        is_mentioned=row.is_mentioned,
    )
