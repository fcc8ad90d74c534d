"""The states of a delivery, and how long to wait before the next try."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    WAITING = "WAITING"
    SENDING = "SENDING"  # Committed before connecting.
    HANDING_OVER = "HANDING_OVER"  # Committed before the final dot; from here on a crash means UNKNOWN.
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"  # The one gap SMTP leaves (RFC 5321 §4.5.3.2.6, RFC 1047): shown, never resent by itself.
    HELD = "HELD"  # Not to be sent: paused, suppressed address, or the brake.


GIVE_UP_AFTER = 12


def pause_before(attempt: int) -> timedelta:
    """30 s, doubling with each try up to four hours; twelve tries reach over a day (RFC 5321 §4.5.4.1 asks for growing pauses)."""
    return min(timedelta(seconds=30 << min(max(attempt - 1, 0), 16)), timedelta(hours=4))
