"""When a customer may be asked how it was.

A question about satisfaction is advertising (BGH, 10 July 2018, VI ZR 225/17), also below an invoice: without consent, or all that
§ 7 (3) UWG asks for, it may not be sent. So it passes the gate as a survey, for each customer anew, and is off until somebody of
the company turns it on; it comes a day after a solution was confirmed and never with the question whether it is solved; rarely; and one click ends it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

ASKED_AFTER = timedelta(days=1)
"""What comes back at once was not solved."""
ASKED_UNTIL = timedelta(days=7)
"""Later nobody remembers."""
ANSWERED_WITHIN = timedelta(days=30)
FEWEST_REST_DAYS = 30
CONTENT_FROM = 4
LOW_UP_TO = 2
LONGEST_WORDS = 2000
SCORES = (5, 4, 3, 2, 1)
"""From very satisfied to not at all."""


class NotAsked(StrEnum):
    OPTED_OUT = "OPTED_OUT"
    NOT_ALLOWED = "NOT_ALLOWED"  # The gate refused it: no consent, and no purchase in which it was pointed out.
    LATELY = "LATELY"
    NOT_NOW = "NOT_NOW"  # Back again, or no address, or too many automatic messages.


def reason_not_to_ask(
    *, opted_out: bool, is_allowed: bool, last_asked_at: datetime | None, rest: timedelta, at: datetime
) -> NotAsked | None:
    """Why this customer is left alone; None when they may be asked."""
    if opted_out:
        return NotAsked.OPTED_OUT
    if not is_allowed:
        return NotAsked.NOT_ALLOWED
    return NotAsked.LATELY if last_asked_at is not None and at - last_asked_at < rest else None


def is_content(score: int | None) -> bool:
    return score is not None and score >= CONTENT_FROM


def is_low(score: int | None) -> bool:
    return score is not None and score <= LOW_UP_TO
