"""The one place that reads the clock. Doors and jobs ask it and pass the moment on as `at`."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
