"""What a problem and a letter about it can be."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

GREETING = "{greeting}"
"""Becomes each customer's own first line."""
TAKEN_BACK_WITHIN = timedelta(seconds=60)
"""So long nothing leaves: whoever told everybody affected can still say stop."""


class ProblemState(StrEnum):
    OPEN = "OPEN"
    FIXED = "FIXED"


class LetterState(StrEnum):
    WAITING = "WAITING"
    SENT = "SENT"
    LEFT_OUT = "LEFT_OUT"  # Could not or should not be sent; `why` says why.
    STOPPED = "STOPPED"  # Taken back before it left.


class WhyNot(StrEnum):
    """Why somebody affected gets no letter."""

    NO_ADDRESS = "NO_ADDRESS"
    UNWANTED = "UNWANTED"
    NOT_LIVE = "NOT_LIVE"
    FAILED = "FAILED"
    SALUTATION = "SALUTATION"


def letter_for(text: str, greeting: str) -> str:
    """The letter to one customer; a text without a place for the greeting gets it on top."""
    if GREETING in text:
        return text.replace(GREETING, greeting)
    return f"{greeting}\n\n{text}"
