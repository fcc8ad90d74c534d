"""When we could call back: stretches of the team's next opening hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from golddraht.ground.hours import Calendar, NeverOpens, round_the_clock

STRETCH = timedelta(hours=2)
SHORTEST = timedelta(minutes=45)
NOTICE = timedelta(minutes=30)
"""Nobody can be called sooner than this with certainty."""


@dataclass(frozen=True)
class Slot:
    starts_at: datetime
    ends_at: datetime

    @property
    def key(self) -> str:
        return self.starts_at.isoformat()


def next_slots(calendar: Calendar, *, at: datetime, count: int = 8) -> list[Slot]:
    """The next stretches of two hours in which somebody is there, on full hours; at any hour if nobody ever is."""
    try:
        return list(islice(_slots(calendar, at), count))
    except NeverOpens:
        return list(islice(_slots(round_the_clock(calendar.zone), at), count))


def _slots(calendar: Calendar, at: datetime) -> Iterator[Slot]:
    soonest = at + NOTICE
    for opens, closes in calendar.intervals_from(soonest):
        starts = opens
        while closes - starts >= SHORTEST:
            ends = min(starts + STRETCH, closes)
            if starts >= soonest or ends - soonest >= SHORTEST:
                yield Slot(starts, ends)
            starts = ends
