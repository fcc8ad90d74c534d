"""What becomes of a thing that is looked at: it goes when its period is over and nothing holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from golddraht.ground.retention_law import Keeping, Period


class Outcome(StrEnum):
    """What a run did with it, or why it stayed."""

    ERASED = "erased"
    DUE = "due"
    """Its period is over; a trial only counts it."""
    LOCKED = "locked"
    """Part of what goes, and the law wants it kept longer: it was locked away."""
    OPEN = "open"
    PROMISED = "promised"
    HELD = "held"
    ASKED = "asked"
    """An erasure of the person is under way anyway."""
    INSIDE = "inside"
    """The law, or the company's own choice, keeps it longer."""


STAYS = (Outcome.INSIDE, Outcome.OPEN, Outcome.PROMISED, Outcome.HELD, Outcome.ASKED)
"""Why something that was looked at is still there."""

LATE = timedelta(days=2)
"""So long without a run that came through, and somebody is told."""
AT_NIGHT = range(2, 5)
"""Hours in which nobody minds that a machine reads old letters."""
LONGEST_APART = timedelta(hours=30)
"""Where a machine sleeps at night the run begins by day."""
PATIENCE = timedelta(days=30)
"""So long a company may look at what the first run would take before it is reminded."""


def is_time_for_a_run(here: datetime, latest: datetime | None) -> bool:
    """Whether the day's run begins: `here` is now on the clocks of the company, `latest` when the last one began."""
    return latest is None or here.hour in AT_NIGHT or here - latest > LONGEST_APART


@dataclass(frozen=True)
class Line:
    """A class with the law's line for it, and the company's own choice in months."""

    keeping: Keeping
    period: Period
    months: int | None = None

    def over_on(self, ended: date) -> date:
        return self.period.over_on(ended, months=self.months)

    def begins_before(self, on: date) -> date:
        """Nothing that ended on this day or later can be over; to narrow what is looked at."""
        months = self.period.months if self.months is None else self.months
        return on - timedelta(days=28 * months + (self.period.days if self.months is None else 0))


@dataclass(frozen=True)
class Looked:
    """What is known of the thing."""

    ended: date
    is_held: bool = False
    is_open: bool = False
    is_promised: bool = False
    is_asked: bool = False


def outcome_of(looked: Looked, line: Line, *, on: date) -> Outcome:
    """DUE when it may go; whatever holds it comes before how old it is."""
    if looked.is_held:
        return Outcome.HELD
    if looked.is_asked:
        return Outcome.ASKED
    if looked.is_open:
        return Outcome.OPEN
    if looked.is_promised:
        return Outcome.PROMISED
    return Outcome.DUE if line.over_on(looked.ended) <= on else Outcome.INSIDE


def may_choose(period: Period, months: int) -> bool:
    """Whether the law lets a company keep it so long, and no shorter."""
    return max(period.shortest, 1) <= months and (period.longest is None or months <= period.longest)
