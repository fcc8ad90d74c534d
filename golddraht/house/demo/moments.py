"""The times of a script: business days back from now, so that the demo is believable on any day at any hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


def moment(words: str, *, at: datetime) -> datetime:
    """The moment that `words` name, seen from `at`.

    "-2 10:30" is half past ten two business days before the latest one that has come so far; "0 08:10" that latest
    day itself; "+1 10:00" the first business day after today; "-25min" that many minutes ago, "+90min" from now.
    """
    if words.endswith("min"):
        return at + timedelta(minutes=int(words.removesuffix("min")))
    days, clock = words.split()
    hour, minute = map(int, clock.split(":"))
    local = at.astimezone(ZONE)
    day = _ahead(local.date(), int(days)) if words.startswith("+") else _back(local, time(hour, minute), -int(days))
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(at.tzinfo)


def _ahead(day: date, days: int) -> date:
    while days > 0:
        day += timedelta(days=1)
        days -= _is_business(day)
    return day


def _back(local: datetime, clock: time, days: int) -> date:
    """The latest business day whose `clock` has passed, and then `days` business days before it."""
    day = local.date() if clock <= local.time() else local.date() - timedelta(days=1)
    while not _is_business(day):
        day -= timedelta(days=1)
    while days > 0:
        day -= timedelta(days=1)
        days -= _is_business(day)
    return day


def _is_business(day: date) -> bool:
    return day.weekday() < 5
