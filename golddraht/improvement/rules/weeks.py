"""Like contacts by week, before and after a fix, and where their bars stand in a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 320, 96
GAP = 3


@dataclass(frozen=True)
class Week:
    """The contacts of a week that begins on a Monday."""

    begins_on: date
    count: int
    is_after: bool


@dataclass(frozen=True)
class Bar:
    """A week in the picture."""

    x: str
    y: str
    width: str
    height: str
    is_after: bool


@dataclass(frozen=True)
class Picture:
    bars: tuple[Bar, ...]
    # Where the fix stands; "" while there is none.
    fixed_x: str
    most: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_around(days: Iterable[date], *, first_on: date, today: date, fixed_on: date | None) -> list[Week]:
    """A week for each between the first and this one, empty ones too. The week of the fix still counts as before."""
    counts: dict[date, int] = {}
    for day in days:
        counts[monday_of(day)] = counts.get(monday_of(day), 0) + 1
    begin, weeks = monday_of(first_on), []
    while begin <= monday_of(today):
        is_after = fixed_on is not None and begin > monday_of(fixed_on)
        weeks.append(Week(begin, counts.get(begin, 0), is_after))
        begin += timedelta(days=7)
    return weeks


def picture_of(weeks: list[Week]) -> Picture:
    """Bars side by side, the highest as high as the picture."""
    most = max((week.count for week in weeks), default=0)
    step = WIDTH / max(len(weeks), 1)
    bars = tuple(_bar(week, place * step, step, most) for place, week in enumerate(weeks))
    after = next((place for place, week in enumerate(weeks) if week.is_after), None)
    return Picture(bars, f"{after * step:.1f}" if after is not None else "", most)


def _bar(week: Week, x: float, step: float, most: int) -> Bar:
    height = (HEIGHT - 2) * week.count / most if most else 0
    return Bar(
        f"{x + GAP / 2:.1f}", f"{HEIGHT - height:.1f}", f"{max(step - GAP, 1):.1f}", f"{height:.1f}", week.is_after
    )
