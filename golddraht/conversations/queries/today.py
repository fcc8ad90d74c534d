"""The day of one person: what waits for their next touch, what happened since they were last here, how the teams stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from golddraht.conversations.models import Conversation, Draft, Mention, Message, Milestone, Note, Reading
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.queries.listing import Row, rows_told
from golddraht.conversations.queries.places import IS_LIVE, begin_of_day
from golddraht.conversations.queries.thread import Happened
from golddraht.conversations.rules import LIVE, Direction, Happening, Status
from golddraht.ground.numbers import spoken
from golddraht.ground.text import one_line

MOST = 100
LOST_FOR = timedelta(days=14)
AT_LEAST, AT_MOST = timedelta(hours=12), timedelta(days=4)
TOLD = (
    Happening.HANDED_OVER,
    Happening.CONFIRMED,
    Happening.CONFIRMED_LATE,
    Happening.OBJECTED,
    Happening.RECURRED,
    Happening.ESCALATED,
    Happening.NOT_DELIVERED,
    Happening.INQUIRY_ANSWERED,
)
"""What somebody wants to know in the morning."""


@dataclass(frozen=True)
class News:
    """One thing that happened in a concern of the viewer while they were away."""

    number: int
    spoken: str
    customer_name: str
    subject: str
    happened: Happened


@dataclass(frozen=True)
class Asks:
    """A note that names the viewer and that they have not read."""

    number: int
    note_id: int
    customer_name: str
    subject: str
    author_name: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Unsent:
    """An answer of the viewer that did not leave (`stopped_why`) or never arrived (empty)."""

    number: int
    customer_name: str
    subject: str
    stopped_why: str
    at: datetime


@dataclass(frozen=True)
class TeamLoad:
    """How much a team has before it, whoever cares for it."""

    team_id: int
    name: str
    live: int
    waiting: int
    due: int
    late: int


@dataclass(frozen=True)
class Day:
    """`touches` are due by the end of the day, the earliest first; `following` is the first one after it."""

    ends_at: datetime
    touches: tuple[Row, ...]
    following: Row | None
    news_since: datetime
    news: tuple[News, ...]


def day_of(*, viewer: Seer, at: datetime) -> Day:
    """What this person has before them today, and what is new to them."""
    ends_at = begin_of_day(at) + timedelta(days=1)
    mine = Conversation.objects.filter(IS_LIVE, tenant_id=viewer.tenant_id, owner_id=viewer.membership_id)
    ordered = mine.order_by("next_touch_at", "pk")
    following = rows_told(ordered.filter(next_touch_at__gte=ends_at), viewer, limit=1)
    since = _was_here(viewer, at)
    return Day(
        ends_at=ends_at,
        touches=rows_told(ordered.filter(next_touch_at__lt=ends_at), viewer, limit=MOST),
        following=following[0] if following else None,
        news_since=since,
        news=_news(viewer, since),
    )


def _was_here(viewer: Seer, at: datetime) -> datetime:
    """When they last read something before today; at least half a day, at most four days ago."""
    read = Reading.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)
    latest: datetime | None = read.filter(read_at__lt=begin_of_day(at)).aggregate(latest=Max("read_at"))["latest"]
    return max(at - AT_MOST, min(latest or at - AT_MOST, at - AT_LEAST))


def _news(viewer: Seer, since: datetime) -> tuple[News, ...]:
    mine = Conversation.objects.filter(tenant_id=viewer.tenant_id, owner_id=viewer.membership_id)
    # Two narrow looks instead of one wide one: each has its index.
    ids = [
        *mine.filter(IS_LIVE).values_list("pk", flat=True),
        *mine.filter(status=Status.SOLVED, solved_at__gte=since).values_list("pk", flat=True),
    ]
    rows = Milestone.objects.filter(
        tenant_id=viewer.tenant_id, conversation_id__in=ids, at__gte=since, kind__in=TOLD
    ).exclude(by_id=viewer.membership_id)
    found = rows.select_related("conversation__customer", "by").order_by("-at", "-pk")[:MOST]
    return tuple(_new(row) for row in found)


def _new(row: Milestone) -> News:
    conversation = row.conversation
    happened = Happened(row.pk, row.at, row.kind, row.by_id, row.by.name if row.by else "", row.words)
    return News(
        conversation.number, spoken(conversation.number), conversation.customer.name, conversation.subject, happened
    )


def asks_of(*, viewer: Seer) -> list[Asks]:
    """What colleagues want to be read by the viewer, the longest waiting first."""
    rows = Mention.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id, read_at=None)
    found = rows.select_related("note__author", "note__conversation__customer").order_by("at", "pk")[:MOST]
    return [_asks(row.note) for row in found]


def _asks(note: Note) -> Asks:
    conversation = note.conversation
    return Asks(
        number=conversation.number,
        note_id=note.pk,
        customer_name=conversation.customer.name,
        subject=conversation.subject,
        author_name=note.author.name,
        text=one_line(note.text, 200),
        at=note.at,
    )


def unsent_of(*, viewer: Seer, at: datetime) -> list[Unsent]:
    """Answers of the viewer that were stopped, and those of the last days that never arrived and to which none followed."""
    mine = {"tenant_id": viewer.tenant_id, "member_id": viewer.membership_id}
    drafts = Draft.objects.filter(**mine).exclude(stopped_at=None).select_related("conversation__customer")
    stopped = [_unsent(one.conversation, one.stopped_why, one.stopped_at or at) for one in drafts[:MOST]]
    lost = Message.objects.filter(
        tenant_id=viewer.tenant_id,
        author_id=viewer.membership_id,
        lost_at__gte=at - LOST_FOR,
        automatic="",
        conversation__status__in=sorted(LIVE),
    )
    later = Message.objects.filter(
        conversation_id=OuterRef("conversation_id"), direction=Direction.OUT, automatic="", pk__gt=OuterRef("pk")
    )
    gone = lost.exclude(Exists(later.filter(lost_at=None))).select_related("conversation__customer")[:MOST]
    found = [*stopped, *(_unsent(one.conversation, "", one.lost_at or at) for one in gone)]
    return sorted(found, key=lambda one: one.at)


def _unsent(conversation: Conversation, why: str, at: datetime) -> Unsent:
    return Unsent(conversation.number, conversation.customer.name, conversation.subject, why, at)


def team_loads(*, viewer: Seer, at: datetime) -> list[TeamLoad]:
    """Every team with something before it, in the order of the alphabet: no person is named or ranked."""
    ends_at = begin_of_day(at) + timedelta(days=1)
    rows: Any = Conversation.objects.filter(IS_LIVE, tenant_id=viewer.tenant_id).order_by("team__name")
    counted = rows.values("team_id", "team__name").annotate(
        live=Count("pk"),
        waiting=Count("pk", filter=Q(status=Status.OPEN, latest_direction=Direction.IN)),
        due=Count("pk", filter=Q(next_touch_at__lt=ends_at)),
        late=Count("pk", filter=Q(next_touch_at__lte=at)),
    )
    return [
        TeamLoad(row["team_id"], row["team__name"], row["live"], row["waiting"], row["due"], row["late"])
        for row in counted
    ]
