"""The figures themselves: which counts each is made of, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from golddraht.improvement.rules.counting import Tally
from golddraht.promises.rules import Interval, wilson_interval


class Figure(StrEnum):
    """Names as they stand in addresses, in the CSV and in the API."""

    ARRIVED = "arrived"
    IN_TIME = "in_time"
    FIRST_ANSWER = "first_answer"
    BACKLOG = "backlog"
    CONFIRMED = "confirmed"
    PRESUMED = "presumed"
    RECURRED = "recurred"
    OBJECTED = "objected"
    KEPT = "kept"
    CONTENT = "content"


@dataclass(frozen=True)
class Share:
    """So many of so many, with the range in which the share lies (Wilson, 95 %)."""

    hits: int
    of: int
    interval: Interval

    @property
    def percent(self) -> float:
        return self.interval.share * 100


Counts = tuple[int, int]
SHARES: dict[Figure, Callable[[Tally], Counts]] = {
    Figure.IN_TIME: lambda tally: (tally.first_kept, tally.first_kept + tally.first_broken),
    Figure.CONFIRMED: lambda tally: (tally.confirmed, tally.ended),
    Figure.PRESUMED: lambda tally: (tally.presumed, tally.ended),
    Figure.RECURRED: lambda tally: (tally.recurred, tally.ended),
    Figure.OBJECTED: lambda tally: (tally.objected, tally.ended),
    Figure.KEPT: lambda tally: (tally.kept, tally.kept + tally.broken),
    Figure.CONTENT: lambda tally: (tally.content, tally.rated),
}
"""Hits, and what they are a part of. Confirmed and presumed are never added up (M1)."""

COUNTED: dict[Figure, Callable[[Tally], int]] = {
    Figure.ARRIVED: lambda tally: tally.arrived,
    Figure.BACKLOG: lambda tally: tally.open,
}
"""Plain numbers, which speak of what customers bring and not of anybody's work."""

WORK = frozenset({*SHARES, Figure.FIRST_ANSWER})
"""What speaks of people's work, and is shown for groups only."""


def share_of(figure: Figure, tally: Tally) -> Share | None:
    """None where there is nothing to take a share of."""
    hits, of = SHARES[figure](tally)
    interval = wilson_interval(hits, of)
    return Share(hits, of, interval) if interval else None


def difference_is_clear(one: Share | None, other: Share | None) -> bool:
    """Whether two shares differ by more than chance explains; careful: ranges that touch tell nothing."""
    if one is None or other is None:
        return False
    return one.interval.low > other.interval.high or one.interval.high < other.interval.low
