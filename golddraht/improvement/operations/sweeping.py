"""Which days are due to be counted: today again and again, lately once a day, and the past once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from golddraht.improvement.models import CountedDay
from golddraht.improvement.operations.counting import count_day
from golddraht.improvement.queries.days import bounds_of, first_day, today
from golddraht.team.queries import current_tenant

FRESH_FOR = timedelta(minutes=10)
LATELY = timedelta(days=35)
"""What may still change: late answers, words taken back, tags, and (where it is longer) what returns within the watch period."""


LONGEST = timedelta(days=3660)


@dataclass(frozen=True)
class Swept:
    counted: date | None

    @property
    def is_done(self) -> bool:
        return self.counted is None


def sweep(*, at: datetime) -> Swept:
    """Count one day that is due; it says which, and None when all are counted."""
    on = None if _is_moving_in() else _due(at)
    if on is not None:
        count_day(on=on, at=at)
    return Swept(on)


def _is_moving_in() -> bool:
    """A demo's past is still being told: it is counted when it is whole."""
    return bool(current_tenant().demo_left)


def _due(at: datetime) -> date | None:
    now = today(at)
    lately = now - max(LATELY, current_tenant().watch_period + timedelta(days=2))
    counted = dict(CountedDay.objects.filter(on__gte=lately).values_list("on", "counted_at"))
    if now not in counted or at - counted[now] >= FRESH_FOR:
        return now
    return _due_lately(counted, lately, now) or _due_before(lately, now - LONGEST)


def _due_lately(counted: dict[date, datetime], lately: date, now: date) -> date | None:
    """The latest day, from yesterday back, that was not counted since today began."""
    begins, _ = bounds_of(now)
    first = first_day()
    on = now - timedelta(days=1)
    while on >= lately and first is not None and on >= first:
        if on not in counted or counted[on] < begins:
            return on
        on -= timedelta(days=1)
    return None


def _due_before(lately: date, longest: date) -> date | None:
    """The day before the earliest that was ever counted, as far back as there is anything, and ten years at most."""
    earliest: date | None = CountedDay.objects.order_by("on").values_list("on", flat=True).first()
    on = min(earliest or lately, lately) - timedelta(days=1)
    first = first_day()
    return on if first is not None and on >= max(first, longest) else None
