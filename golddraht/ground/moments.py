"""Days, times and money in the words of the reader: "morgen um 15:00 Uhr", "€4.90".

German as in Germany, any other language as British English. Times are wall-clock times of `zone`, a name such as
`Europe/Berlin` or a tzinfo. All functions raise ValueError for moments without a time zone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency

Zone = str | tzinfo

RELATIVE = {
    "de": {-1: "gestern", 0: "heute", 1: "morgen"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
LONG_DAY = {"de": "EEEE, d. MMMM", "en": "EEEE, d MMMM"}
SHORT_DAY = {"de": "EEEEEE, d. MMM", "en": "EEE, d MMM"}
AT = {"de": "um", "en": "at"}
# What follows a time of day.
HOURS = {"de": " Uhr", "en": ""}
FROM_TO = {"de": "von {starts} bis {ends}", "en": "from {starts} to {ends}"}
LAST_MINUTE = time(23, 59)
LOCALES = {"de": "de_DE", "en": "en_GB"}


def spoken_language(language: str) -> str:
    """ "de" for every kind of German, else "en"."""
    return "de" if language.lower().startswith("de") else "en"


def day_and_time(moment: datetime, zone: Zone, language: str, now: datetime) -> str:
    """ "heute um 15:00 Uhr", "Dienstag, 17. November, 10:00 Uhr"; the year only when it is not this one."""
    tongue = spoken_language(language)
    joint = f" {AT[tongue]} " if _relative(moment, zone, tongue, now) else ", "
    return day(moment, zone, language, now) + joint + clock_time(moment, zone, language)


def day(moment: datetime, zone: Zone, language: str, now: datetime) -> str:
    """ "heute", "morgen", "Dienstag, 17. November"."""
    tongue = spoken_language(language)
    return _relative(moment, zone, tongue, now) or _dated(moment, zone, tongue, now, LONG_DAY[tongue])


def full_day(day: date, language: str) -> str:
    """ "28. November 2026": never left to the reader's memory, for what is kept for years."""
    return format_date(day, "long", locale=LOCALES[spoken_language(language)])


def full_moment(moment: datetime, zone: Zone, language: str) -> str:
    """ "28. November 2026, 15:03 Uhr"."""
    return f"{full_day(local(moment, zone).date(), language)}, {clock_time(moment, zone, language)}"


def short_day(moment: datetime, zone: Zone, language: str, now: datetime) -> str:
    """ "heute", "Di., 17. Nov.": for lists and cards."""
    tongue = spoken_language(language)
    return _relative(moment, zone, tongue, now) or _dated(moment, zone, tongue, now, SHORT_DAY[tongue])


def short_day_and_time(moment: datetime, zone: Zone, language: str, now: datetime) -> str:
    """ "heute 15:00", "Di., 17. Nov., 10:00": for lists and cards."""
    joint = " " if _relative(moment, zone, spoken_language(language), now) else ", "
    return short_day(moment, zone, language, now) + joint + bare_time(moment, zone)


def clock_time(moment: datetime, zone: Zone, language: str) -> str:
    """ "15:00 Uhr" in German, "15:00" in English."""
    return bare_time(moment, zone) + HOURS[spoken_language(language)]


def bare_time(moment: datetime, zone: Zone) -> str:
    """ "15:00"."""
    return f"{local(moment, zone):%H:%M}"


def window(starts_at: datetime | None, ends_at: datetime, zone: Zone, language: str, now: datetime) -> str:
    """A span of time: "morgen, 12:00–14:00 Uhr"; over several days both ends in full; without a start only the end.

    The last minute of a day stands for the day.
    """
    if starts_at is None and local(ends_at, zone).time().replace(second=0, microsecond=0) == LAST_MINUTE:
        return day(ends_at, zone, language, now)
    if starts_at is None or starts_at == ends_at:
        return day_and_time(ends_at, zone, language, now)
    if local(starts_at, zone).date() == local(ends_at, zone).date():
        return f"{day(starts_at, zone, language, now)}, {hours(starts_at, ends_at, zone, language)}"
    starts, ends = (day_and_time(moment, zone, language, now) for moment in (starts_at, ends_at))
    return FROM_TO[spoken_language(language)].format(starts=starts, ends=ends)


def hours(starts_at: datetime, ends_at: datetime, zone: Zone, language: str) -> str:
    """ "12:00–14:00 Uhr"."""
    return f"{bare_time(starts_at, zone)}–{clock_time(ends_at, zone, language)}"


def money(cents: int, language: str, currency: str = "EUR") -> str:
    """ "1.234,50 €" in German, "€1,234.50" in English."""
    return format_currency(cents / 100, currency, locale=LOCALES[spoken_language(language)])


def local(moment: datetime, zone: Zone) -> datetime:
    """The moment on the clocks of `zone`."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def _relative(moment: datetime, zone: Zone, tongue: str, now: datetime) -> str:
    days = (local(moment, zone).date() - local(now, zone).date()) // timedelta(days=1)
    return RELATIVE[tongue].get(days, "")


def _dated(moment: datetime, zone: Zone, tongue: str, now: datetime, pattern: str) -> str:
    here = local(moment, zone).date()
    year = " y" if here.year != local(now, zone).year else ""
    return _written(here, pattern + year, tongue)


@lru_cache(2000)
def _written(day: date, pattern: str, tongue: str) -> str:
    """A list says the same few days again and again, and babel takes its time for each."""
    return format_date(day, pattern, locale=LOCALES[tongue])
