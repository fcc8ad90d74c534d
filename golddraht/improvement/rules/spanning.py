"""Spans of days: a day, a week, a month or one's own, the one before, and the steps of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
LONGEST = 366
BY_DAY_UP_TO = 31
BY_WEEK_UP_TO = 183


class Pace(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    OWN = "own"


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both included."""

    pace: Pace
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Span:
        """The span just before: the month before a month, else as many days."""
        last = self.first - DAY
        return (
            span_of(self.pace, on=last)
            if self.pace is not Pace.OWN
            else Span(Pace.OWN, last - DAY * (self.days - 1), last)
        )

    def after(self) -> Span:
        first = self.last + DAY
        return (
            span_of(self.pace, on=first)
            if self.pace is not Pace.OWN
            else Span(Pace.OWN, first, first + DAY * (self.days - 1))
        )


def span_of(pace: Pace, *, on: date, last: date | None = None) -> Span:
    """The day, week (from Monday) or month that `on` lies in; from `on` to `last` for one's own, at most 366 days."""
    if pace is Pace.WEEK:
        first = on - DAY * on.weekday()
        return Span(pace, first, first + 6 * DAY)
    if pace is Pace.MONTH:
        first = on.replace(day=1)
        return Span(pace, first, (first + 31 * DAY).replace(day=1) - DAY)
    if pace is Pace.DAY:
        return Span(pace, on, on)
    last = max(on, last or on)
    return Span(pace, on, min(last, on + DAY * (LONGEST - 1)))


def steps_of(span: Span) -> list[Span]:
    """The parts that a picture of it is drawn in: days, weeks or months, the outer ones cut off where the span ends."""
    pace = Pace.DAY if span.days <= BY_DAY_UP_TO else Pace.WEEK if span.days <= BY_WEEK_UP_TO else Pace.MONTH
    steps, on = [], span.first
    while on <= span.last:
        whole = span_of(pace, on=on)
        steps.append(Span(pace, on, min(whole.last, span.last)))
        on = whole.last + DAY
    return steps
