"""The rows in which something stands, a page at a time, seen through the walls."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from golddraht.conversations.queries.tags import meant_by
from golddraht.ground.text import folded, words
from golddraht.search.queries.people import Seer, spellings_meant
from golddraht.search.rules import Asked, Phrase, question
from golddraht.search.rules.kinds import Found, kind_named, kind_names
from golddraht.team.queries import members, teams

FIND = "SELECT id, kind, source_id, at, rank FROM golddraht_find(%s, %s, %s, %s, %s::real, %s, %s, %s)"
CUSTOMER = "customer"


class Order(StrEnum):
    """Which comes first; the value is the word in the address."""

    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True)
class Hit:
    """A place in the index: where a page goes on, and what is to be shown."""

    id: int
    kind: str
    source_id: int
    at: datetime
    rank: float


@dataclass(frozen=True)
class Results:
    """A page of what was found. `asked` is what it answers; `is_wide` when nothing was exactly so and near misses are shown."""

    found: tuple[Found, ...]
    asked: Asked
    next_before: str | None = None
    is_wide: bool = False


def results(
    *,
    viewer: Seer,
    asked: Asked,
    zone: ZoneInfo,
    order: Order = Order.NEWEST,
    limit: int = 30,
    before: str | None = None,
) -> Results:
    """The rows that fit, from behind the one that `before` names; `zone` is where days begin and end.

    When nothing fits, misspelled names are replaced by those that may have been meant, and parts of compounds will do.
    """
    if asked.is_empty:
        return Results((), asked)
    is_wide, start = _read_cursor(before)
    told = told_of(asked, viewer, zone)
    if not is_wide:
        hits = _hits(question(asked, viewer.tenant_id), told, viewer, order, limit + 1, start)
        if hits or start:
            return _page(viewer, asked, hits, order, limit, is_wide=False)
    wider = _widened(asked, viewer)
    hits = _hits(question(wider, viewer.tenant_id, widely=True), told, viewer, order, limit + 1, start)
    return _page(viewer, wider, hits, order, limit, is_wide=True)


def hits_of(asked: str, told: dict[str, Any], viewer: Seer, *, most: int) -> list[Hit]:
    """The newest rows that fit, however many of one concern."""
    return _hits(asked, told, viewer, Order.NEWEST, most, None)


def _hits(asked: str, told: dict[str, Any], viewer: Seer, order: Order, most: int, start: Hit | None) -> list[Hit]:
    place = [start.rank, start.at, start.id] if start else [None, None, None]
    with connection.cursor() as cursor:
        cursor.execute(FIND, [viewer.tenant_id, asked, json.dumps(told), order is Order.BEST, *place, most])
        return [Hit(*row) for row in cursor.fetchall()]


def _page(viewer: Seer, asked: Asked, hits: list[Hit], order: Order, limit: int, *, is_wide: bool) -> Results:
    page = hits[:limit]
    following = _cursor(page[-1], is_wide=is_wide) if len(hits) > limit else None
    return Results(tuple(_shown(viewer, page)), asked, following, is_wide and bool(page))


def _shown(viewer: Seer, hits: Iterable[Hit]) -> Iterable[Found]:
    """In the order of the hits; what has gone meanwhile is left out."""
    hits, wanted = list(hits), defaultdict(list)
    for hit in hits:
        wanted[hit.kind].append(hit.source_id)
    shown: dict[tuple[str, int], Found] = {}
    for name, ids in wanted.items():
        kind = kind_named(name)
        shown |= {(name, one.source_id): one for one in (kind.shown(viewer, ids) if kind else ())}
    return [shown[hit.kind, hit.source_id] for hit in hits if (hit.kind, hit.source_id) in shown]


def told_of(asked: Asked, viewer: Seer, zone: ZoneInfo) -> dict[str, Any]:
    """The filters that are no words. People have a list of their own unless they are asked for."""
    told: dict[str, Any] = {"kinds": list(asked.kinds) or [name for name in kind_names() if name != CUSTOMER]}
    if asked.statuses:
        told["statuses"] = list(asked.statuses)
    if asked.priorities:
        told["priorities"] = list(asked.priorities)
    for name in ("tags", "tags_excluded"):
        if values := getattr(asked, name):
            told[name] = [meant_by(one, tenant_id=viewer.tenant_id) for one in values]
    if asked.has_file is not None:
        told["has_file"] = asked.has_file
    told |= {name: _begin_of(day, zone) for name in ("since", "until") if (day := getattr(asked, name))}
    if asked.teams:
        told["teams"] = [one.pk for one in teams() if _is_called(one.name, asked.teams)]
    if asked.owners or asked.is_mine:
        called = [one.pk for one in members() if _is_called(one.name, asked.owners)]
        told["owners"] = [*called, *([viewer.membership_id] if asked.is_mine else [])]
    return told


def _is_called(name: str, wanted: Iterable[str]) -> bool:
    """Whether the name, or a word of it, begins like one of these."""
    starts = [folded(name), *words(name)]
    return any(start.startswith(one) for one in wanted for start in starts)


def _begin_of(day: date, zone: ZoneInfo) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=zone).isoformat()


def _widened(asked: Asked, viewer: Seer) -> Asked:
    """With the names that may have been meant by each word."""
    return replace(
        asked,
        phrases=tuple(_meant(one, viewer) for one in asked.phrases),
        senders=tuple(_meant(one, viewer) for one in asked.senders),
        recipients=tuple(_meant(one, viewer) for one in asked.recipients),
    )


def _meant(phrase: Phrase, viewer: Seer) -> Phrase:
    if phrase.is_excluded or phrase.is_quoted or len(phrase.words) != 1:
        return phrase
    return replace(phrase, meant=spellings_meant(viewer=viewer, word=phrase.words[0]))


def _cursor(hit: Hit, *, is_wide: bool) -> str:
    return f"{'w' if is_wide else 'e'}_{hit.rank!r}_{hit.at.isoformat()}_{hit.id}"


def is_cursor(before: str) -> bool:
    """Whether it is the `next_before` of some page."""
    return _read_cursor(before)[1] is not None


def _read_cursor(before: str | None) -> tuple[bool, Hit | None]:
    """Whether the page before was a wide one, and its last hit; what cannot be read is the beginning."""
    try:
        breadth, rank, at, id_ = (before or "").split("_")
        moment, number = datetime.fromisoformat(at), int(id_)
        is_known = breadth in ("w", "e") and moment.tzinfo is not None and 0 < number < 2**63
        return (breadth == "w", Hit(number, "", 0, moment, float(rank))) if is_known else (False, None)
    except ValueError:
        return False, None
