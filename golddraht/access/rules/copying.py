"""How long a copy is kept, and how often it may be asked for."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class CopyState(StrEnum):
    """How far a copy is."""

    WAITING = "WAITING"
    MAKING = "MAKING"
    READY = "READY"
    FAILED = "FAILED"
    GONE = "GONE"  # It was deleted when its days were over.


KEPT_FOR = timedelta(days=7)
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
FORGOTTEN_AFTER = timedelta(days=400)
"""That there was one is remembered for a year and some weeks: it may have to be shown that a request was answered."""
