"""What a conversation can be, and the plain rules of silence."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE = 2
"""The nuisance budget of M7: a third automatic message in a row would pester."""

ESCALATED_WITHIN = timedelta(seconds=60)
"""M2: an overdue conversation without an escalation does not exist a minute later."""


class Status(StrEnum):
    OPEN = "OPEN"  # The next word is ours.
    WAITING = "WAITING"  # The next word is the customer's; we follow up at the next touch.
    PROPOSED = "PROPOSED"  # We think it is solved and have asked.
    SOLVED = "SOLVED"  # Confirmed by the customer, or presumed after asking twice.
    QUIET = "QUIET"  # Needs no answer: a newsletter, an invoice, a “Danke!”.
    MERGED = "MERGED"
    SPAM = "SPAM"


LIVE = frozenset({Status.OPEN, Status.WAITING, Status.PROPOSED})
"""The statuses in which an owner and a next touch are needed."""


class Channel(StrEnum):
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    VISIT = "VISIT"
    LETTER = "LETTER"


class Direction(StrEnum):
    IN = "IN"
    OUT = "OUT"


class Automatic(StrEnum):
    """Why the system itself wrote a message; empty for words from a person."""

    RECEIPT = "RECEIPT"
    INTERIM = "INTERIM"  # The next touch passed: who cares, and the new time.
    SOLVED_QUESTION = "SOLVED_QUESTION"  # Asked once more whether it is solved.
    DANGER = "DANGER"  # A promise in danger, with options. Outside the nuisance budget.
    CONFIRMATION = "CONFIRMATION"  # What the customer chose on a signed page. Their own act, outside the budget.
    HANDOVER = "HANDOVER"


OUTSIDE_THE_BUDGET = frozenset({Automatic.DANGER, Automatic.CONFIRMATION})


class Priority(StrEnum):
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    URGENT = "URGENT"


class LinkKind(StrEnum):
    FOLLOWS = "FOLLOWS"  # A later concern that answers a solved one after its watch period.
    RELATED = "RELATED"
    SPLIT = "SPLIT"


def is_recurrence(*, solved_at: datetime, written_at: datetime, watch_period: timedelta) -> bool:
    """A reply within the watch period reopens the concern; later it starts a linked new one (M1)."""
    return written_at <= solved_at + watch_period
