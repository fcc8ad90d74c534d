"""Quiet hours of a device, in its own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Quiet:
    """From a time of the day until another one, which may be that of the next day. Both alike means never."""

    starts: time
    ends: time
    zone: str

    def holds(self, at: datetime) -> bool:
        now = at.astimezone(ZoneInfo(self.zone)).time()
        if self.starts <= self.ends:
            return self.starts <= now < self.ends
        return now >= self.starts or now < self.ends


def may_tell_at(quiet: Quiet | None, at: datetime) -> datetime:
    """`at` itself, or the end of the quiet hours in which it lies."""
    if quiet is None or not quiet.holds(at):
        return at
    local = at.astimezone(ZoneInfo(quiet.zone))
    day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    ends_at = datetime.combine(day, quiet.ends, tzinfo=ZoneInfo(quiet.zone)).astimezone(UTC)
    # When clocks are put back, the hour that comes twice may still be quiet the second time.
    return ends_at if not quiet.holds(ends_at) else ends_at + timedelta(hours=1)
