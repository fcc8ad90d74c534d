"""The words of the search field as a narrower look at a list of concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from golddraht.conversations.queries import Narrowing
from golddraht.search.models import Document
from golddraht.search.queries.finding import hits_of, told_of
from golddraht.search.queries.people import Seer
from golddraht.search.rules import Asked, asked, question

MOST_HITS = 2000
"""Of the newest texts in which the words stand; more concerns than in a list of a thousand nobody looks through."""


def narrowing_of(*, viewer: Seer, typed: str, zone: ZoneInfo, at: datetime) -> Narrowing:
    """What `typed` leaves of a list. Filters alone look at the concerns; with words they look at the texts, as the search does."""
    wanted = asked(typed, today=at.astimezone(zone).date())
    told = told_of(wanted, viewer, zone)
    found = Narrowing(
        statuses=wanted.statuses,
        priorities=wanted.priorities,
        tags=tuple(told.get("tags", ())),
        tags_excluded=tuple(told.get("tags_excluded", ())),
        team_ids=_ids(told.get("teams")),
        owner_ids=_ids(told.get("owners")),
    )
    if wanted.phrases or wanted.senders or wanted.recipients:
        return replace(found, ids=_concerns_with(wanted, told, viewer))
    return replace(
        found,
        since=_begin_of(wanted.since, zone),
        until=_begin_of(wanted.until, zone),
        has_file=wanted.has_file,
        has_note=wanted.kinds == ("note",),
    )


def _concerns_with(wanted: Asked, told: dict[str, Any], viewer: Seer) -> tuple[int, ...]:
    hits = hits_of(question(wanted, viewer.tenant_id), told, viewer, most=MOST_HITS)
    rows = Document.objects.filter(tenant_id=viewer.tenant_id, pk__in=[hit.id for hit in hits])
    ids = rows.exclude(conversation_id=None).order_by().values_list("conversation_id", flat=True)
    return tuple(sorted({id_ for id_ in ids if id_ is not None}))


def _ids(found: list[int] | None) -> tuple[int, ...] | None:
    return None if found is None else tuple(found)


def _begin_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=zone) if day else None
