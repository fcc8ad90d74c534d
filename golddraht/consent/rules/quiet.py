"""The quiet hours of a person."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

Quiet = tuple[time, time]
"""When they begin and when they end; "20:00 to 9:00" goes past midnight."""


def quiet_until(quiet: Quiet | None, *, at: datetime, zone: str) -> datetime | None:
    """When the quiet ends that reigns `at`; None where none does. The end itself is no longer quiet."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    begins, ends = quiet
    here = at.astimezone(ZoneInfo(zone))
    now = here.time()
    if begins < ends:
        is_quiet, days = begins <= now < ends, 0
    else:
        is_quiet, days = now >= begins or now < ends, int(now >= begins)
    if not is_quiet:
        return None
    end = datetime.combine(here.date() + timedelta(days=days), ends, ZoneInfo(zone)).astimezone(at.tzinfo)
    # In the hour that summer time gives back the same clock time is there twice.
    return end if end > at else end + timedelta(hours=1)
