"""A team's week as a picture and in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext

from golddraht.ground.hours import WeekSpan
from golddraht.team.rules import hours_as_text

HOUR = 18
LEFT = 34
ROW, BAR = 22, 14
TOP = 16
MARK = 15


@dataclass(frozen=True)
class Bar:
    x: float
    y: int
    width: float


@dataclass(frozen=True)
class Day:
    label: str
    name: str
    y: int
    text_y: int
    bars: tuple[Bar, ...]
    hours_text: str


@dataclass(frozen=True)
class Mark:
    """A moment of the week with a sign, such as a number that is explained beside the picture."""

    x: float
    y: int
    text_y: int
    sign: str


@dataclass(frozen=True)
class Week:
    """The picture: bars in a box of `width` by `height`, moments on them, and the bars in words."""

    days: tuple[Day, ...]
    marks: tuple[tuple[int, str], ...]
    width: int
    height: int
    words: str
    moments: tuple[Mark, ...] = ()


def week_shown(spans: Iterable[WeekSpan], moments: Sequence[Mark] = ()) -> Week:
    of_day = spans_by_day(spans)
    days = tuple(_day(weekday, of_day.get(weekday, [])) for weekday in range(7))
    words = "; ".join(f"{day.name} {day.hours_text}" for day in days)
    marks = tuple((LEFT + hour * HOUR, str(hour)) for hour in range(0, 25, 4))
    return Week(days, marks, LEFT + 24 * HOUR + 10, TOP + 7 * ROW, words, _beside_each_other(moments))


def mark_of(moment: datetime, sign: str) -> Mark:
    """Where a moment, in the zone of the week, stands in its picture."""
    y = TOP + moment.weekday() * ROW + ROW // 2
    return Mark(round(LEFT + _hours(moment.time()) * HOUR, 1), y, y + 4, sign)


def _beside_each_other(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Moments that are the same, or nearly, do not cover each other."""
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.y, one.x)):
        near = [one.x for one in placed if one.y == mark.y]
        x = max([mark.x, *(one + MARK for one in near)]) if near else mark.x
        placed.append(replace(mark, x=x))
    return tuple(placed)


def spans_by_day(spans: Iterable[WeekSpan]) -> dict[int, list[tuple[time, time]]]:
    found: dict[int, list[tuple[time, time]]] = {}
    for span in spans:
        found.setdefault(span.weekday, []).append((span.opens, span.closes))
    return found


def _day(weekday: int, spans: list[tuple[time, time]]) -> Day:
    y = TOP + weekday * ROW
    bars = tuple(_bar(opens, closes, y + (ROW - BAR) // 2) for opens, closes in spans)
    text = hours_as_text(spans) or gettext("closed")
    return Day(str(WEEKDAYS_ABBR[weekday]), str(WEEKDAYS[weekday]), y, y + 15, bars, text)


def _bar(opens: time, closes: time, y: int) -> Bar:
    begin = _hours(opens)
    end = _hours(closes) or 24.0
    return Bar(round(LEFT + begin * HOUR, 1), y, round((end - begin) * HOUR, 1))


def _hours(moment: time) -> float:
    return moment.hour + moment.minute / 60
