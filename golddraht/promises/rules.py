"""What a promise can be, and when it is in danger or broken."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    FIRST_ANSWER = "FIRST_ANSWER"
    CALLBACK = "CALLBACK"
    DELIVERY = "DELIVERY"
    VISIT = "VISIT"
    OTHER = "OTHER"


class State(StrEnum):
    OPEN = "OPEN"
    KEPT = "KEPT"
    BROKEN = "BROKEN"
    CHANGED = "CHANGED"  # By agreement: the customer chose.


class OptionKind(StrEnum):
    KEEP = "KEEP"
    OTHER_DATE = "OTHER_DATE"
    COLLECT = "COLLECT"
    SEND_BACK = "SEND_BACK"
    CALL_ME = "CALL_ME"


GRACE = timedelta(minutes=1)
"""A promise to the minute is broken a minute after its time, not within it."""


def is_broken(*, due_at: datetime, at: datetime) -> bool:
    return at > due_at + GRACE


def remind_at(*, made_at: datetime, due_at: datetime) -> datetime:
    """When the owner is reminded: after three quarters of the time, at most two hours before."""
    return max(due_at - timedelta(hours=2), made_at + (due_at - made_at) * 3 / 4)
