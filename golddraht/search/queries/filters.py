"""Saved filters: those in somebody's rail, those they could have, and the concerns in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, Q, QuerySet

from golddraht.conversations.queries import Narrowing, Place, counts_narrowed
from golddraht.plumbing.asking import Asked, Question
from golddraht.search.models import Pin, SavedFilter
from golddraht.search.queries.narrowing import narrowing_of
from golddraht.search.queries.people import Seer
from golddraht.search.rules.filters import Sharing
from golddraht.team.models import Seat, Team


class NoSuchFilter(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


@dataclass(frozen=True)
class FilterLine:
    """A saved filter as the viewer sees it. `may_change` is for its owner, `may_inherit` when its owner has left."""

    id: int
    name: str
    place: Place
    words: str
    owner_id: int
    owner_name: str
    audience: Sharing
    team_id: int | None
    team_name: str
    is_pinned: bool
    may_change: bool
    may_inherit: bool


@dataclass(frozen=True)
class _Anybody:
    """Stands for the viewer in a question that is asked for any."""

    tenant_id: Any
    membership_id: Any


_ANYBODY = _Anybody(Asked("tenant"), Asked("me"))


_PINNED: Question[Pin] = Question(
    lambda: (
        _pins(_ANYBODY)
        .filter(filter__in=_visible(_ANYBODY))
        .select_related("filter__owner", "filter__team")
        .order_by("position", "pk")
    )
)


def pinned_filters(*, viewer: Seer) -> list[FilterLine]:
    """Those in the viewer's rail, in their order."""
    rows = _PINNED.all(tenant=viewer.tenant_id, me=viewer.membership_id)
    return [_line(row.filter, viewer, is_pinned=True) for row in rows]


def offered_filters(*, viewer: Seer) -> list[FilterLine]:
    """Those that the viewer may have and does not, by name."""
    rows = _visible(viewer).exclude(pk__in=_pins(viewer).values("filter_id")).order_by("name", "pk")
    return [_line(row, viewer, is_pinned=False) for row in rows]


def removed_filters(*, viewer: Seer) -> list[FilterLine]:
    """The viewer's own that were removed, the latest first."""
    rows = _whole(viewer).filter(owner_id=viewer.membership_id).exclude(removed_at=None).order_by("-removed_at")
    return [_line(row, viewer, is_pinned=False) for row in rows[:20]]


def filter_for(*, viewer: Seer, filter_id: int) -> FilterLine:
    """Raises NoSuchFilter."""
    row = _visible(viewer).filter(pk=filter_id).first()
    if row is None:
        raise NoSuchFilter(filter_id)
    return _line(row, viewer, is_pinned=_pins(viewer).filter(filter_id=filter_id).exists())


def narrowing_by(one: FilterLine, *, viewer: Seer, zone: ZoneInfo, at: datetime) -> Narrowing | None:
    """What it leaves of its place, for this viewer and this day; None for all of it."""
    return narrowing_of(viewer=viewer, typed=one.words, zone=zone, at=at) if one.words else None


def counts_of_filters(*, viewer: Seer, filters: list[FilterLine], zone: ZoneInfo, at: datetime) -> dict[int, int]:
    """How many concerns each holds, by its id, none counted beyond a thousand."""
    wanted = {one.id: (one.place, narrowing_by(one, viewer=viewer, zone=zone, at=at)) for one in filters}
    return counts_narrowed(viewer=viewer, wanted=wanted, at=at) if wanted else {}


def _pins(viewer: Seer) -> QuerySet[Any]:
    return Pin.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)


def _whole(viewer: Seer) -> QuerySet[Any]:
    return SavedFilter.objects.filter(tenant_id=viewer.tenant_id).select_related("owner", "team")


def _visible(viewer: Seer) -> QuerySet[Any]:
    """Theirs, and what is shared with everybody or with a team of theirs; somebody without a seat has all teams."""
    seats = Seat.objects.filter(tenant_id=viewer.tenant_id, member_id=viewer.membership_id)
    led = Team.objects.filter(tenant_id=viewer.tenant_id, lead_id=viewer.membership_id)
    of_team = Q(team_id__in=seats.values("team_id")) | Q(team_id__in=led.values("pk")) | (~Exists(seats) & ~Exists(led))
    shared = Q(audience=Sharing.EVERYBODY) | (Q(audience=Sharing.TEAM) & of_team)
    return _whole(viewer).filter(Q(owner_id=viewer.membership_id) | shared, removed_at=None)


def _line(row: Any, viewer: Seer, *, is_pinned: bool) -> FilterLine:
    return FilterLine(
        id=row.pk,
        name=row.name,
        place=Place(row.place),
        words=row.words,
        owner_id=row.owner_id,
        owner_name=row.owner.name,
        audience=Sharing(row.audience),
        team_id=row.team_id,
        team_name=row.team.name if row.team else "",
        is_pinned=is_pinned,
        may_change=row.owner_id == viewer.membership_id,
        may_inherit=not row.owner.active,
    )
