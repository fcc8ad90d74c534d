"""What happened within a day, one by one: what counting stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from golddraht.conversations.models import Conversation, Message, Solution
from golddraht.conversations.rules import LIVE, Channel, Direction, Status
from golddraht.ground.hours import Calendar
from golddraht.improvement.models import Satisfaction
from golddraht.improvement.rules.asking import is_content
from golddraht.improvement.rules.counting import Concern
from golddraht.promises.models import Promise
from golddraht.promises.rules import State
from golddraht.team.queries import calendar_of, default_team, teams

NO_CONCERN = frozenset({Status.MERGED, Status.SPAM, Status.QUIET})
"""What was joined to another one, is no concern, or needs no answer."""
WRITTEN = frozenset({Channel.EMAIL, Channel.LETTER})
"""Where the first answer of a person can be long in coming; on the phone and at the desk it is given at once."""
NO_CHANNEL = ""


@dataclass(frozen=True)
class Arrival:
    """A concern that came in, and how long it took until a person of ours answered."""

    concern: Concern
    answered_by: int | None = None
    working: timedelta | None = None
    clock: timedelta | None = None
    is_unanswered: bool = False


@dataclass(frozen=True)
class Word:
    """A promise that fell due."""

    concern: Concern
    kind: str
    state: str
    owner_id: int


@dataclass(frozen=True)
class Ending:
    """How a concern ended: a name of `Tally`."""

    concern: Concern
    how: str
    by_id: int


@dataclass(frozen=True)
class Opinion:
    """A customer who was asked how it was."""

    concern: Concern
    owner_id: int | None
    is_rated: bool
    is_content: bool


@dataclass(frozen=True)
class Living:
    """A concern that is open now."""

    concern: Concern
    since: datetime
    waits_for_us: bool


def channel_of(conversation_id: str) -> Subquery:
    """The channel on which a concern began."""
    return _first(_heard(conversation_id), "channel")


def _heard(conversation_id: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = Message.objects.filter(conversation_id=OuterRef(conversation_id), inquiry=None)
    return rows.order_by("received_at", "pk")


def _first(rows: QuerySet[Any], name: str) -> Subquery:
    return Subquery(rows.values(name)[:1])


def human_answers(conversation_id: str) -> QuerySet[Any]:
    """Words of a person of ours that did not get lost, the earliest first."""
    return _heard(conversation_id).filter(direction=Direction.OUT, automatic="", lost_at=None)


def arrivals(*, since: datetime, until: datetime) -> Iterator[Arrival]:
    rows = Conversation.objects.filter(created_at__gte=since, created_at__lt=until)
    answers = human_answers("pk")
    found = rows.exclude(status__in=NO_CONCERN).annotate(
        channel=channel_of("pk"),
        began=_first(_heard("pk"), "direction"),
        answered_at=_first(answers, "received_at"),
        answered_by=_first(answers, "author_id"),
    )
    calendars = {team.pk: calendar_of(team) for team in teams()}
    for row in found:
        yield _arrival(row, calendars[row.team_id])


def _arrival(row: Any, calendar: Calendar) -> Arrival:
    concern = Concern(row.team_id, row.channel or NO_CHANNEL, tuple(row.tags))
    if row.began != Direction.IN or row.channel not in WRITTEN:
        return Arrival(concern)
    if row.answered_at is None:
        return Arrival(concern, is_unanswered=row.status in LIVE)
    return Arrival(
        concern,
        answered_by=row.answered_by,
        working=calendar.between(row.created_at, row.answered_at),
        clock=max(row.answered_at - row.created_at, timedelta()),
    )


def words_due(*, since: datetime, until: datetime) -> Iterator[Word]:
    """What fell due and was kept, broken, or changed by agreement."""
    settled = [State.KEPT, State.BROKEN, State.CHANGED]
    rows = Promise.objects.filter(due_at__gte=since, due_at__lt=until, state__in=settled)
    found = rows.annotate(
        channel=channel_of("conversation_id"), team=F("conversation__team_id"), tags=F("conversation__tags")
    )
    for row in found.values("kind", "state", "owner_id", "channel", "team", "tags"):
        yield Word(_concern(row), row["kind"], row["state"], row["owner_id"])


def _concern(row: Any) -> Concern:
    """A promise without a concern belongs to the default team."""
    return Concern(row["team"] or default_team().pk, row["channel"] or NO_CHANNEL, tuple(row["tags"] or ()))


def endings(*, since: datetime, until: datetime) -> Iterator[Ending]:
    """Solutions by what became of them in the end, on the day on which it did."""
    rows = Solution.objects.filter(over_at__gte=since, over_at__lt=until)
    found = rows.annotate(
        channel=channel_of("conversation_id"), team=F("conversation__team_id"), tags=F("conversation__tags")
    )
    names = ("recurred_at", "objected_at", "confirmed_at", "presumed_at")
    for row in found.values("proposed_by_id", "channel", "team", "tags", *names):
        how = next(name for name in names if row[name] is not None).removesuffix("_at")
        yield Ending(_concern(row), how, row["proposed_by_id"])


def opinions(*, since: datetime, until: datetime) -> Iterator[Opinion]:
    """Of those who were asked on that day: who has answered since, and how."""
    rows = Satisfaction.objects.filter(asked_at__gte=since, asked_at__lt=until)
    found = rows.annotate(
        channel=channel_of("conversation_id"), team=F("conversation__team_id"), tags=F("conversation__tags")
    )
    for row in found.values("owner_id", "score", "channel", "team", "tags"):
        score = row["score"]
        yield Opinion(_concern(row), row["owner_id"], is_rated=score is not None, is_content=is_content(score))


def living() -> Iterator[Living]:
    rows = Conversation.objects.filter(status__in=sorted(LIVE)).annotate(channel=channel_of("pk"))
    for row in rows.values("team_id", "channel", "tags", "created_at", "status", "latest_direction"):
        concern = Concern(row["team_id"], row["channel"] or NO_CHANNEL, tuple(row["tags"]))
        waits = row["status"] == Status.OPEN and row["latest_direction"] == Direction.IN
        yield Living(concern, row["created_at"], waits)
