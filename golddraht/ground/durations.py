"""Moments as people say them: on the quarter of an hour, never earlier than meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

QUARTER_MINUTES = 15


def rounded_up(moment: datetime, minutes: int = QUARTER_MINUTES) -> datetime:
    """The next full step of the wall clock at or after `moment`, counted from its own midnight.

    `minutes` must divide the day, `moment` must be aware; its zone is kept.
    """
    if minutes < 1 or 1440 % minutes:
        raise ValueError(f"{minutes} minutes do not divide a day.")
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    since = moment.replace(fold=0) - midnight
    rest = -since % timedelta(minutes=minutes)
    return (moment.astimezone(UTC) + rest).astimezone(moment.tzinfo)
