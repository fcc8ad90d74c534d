"""The times of a script: business days back from now, so that the demo is believable on any day at any hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from golddraht.ground.holidays import public_holidays

ZONE = ZoneInfo("Europe/Berlin")
WEEKDAY, SATURDAY = (time(8), time(18)), (time(9), time(14))


def moment(words: str, *, at: datetime, at_work: bool = False) -> datetime:
    """The moment that `words` name, seen from `at`.

    "-2 10:30" is half past ten two business days before the latest one that has come so far; "0 08:10" that latest
    day itself; "+1 10:00" the first business day after today; "-25min" that many minutes ago, "+90min" from now.
    With `at_work` those minutes are counted in opening hours, because colleagues do not answer at three in the morning.
    """
    local = at.astimezone(ZONE)
    if words.endswith("min"):
        away = timedelta(minutes=int(words.removesuffix("min")))
        return (_worked(local, away) if at_work else local + away).astimezone(at.tzinfo)
    days, clock = words.split()
    hour, minute = map(int, clock.split(":"))
    day = _ahead(local.date(), int(days)) if words.startswith("+") else _back(local, time(hour, minute), -int(days))
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(at.tzinfo)


def _worked(local: datetime, away: timedelta) -> datetime:
    """So much opening time before or after."""
    step = timedelta(days=1 if away > timedelta(0) else -1)
    day, left = local.date(), abs(away)
    while True:
        opens, closes = (datetime.combine(day, clock, ZONE) for clock in (SATURDAY if day.weekday() == 5 else WEEKDAY))
        begin, end = (max(opens, local), closes) if step > timedelta(0) else (opens, min(closes, local))
        if _is_open(day) and end - begin >= left:
            return begin + left if step > timedelta(0) else end - left
        left -= max(end - begin, timedelta(0)) if _is_open(day) else timedelta(0)
        day += step


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
    return _is_open(day) and day.weekday() < 5


def _is_open(day: date) -> bool:
    return day.weekday() < 6 and day not in public_holidays("DE", "BY")
