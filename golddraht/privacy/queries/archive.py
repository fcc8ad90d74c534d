"""What is locked away: listed without its content, and opened by whoever has the right and has said what for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min

from golddraht.conversations.rules import Channel
from golddraht.ground.addresses import folded_address
from golddraht.plumbing.ledger import mark_of
from golddraht.plumbing.secrets import opened_bytes
from golddraht.privacy.models import ArchiveOpening, ArchiveRight, Locked
from golddraht.privacy.queries.persons import company
from golddraht.team.queries import Viewer

PURPOSE = "privacy.locked"
SHOWN_FOR = timedelta(minutes=30)
"""So long one opening shows what it opened; afterwards a reason is asked for again."""


class NoSuchLocked(LookupError):
    """There is none, or it is not for this viewer: the same answer for both."""


@dataclass(frozen=True)
class LockedLine:
    """What can be said of it without opening it."""

    id: int
    kind: str
    keeping: str
    law: str
    happened_on: date
    over_on: date
    number: int | None
    size: int


@dataclass(frozen=True)
class LockedGroup:
    """How much of a class is locked away, and when the first and the last of it goes."""

    keeping: str
    law: str
    count: int
    first_over_on: date
    last_over_on: date


@dataclass(frozen=True)
class RightHeld:
    member_id: int
    name: str
    given_at: datetime
    given_by: str


@dataclass(frozen=True)
class Opening:
    """Who opened what, when and what for."""

    id: int
    locked_id: int
    keeping: str
    name: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Opened:
    """One of them with what is in it."""

    line: LockedLine
    told: dict[str, Any]
    why: str


def may_open_archive(viewer: Viewer) -> bool:
    """Whether somebody gave them the right; no role has it by itself."""
    return ArchiveRight.objects.filter(member_id=viewer.membership_id, ended_at=None).exists()


def archive_rights() -> list[RightHeld]:
    """Who may open the archive today."""
    rows = ArchiveRight.objects.filter(ended_at=None, member__active=True).order_by("given_at", "pk")
    rows = rows.select_related("member", "given_by")
    return [
        RightHeld(row.member_id, row.member.name, row.given_at, row.given_by.name if row.given_by else "")
        for row in rows
    ]


def locked_groups(*, viewer: Viewer) -> list[LockedGroup]:
    """By class and law; nothing for whoever has not the right."""
    if not may_open_archive(viewer):
        return []
    rows = Locked.objects.values("keeping", "law").annotate(
        count=Count("pk"), first=Min("over_on"), last=Max("over_on")
    )
    return [
        LockedGroup(row["keeping"], row["law"], row["count"], row["first"], row["last"])
        for row in rows.order_by("keeping", "law")
    ]


def locked_lines(*, viewer: Viewer, address: str = "", year: int | None = None, limit: int = 200) -> list[LockedLine]:
    """What goes first stands first; nothing for whoever has not the right. `address` finds what concerned it, by its keyed hash."""
    if not may_open_archive(viewer):
        return []
    rows = Locked.objects.order_by("over_on", "-happened_on", "pk").defer("content")
    if address:
        rows = rows.filter(marks__overlap=[mark_of(company(), kind, value) for kind, value in _as_kept(address)])
    if year is not None:
        rows = rows.filter(happened_on__year=year)
    return [_line(row) for row in rows[:limit]]


def _as_kept(address: str) -> list[tuple[str, str]]:
    typed = address.strip()
    values = {typed, typed.casefold(), folded_address(typed)}
    return [(kind, value) for kind in (*Channel, "number") for value in values if value]


def locked_opened(*, viewer: Viewer, opening_id: int, at: datetime) -> Opened:
    """What the viewer opened a moment ago. Raises NoSuchLocked when it was somebody else, too long ago, or has gone; UnreadableSecret."""
    opening = ArchiveOpening.objects.filter(
        pk=opening_id, member_id=viewer.membership_id, at__gt=at - SHOWN_FOR, at__lte=at
    ).first()
    row = Locked.objects.filter(pk=opening.locked_id).first() if opening and may_open_archive(viewer) else None
    if opening is None or row is None:
        raise NoSuchLocked(opening_id)
    return Opened(_line(row), json.loads(opened_bytes(bytes(row.content), purpose=PURPOSE)), opening.why)


def openings(*, limit: int = 50) -> list[Opening]:
    """The latest first."""
    rows = ArchiveOpening.objects.select_related("member").order_by("-at", "-pk")[:limit]
    return [Opening(row.pk, row.locked_id, row.keeping, row.member.name, row.why, row.at) for row in rows]


def _line(row: Locked) -> LockedLine:
    return LockedLine(row.pk, row.kind, row.keeping, row.law, row.happened_on, row.over_on, row.number, row.size)


def locked_ids() -> list[int]:
    """All of it in the company being seen, the oldest first; for the operator at the machine."""
    return list(Locked.objects.order_by("happened_on", "pk").values_list("pk", flat=True))


def opened(ids: list[int]) -> Iterator[dict[str, Any]]:
    """Each with what is in it; a mail and files as base64. Raises UnreadableSecret under another key."""
    for row in Locked.objects.filter(pk__in=ids).order_by("happened_on", "pk").iterator(chunk_size=20):
        told = json.loads(opened_bytes(bytes(row.content), purpose=PURPOSE))
        yield told | {"id": row.pk, "kind": row.kind, "over_on": row.over_on.isoformat()}
