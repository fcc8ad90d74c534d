"""One list over all companies that a person serves.

Nothing looks across walls: each company is read for itself, under `seeing` it alone, as the member that the person is there.
What was read is then put into one order. So a list asks as often as there are companies, and never more for more rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.queries.listing import Row, rows_told
from golddraht.conversations.queries.places import IS_LIVE, Place, counts, in_place, look_of
from golddraht.plumbing.tenancy import seeing

PLACES = (Place.MINE, Place.TEAM, Place.PROMISED_TODAY, Place.IN_DANGER, Place.WAITING, Place.ALL)
"""Where something is still to be done; what rests is looked at in the company itself."""


class Order(StrEnum):
    """What stands first; the value is the word in the address."""

    NEXT_TOUCH = "next_touch"
    NEWEST = "newest"
    LONGEST_QUIET = "longest_quiet"

    @property
    def field(self) -> str:
        return "next_touch_at" if self is Order.NEXT_TOUCH else "latest_at"

    @property
    def is_falling(self) -> bool:
        return self is Order.NEWEST


@dataclass(frozen=True)
class OfTenant:
    """A row, and whose it is."""

    tenant_id: int
    row: Row


@dataclass(frozen=True)
class PageAcross:
    """Some rows of all companies in one order, and where the next page begins; None on the last one."""

    rows: tuple[OfTenant, ...]
    next_after: str | None


@dataclass(frozen=True)
class _Start:
    """The row behind which a page begins: equal moments are ordered by company, then by concern."""

    moment: datetime
    tenant_id: int
    pk: int


def inbox_across(
    *, viewers: Sequence[Seer], place: Place, order: Order, at: datetime, limit: int = 50, after: str = ""
) -> PageAcross:
    """The live concerns of a place in every company of these viewers, from behind the row that `after` names.

    An `after` that cannot be read is the beginning.
    """
    start = _read(after)
    found = [one for viewer in viewers for one in _of_one(viewer, place, order, at, limit + 1, start)]
    found.sort(key=lambda one: _key(one, order), reverse=order.is_falling)
    shown = found[:limit]
    return PageAcross(tuple(shown), _written(shown[-1], order) if len(found) > limit else None)


def counts_across(*, viewers: Sequence[Seer], at: datetime) -> dict[int, dict[Place, int]]:
    """How many concerns each of PLACES holds, by the id of the company; none is counted beyond `COUNTED_TO`."""
    return {viewer.tenant_id: _counts_of_one(viewer, at) for viewer in viewers}


def _counts_of_one(viewer: Seer, at: datetime) -> dict[Place, int]:
    with seeing(viewer.tenant_id, actor=viewer.membership_id, read_only=True):
        found = counts(viewer=viewer, at=at)
    return {place: found[place] for place in PLACES}


def _of_one(viewer: Seer, place: Place, order: Order, at: datetime, limit: int, start: _Start | None) -> list[OfTenant]:
    with seeing(viewer.tenant_id, actor=viewer.membership_id, read_only=True):
        rows = in_place(place, look_of(viewer, at, place)).filter(IS_LIVE, _behind(start, viewer.tenant_id, order))
        return [
            OfTenant(viewer.tenant_id, row) for row in rows_told(rows.order_by(*_sorted(order)), viewer, limit=limit)
        ]


def _sorted(order: Order) -> tuple[str, str]:
    sign = "-" if order.is_falling else ""
    return f"{sign}{order.field}", f"{sign}pk"


def _behind(start: _Start | None, tenant_id: int, order: Order) -> Q:
    if start is None:
        return Q()
    further = "lt" if order.is_falling else "gt"
    later = Q(**{f"{order.field}__{further}": start.moment})
    same = Q(**{order.field: start.moment})
    if tenant_id == start.tenant_id:
        return later | (same & Q(**{f"pk__{further}": start.pk}))
    stands_behind = (tenant_id < start.tenant_id) if order.is_falling else (tenant_id > start.tenant_id)
    return later | same if stands_behind else later


def _moment(row: Row, order: Order) -> datetime:
    moment = row.next_touch_at if order is Order.NEXT_TOUCH else row.latest_at
    assert moment is not None, "What lives has a next touch; the database keeps it so."
    return moment


def _key(one: OfTenant, order: Order) -> tuple[datetime, int, int]:
    return _moment(one.row, order), one.tenant_id, one.row.id


def _written(one: OfTenant, order: Order) -> str:
    moment, tenant_id, pk = _key(one, order)
    return f"{moment.isoformat()}_{tenant_id}_{pk}"


def _read(after: str) -> _Start | None:
    try:
        moment, tenant_id, pk = after.split("_")
        start = _Start(datetime.fromisoformat(moment), int(tenant_id), int(pk))
    except ValueError:
        return None
    is_readable = start.moment.tzinfo is not None and 0 <= start.pk < 2**63
    return start if is_readable else None
