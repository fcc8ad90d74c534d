"""What a push service's answer means, and when it is tried again (RFC 8030 §5, §7.3)."""

from __future__ import annotations

from datetime import timedelta

GONE = frozenset({404, 410})
"""The device does not want to hear anything any more."""

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 1800, 3600, 2 * 3600, 4 * 3600))
"""How long a device rests after so many failures in a row; the last pause repeats."""

GIVEN_UP_AFTER = timedelta(days=7)
"""A device that could not be told anything for so long is forgotten."""


def pause_after(failures: int) -> timedelta:
    """How long to rest after that many failures in a row, at least one."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


def is_success(status: int | None) -> bool:
    return status is not None and 200 <= status < 300
