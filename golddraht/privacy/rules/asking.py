"""Asking to be erased: who asks, and how far it is."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Asker(StrEnum):
    CUSTOMER = "CUSTOMER"
    COLLEAGUE = "COLLEAGUE"
    RETENTION = "RETENTION"
    """Nobody asked: their time was over."""
    LEDGER = "LEDGER"
    """They had been erased before, and a backup or an import brought them back."""


class Stage(StrEnum):
    ASKED = "ASKED"
    WORKING = "WORKING"
    DONE = "DONE"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


OPEN = frozenset({Stage.ASKED, Stage.WORKING})

NEAR = timedelta(days=8)
"""So long before the day of the law somebody has to look."""
MORE_MONTHS = 2
"""By so many the time can be extended once, with reasons told within the first (Article 12 (3) GDPR)."""


def is_near(due_on: date, *, on: date) -> bool:
    return due_on - on <= NEAR
