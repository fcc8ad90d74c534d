"""The lists of the workspace, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

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


class _Told(NamedTuple):
    """What is asked of one concern, under the names that the question gives it."""

    id: int
    number: int
    customer_id: int
    customer_name: str
    subject: str
    preview: str
    latest_at: datetime
    latest_channel: str
    latest_direction: str
    read_at: datetime | None
    status: str
    next_touch_at: datetime | None
    owner_id: int | None
    owner_name: str | None
    priority: str
    tags: list[str]
    quiet_reason: str
    is_escalated: bool
    draft: str | None
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
        page = _beginning(place, limit + 1).all(**look.said())
    else:
        page = list(_behind(_told(looked_at(place, look, narrowing), look), field, before)[: limit + 1])
    rows = tuple(map(_row, page))
    has_more = len(rows) > limit > 0
    return Page(rows[:limit], _cursor(rows[limit - 1], field) if has_more else None)


@cache
def _beginning(place: Place, most: int) -> Question[tuple[Any, ...]]:
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
    found = {row.id: row for row in map(_row, _told(rows, viewer))}
    return [found[pk] for pk in conversation_ids if pk in found]


def _open_escalations() -> QuerySet[Any]:
    return Escalation.objects.filter(conversation_id=OuterRef("pk"), taken_at=None)


def _told(rows: QuerySet[Any], viewer: Seer) -> QuerySet[Any, tuple[Any, ...]]:
    """What `_row` takes, as values: to make models of them takes longer than to find them."""
    readings = Reading.objects.filter(conversation_id=OuterRef("pk"), member_id=viewer.membership_id)
    told: QuerySet[Any, tuple[Any, ...]] = rows.annotate(
        customer_name=F("customer__name"),
        owner_name=F("owner__name"),
        read_at=Subquery(readings.values("read_at")[:1]),
        is_escalated=Exists(_open_escalations()),
        draft=Subquery(_mark_of_draft(viewer)),
        is_mentioned=Exists(mentions_of(viewer).filter(note__conversation_id=OuterRef("pk"))),
    ).values_list(*_Told._fields)
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
    return tuple(map(_row, _told(rows, viewer)[:limit]))


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


def _cursor(row: Conversation | Row, field: str) -> str:
    return f"{getattr(row, field).isoformat()}_{row.id}"


def _read_cursor(before: str | None) -> tuple[datetime, int] | None:
    try:
        moment, _, pk = (before or "").rpartition("_")
        read = datetime.fromisoformat(moment)
        return (read, int(pk)) if read.tzinfo else None
    except ValueError:
        return None


def _row(values: tuple[Any, ...]) -> Row:
    told = _Told._make(values)
    return Row(
        id=told.id,
        number=told.number,
        spoken=spoken(told.number),
        customer_id=told.customer_id,
        customer_name=told.customer_name,
        subject=told.subject,
        preview=told.preview,
        latest_at=told.latest_at,
        latest_channel=told.latest_channel,
        latest_direction=told.latest_direction,
        is_unread=told.latest_direction == Direction.IN and (told.read_at is None or told.read_at < told.latest_at),
        status=told.status,
        next_touch_at=told.next_touch_at,
        owner_id=told.owner_id,
        owner_name=told.owner_name or "",
        priority=told.priority,
        tags=tuple(told.tags),
        quiet_reason=told.quiet_reason,
        is_escalated=told.status in LIVE and told.is_escalated,
        draft=told.draft or "",
        is_mentioned=told.is_mentioned,
    )
