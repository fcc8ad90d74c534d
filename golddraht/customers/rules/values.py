"""The one form in which each attribute is kept, whatever form it was said in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

from golddraht.customers.rules.attributes import Attribute, Wish
from golddraht.customers.rules.evidence import declared
from golddraht.customers.rules.postal import read_postal
from golddraht.ground.text import one_line


class NotSuchValue(ValueError):
    """This cannot be what is said of a person: no date, no address, no form of address."""


def kept_form(attribute: Attribute, said: str, *, country: str = "DE") -> str:
    """The value as it is kept. Raises NotSuchValue. `country` is that of the company, for addresses that name none."""
    if attribute is Attribute.POSTAL:
        return _postal(said, country)
    value = FORMS[attribute](" ".join(said.split()))
    if not value:
        raise NotSuchValue(said)
    return value


def _postal(said: str, country: str) -> str:
    address = read_postal(said, country=country)
    if address is None or len(address.written()) > 300:
        raise NotSuchValue(said)
    return address.written()


def _mode(said: str) -> str:
    found = declared(said)
    return str(found.mode) if found else ""


def _wish(said: str) -> str:
    return said if said in set(Wish) else ""


def _language(said: str) -> str:
    return said.lower() if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?", said) and len(said) < 9 else ""


def read_day(said: str) -> date | None:
    """A day as "1980-05-17" or "17.5.1980"."""
    found = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", said)
    found = found or re.fullmatch(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", said)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def _born_on(said: str) -> str:
    day = read_day(said)
    return day.isoformat() if day and day.year >= 1890 else ""


HOURS = r"(?P<{0}>\d{{1,2}})(?:[:.](?P<{0}_past>\d\d))?(?:\s*Uhr)?"
QUIET = re.compile(HOURS.format("begin") + r"\s*(?:-|–|bis|to|until)\s*" + HOURS.format("end"), re.I)


def read_quiet_hours(said: str) -> tuple[time, time] | None:
    """ "22:00–7:00", "20 bis 8 Uhr"."""
    found = QUIET.fullmatch(said.strip())
    try:
        return (_clock(found, "begin"), _clock(found, "end")) if found else None
    except ValueError:
        return None


def _clock(found: re.Match[str], name: str) -> time:
    return time(int(found[name]) % 24 if found[name] == "24" else int(found[name]), int(found[f"{name}_past"] or 0))


def _quiet_hours(said: str) -> str:
    hours = read_quiet_hours(said)
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}" if hours and hours[0] != hours[1] else ""


FORMS: dict[Attribute, Callable[[str], str]] = {
    Attribute.NAME: lambda said: one_line(said, 200),
    Attribute.SALUTATION: _mode,
    Attribute.LANGUAGE: _language,
    Attribute.BORN_ON: _born_on,
    Attribute.NUMBER: lambda said: one_line(said, 60),
    Attribute.QUIET_HOURS: _quiet_hours,
    Attribute.WISH: _wish,
    Attribute.MATTERS: lambda said: one_line(said, 300),
    Attribute.NOTE: lambda said: one_line(said, 300),
}
