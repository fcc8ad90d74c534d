"""What the law gives customers by one declaration, and until when we have to act: a table with its sources, by country.

Days are counted from the day after the declaration arrived and end with the last of them (in Germany §§ 187, 188 BGB).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Act(StrEnum):
    """What a customer declares."""

    CANCEL = "CANCEL"  # The contract ends: § 312k BGB.
    WITHDRAW = "WITHDRAW"  # It is as if it had never been made: § 356a BGB, in Austria § 11 FAGG.


@dataclass(frozen=True)
class Clock:
    """By when we have to have done what follows from it, and who says so."""

    days: int
    source: str


AT_ONCE = 1
"""“Without delay” as we hold ourselves to it: by the end of the next day."""

CLOCKS: dict[tuple[str, Act], Clock] = {
    ("DE", Act.CANCEL): Clock(AT_ONCE, "§ 312k (4) BGB"),
    ("DE", Act.WITHDRAW): Clock(14, "§ 357 (1) BGB"),
    ("AT", Act.CANCEL): Clock(AT_ONCE, ""),
    ("AT", Act.WITHDRAW): Clock(14, "§ 14 (1) FAGG"),
    ("CH", Act.CANCEL): Clock(AT_ONCE, ""),
}
"""Without an entry no law sets a time; then the concern has the promise of every concern."""


def due_after(act: Act, *, country: str, at: datetime, zone: str) -> datetime | None:
    """The last moment of the last day, on the clocks of `zone`; None where no law sets one."""
    clock = CLOCKS.get((country, act))
    if clock is None:
        return None
    last = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=clock.days)
    return datetime.combine(last, time(23, 59), ZoneInfo(zone))
