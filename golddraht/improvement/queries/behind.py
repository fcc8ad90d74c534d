"""The concerns behind a figure, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from golddraht.conversations.models import Conversation, Solution
from golddraht.conversations.queries.listing import Row, listed
from golddraht.conversations.queries.tags import meant_by
from golddraht.conversations.rules import LIVE
from golddraht.improvement.models import Satisfaction
from golddraht.improvement.queries.days import bounds_of
from golddraht.improvement.queries.facts import NO_CONCERN, WRITTEN, channel_of
from golddraht.improvement.queries.figures import Cut
from golddraht.improvement.rules.asking import CONTENT_FROM
from golddraht.improvement.rules.figuring import Figure
from golddraht.improvement.rules.spanning import Span
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind, State
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class Behind:
    """Some concerns, the latest first, and where the next page begins; None on the last."""

    rows: list[Row]
    next_before: str | None


def concerns_behind(
    *, viewer: Viewer, figure: Figure, span: Span, cut: Cut, before: str = "", limit: int = 50
) -> Behind:
    """Of a share the concerns that fell short (not in time, not kept, came back), which is what one looks into; else all."""
    since, until = bounds_of(span.first, span.last)
    found = SOURCES[figure](viewer.tenant_id, since, until)
    page = list(_behind(_within(found, cut), before)[: limit + 1])
    ids = list(dict.fromkeys(row["concern"] for row in page[:limit]))
    further = page[limit - 1] if len(page) > limit else None
    return Behind(
        listed(viewer=viewer, conversation_ids=ids),
        f"{further['moment'].isoformat()}_{further['pk']}" if further else None,
    )


Source = Callable[[int, datetime, datetime], QuerySet[Any]]


def _arrived(tenant_id: int, since: datetime, until: datetime) -> QuerySet[Any]:
    rows = Conversation.objects.filter(tenant_id=tenant_id, created_at__gte=since, created_at__lt=until)
    found: QuerySet[Any] = rows.exclude(status__in=NO_CONCERN).annotate(
        moment=F("created_at"), concern=F("pk"), team_of=F("team_id"), tags_of=F("tags"), channel=channel_of("pk")
    )
    return found


def _not_answered(tenant_id: int, since: datetime, until: datetime) -> QuerySet[Any]:
    """Those whose first answer is still to come, or came after its time."""
    late = Promise.objects.filter(tenant_id=tenant_id, kind=Kind.FIRST_ANSWER, state=State.BROKEN)
    rows = _arrived(tenant_id, since, until).filter(channel__in=WRITTEN)
    return rows.filter(pk__in=late.filter(made_at__gte=since).values("conversation_id"))


def _open(tenant_id: int, since: datetime, until: datetime) -> QuerySet[Any]:
    rows = Conversation.objects.filter(tenant_id=tenant_id, status__in=sorted(LIVE))
    found: QuerySet[Any] = rows.annotate(
        moment=F("created_at"), concern=F("pk"), team_of=F("team_id"), tags_of=F("tags"), channel=channel_of("pk")
    )
    return found


def _broken(*kinds: Kind) -> Source:
    def source(tenant_id: int, since: datetime, until: datetime) -> QuerySet[Any]:
        rows = Promise.objects.filter(tenant_id=tenant_id, due_at__gte=since, due_at__lt=until, state=State.BROKEN)
        rows = rows.filter(conversation__isnull=False, **({"kind__in": kinds} if kinds else {}))
        return _of_conversation(rows, "due_at")

    return source


def _ended(condition: Q) -> Source:
    def source(tenant_id: int, since: datetime, until: datetime) -> QuerySet[Any]:
        rows = Solution.objects.filter(tenant_id=tenant_id, over_at__gte=since, over_at__lt=until)
        return _of_conversation(rows.filter(condition), "over_at")

    return source


def _of_conversation(rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(
        moment=F(moment),
        concern=F("conversation_id"),
        team_of=F("conversation__team_id"),
        tags_of=F("conversation__tags"),
        channel=channel_of("conversation_id"),
    )
    return found


def _not_content(tenant_id: int, since: datetime, until: datetime) -> QuerySet[Any]:
    rows = Satisfaction.objects.filter(tenant_id=tenant_id, asked_at__gte=since, asked_at__lt=until)
    return _of_conversation(rows.filter(score__lt=CONTENT_FROM), "asked_at")


HELD = Q(recurred_at=None, objected_at=None)
SOURCES: dict[Figure, Source] = {
    Figure.ARRIVED: _arrived,
    Figure.IN_TIME: _broken(Kind.FIRST_ANSWER),
    Figure.FIRST_ANSWER: _not_answered,
    Figure.BACKLOG: _open,
    Figure.CONFIRMED: _ended(HELD & Q(confirmed_at__isnull=False)),
    Figure.PRESUMED: _ended(HELD & Q(confirmed_at=None, presumed_at__isnull=False)),
    Figure.RECURRED: _ended(Q(recurred_at__isnull=False)),
    Figure.OBJECTED: _ended(Q(recurred_at=None, objected_at__isnull=False)),
    Figure.KEPT: _broken(),
    Figure.CONTENT: _not_content,
}


def _within(rows: QuerySet[Any], cut: Cut) -> QuerySet[Any]:
    if cut.team_id is not None:
        rows = rows.filter(team_of=cut.team_id)
    if cut.channel is not None:
        rows = rows.filter(channel=cut.channel)
    return rows.filter(tags_of__contains=[meant_by(cut.tag)]) if cut.tag else rows


def _behind(rows: QuerySet[Any], before: str) -> QuerySet[Any]:
    moment, _, pk = before.rpartition("_")
    try:
        start = datetime.fromisoformat(moment)
        rows = rows.filter(Q(moment__lt=start) | Q(moment=start, pk__lt=int(pk)))
    except ValueError:
        pass  # What cannot be read is the beginning.
    return rows.order_by("-moment", "-pk").values("pk", "moment", "concern")
