"""What somebody can be told of."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    HANDED_OVER = "HANDED_OVER"
    CUSTOMER_WROTE = "CUSTOMER_WROTE"
    PROMISE_IN_DANGER = "PROMISE_IN_DANGER"
    MENTIONED = "MENTIONED"
    TRIAL = "TRIAL"  # Only when somebody tries a device out.


CHOICES = tuple(kind for kind in Kind if kind is not Kind.TRIAL)
