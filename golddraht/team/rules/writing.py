"""How somebody likes to work: writing, and being called."""

from __future__ import annotations

from enum import StrEnum

LONGEST_UNDO = 120
"""Seconds. Whoever wants to think longer chooses a moment to send at."""

UNDO_CHOICES = (0, 5, 10, 15, 30, 60, LONGEST_UNDO)


class AfterAnswer(StrEnum):
    """Where somebody goes after they have answered."""

    STAY = "STAY"
    NEXT = "NEXT"  # The next concern of the list.
    BACK = "BACK"  # The list itself.


class WhenCalled(StrEnum):
    """When the page of whoever calls opens by itself."""

    RINGS = "RINGS"
    TALKS = "TALKS"  # As soon as the call is answered.
    TOLD = "TOLD"  # Never: the notice tells, and leads there.
