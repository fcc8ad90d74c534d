"""What a monthly statement says, and which month is due."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from golddraht.improvement.rules.counting import Tally
from golddraht.improvement.rules.lasting import quantile
from golddraht.improvement.rules.spanning import Pace, Span, span_of

DEFINITIONS = 1
"""What the figures of a statement mean. One more as soon as one of them is counted otherwise, so that old ones say so."""

AT_MOST = 12
"""So many months back a statement is made, for a company that has just moved in."""

WORK_COUNTS = ("first_kept", "first_broken", "kept", "broken", "confirmed", "presumed", "recurred", "objected")


class Axis(StrEnum):
    """By what a line is a part of the month."""

    WHOLE = "WHOLE"
    DAY = "DAY"
    CHANNEL = "CHANNEL"
    TEAM = "TEAM"


def month_of(on: date) -> Span:
    return span_of(Pace.MONTH, on=on)


def months_over(*, first: date, today: date) -> list[Span]:
    """The months from that of the first concern that are over, the latest first; a year at most."""
    found: list[Span] = []
    month = month_of(today).before()
    while month.last >= first and len(found) < AT_MOST:
        found.append(month)
        month = month.before()
    return found


def days_of(month: Span) -> list[date]:
    return [month.first + timedelta(days=number) for number in range(month.days)]


def columns_of(tally: Tally, *, shows_work: bool) -> dict[str, Any]:
    """The counts of a line; those that speak of people's work only where enough people stand behind them."""
    told: dict[str, Any] = {"arrived": tally.arrived, "open": tally.open, "shows_work": shows_work}
    if not shows_work:
        return told
    half = quantile(tally.working, 0.5)
    told["first_answer_minutes"] = None if half is None else round(half)
    return told | {name: getattr(tally, name) for name in WORK_COUNTS}
