"""Hours of a day as people write them: "8–12, 13–17:30"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from itertools import pairwise

MIDNIGHT = time(0)
CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?(?:\s*(?:uhr|h))?"
SPAN = re.compile(rf"{CLOCK}\s*(?:-|–|—|bis|to|until)\s*{CLOCK}", re.IGNORECASE)  # People write both dashes.
BETWEEN = re.compile(r"[\s,;/&+]|und|and", re.IGNORECASE)

Spans = tuple[tuple[time, time], ...]


class UnreadableHours(ValueError):
    """These are no hours: `reason` is FORM, TIME, ORDER or OVERLAP."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_hours(text: str) -> Spans:
    """The open spans of a day in their order; nothing for an empty text. 24:00 is the end of the day, given as 00:00.

    Raises UnreadableHours.
    """
    if BETWEEN.sub("", SPAN.sub("", text)):
        raise UnreadableHours("FORM")
    spans = sorted((_clock(one[0], one[1]), _clock(one[2], one[3])) for one in SPAN.findall(text))
    for opens, closes in spans:
        if _minutes(closes, at_end=True) <= _minutes(opens):
            raise UnreadableHours("ORDER")
    for (_, closes), (opens, _) in pairwise(spans):
        if _minutes(closes, at_end=True) > _minutes(opens):
            raise UnreadableHours("OVERLAP")
    return tuple(spans)


def hours_as_text(spans: Iterable[tuple[time, time]]) -> str:
    """The reverse: "08:00–12:00, 13:00–18:00"."""
    return ", ".join(f"{opens:%H:%M}–{'24:00' if closes == MIDNIGHT else f'{closes:%H:%M}'}" for opens, closes in spans)


def _clock(hour: str, minute: str) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (24, 0):
        return MIDNIGHT
    if hours > 23 or minutes > 59:
        raise UnreadableHours("TIME")
    return time(hours, minutes)


def _minutes(moment: time, *, at_end: bool = False) -> int:
    if at_end and moment == MIDNIGHT:
        return 24 * 60
    return moment.hour * 60 + moment.minute
