"""Invitations to a meeting (iCalendar, RFC 5545; iTIP, RFC 5546; in mail RFC 6047): read, and said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .charsets import plain
from .mail import Address, Invitation

MAX_BYTES = 200_000
MAX_LINES = 5_000
MAX_PARTS = 200
MAX_EVENTS = 20
MAX_WORDS = 5_000
METHODS = {"REQUEST", "CANCEL", "REPLY", "PUBLISH", "COUNTER", "DECLINECOUNTER", "ADD", "REFRESH"}
# Zones are taken by name. What a calendar says of a zone itself may be a rule for every second of a thousand years.
ZONE_BLOCK = re.compile(r"^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$\n?", re.MULTILINE | re.DOTALL | re.IGNORECASE)


def invitations(text: str, method: str | None = None) -> tuple[Invitation, ...] | None:
    """The meetings of a calendar; None where it cannot be read. `method` is what the mail's header says (RFC 6047 §2.4)."""
    if len(text) > MAX_BYTES or text.count("\n") > MAX_LINES or text.upper().count("BEGIN:") > MAX_PARTS:
        return None
    try:
        return tuple(_events(_from_first(ZONE_BLOCK.sub("", text)), method))[:MAX_EVENTS]
    except Exception:  # the library raises whatever its many parts raise; such a calendar stays an attachment
        return None


def _from_first(text: str) -> str:
    start = text.upper().find("BEGIN:VCALENDAR")
    return text[max(start, 0) :]


def _events(text: str, method: str | None) -> Iterator[Invitation]:
    from icalendar import Calendar  # here, for hardly any mail needs it and every start would pay

    calendar: Any = Calendar.from_ical(text)
    said = str(calendar.get("METHOD") or method or "PUBLISH").strip().upper()
    for part in calendar.walk("VEVENT"):
        yield _invitation(part, said if said in METHODS else "PUBLISH")


def _invitation(part: Any, method: str) -> Invitation:
    begins, zone = _moment(part, "DTSTART")
    return Invitation(
        method=method,
        summary=_words(part, "SUMMARY"),
        begins=begins,
        ends=_end(part, begins),
        zone=zone,
        place=_words(part, "LOCATION"),
        organiser=_person(part, "ORGANIZER"),
        answer=_answer(part) if method == "REPLY" else None,
        repeats="RRULE" in part or "RDATE" in part,
        uid=_words(part, "UID"),
        note=_words(part, "DESCRIPTION") or _words(part, "COMMENT"),
    )


def _words(part: Any, name: str) -> str | None:
    value = part.get(name)
    first = value[0] if isinstance(value, list) and value else value
    return plain(str(first or ""))[:MAX_WORDS].strip() or None


def _moment(part: Any, name: str) -> tuple[datetime | date | None, str | None]:
    value = part.get(name)
    found = getattr(value, "dt", None)
    if not isinstance(found, date):
        return None, None
    if not isinstance(found, datetime):
        return found, None
    named = str(value.params.get("TZID") or "").strip('"') if hasattr(value, "params") else ""
    return _in_zone(found, named)


def _in_zone(found: datetime, named: str) -> tuple[datetime, str | None]:
    if found.tzinfo is not None and found.utcoffset() is not None:
        return found, named or ("UTC" if found.utcoffset() == timedelta() else None)
    zone = _zone(named)
    return (found.replace(tzinfo=zone) if zone else found), (named[:80] or None)


def _zone(named: str) -> ZoneInfo | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    name = WINDOWS_TO_OLSON.get(named, named).rpartition("mozilla.org/")[2]
    try:
        return ZoneInfo(re.sub(r"^\d+_\d+/", "", name))
    except (ValueError, OSError, KeyError):  # no such zone, or a name that is none
        return None


def _end(part: Any, begins: datetime | date | None) -> datetime | date | None:
    ends, _ = _moment(part, "DTEND")
    if ends is not None or begins is None:
        return ends
    lasts = getattr(part.get("DURATION"), "dt", None)
    try:
        return begins + lasts if isinstance(lasts, timedelta) else None
    except OverflowError:
        return None


def _person(part: Any, name: str) -> Address | None:
    value = part.get(name)
    first = value[0] if isinstance(value, list) and value else value
    if first is None:
        return None
    address = re.sub(r"(?i)^mailto:", "", plain(str(first)).strip())[:320]
    called = plain(str(getattr(first, "params", {}).get("CN") or "")).strip('" ')[:200]
    return Address(called or None, address or None)


def _answer(part: Any) -> str | None:
    attendees = part.get("ATTENDEE")
    first = attendees[0] if isinstance(attendees, list) and attendees else attendees
    said = str(getattr(first, "params", {}).get("PARTSTAT") or "").lower()
    return said if said in {"accepted", "declined", "tentative", "delegated"} else None


# In words

OPENINGS = {
    "en": {
        "REQUEST": "Invitation",
        "CANCEL": "Cancelled",
        "REPLY": "Answer to an invitation",
        "PUBLISH": "Date",
        "COUNTER": "Another time is proposed",
        "DECLINECOUNTER": "The other time does not suit",
        "ADD": "A further date",
        "REFRESH": "Asks for the newest form of the date",
    },
    "de": {
        "REQUEST": "Einladung",
        "CANCEL": "Absage",
        "REPLY": "Antwort auf eine Einladung",
        "PUBLISH": "Termin",
        "COUNTER": "Gegenvorschlag",
        "DECLINECOUNTER": "Gegenvorschlag abgelehnt",
        "ADD": "Weiterer Termin",
        "REFRESH": "Bitte um den neuesten Stand des Termins",
    },
}
ANSWERS = {
    "en": {"accepted": "accepted", "declined": "declined", "tentative": "perhaps", "delegated": "delegated"},
    "de": {
        "accepted": "zugesagt",
        "declined": "abgesagt",
        "tentative": "unter Vorbehalt",
        "delegated": "weitergegeben",
    },
}
LABELS = {
    "en": {"when": "When", "where": "Where", "from": "From", "repeats": "repeated", "until": "to", "day": "all day"},
    "de": {"when": "Wann", "where": "Wo", "from": "Von", "repeats": "wiederholt", "until": "bis", "day": "ganztägig"},
}
DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
}


def in_words(found: Invitation, language: str = "en") -> str:
    """The meeting as a person would tell it, in German or English: what, when with its zone, where, by whom."""
    spoken = "de" if language.startswith("de") else "en"
    label = LABELS[spoken]
    answer = f" – {ANSWERS[spoken][found.answer]}" if found.answer else ""
    lines = [f"{OPENINGS[spoken][found.method]}: {found.summary or '–'}{answer}"]
    if when := _when(found, spoken):
        lines.append(f"{label['when']}: {when}")
    if found.place:
        lines.append(f"{label['where']}: {found.place}")
    if found.organiser:
        named = (found.organiser.name, found.organiser.address and f"<{found.organiser.address}>")
        lines.append(f"{label['from']}: {' '.join(one for one in named if one)}")
    return "\n".join([*lines, *(["", found.note] if found.note else [])])


def _when(found: Invitation, spoken: str) -> str:
    if found.begins is None:
        return ""
    label = LABELS[spoken]
    zone = f" ({found.zone})" if found.zone else ""
    repeated = f", {label['repeats']}" if found.repeats else ""
    if not isinstance(found.begins, datetime):
        return _days(found.begins, found.ends, spoken) + repeated
    if not isinstance(found.ends, datetime):
        return f"{_day(found.begins, spoken)}, {_clock(found.begins)}{zone}{repeated}"
    same_day = found.begins.date() == found.ends.date()
    end = _clock(found.ends) if same_day else f"{_day(found.ends, spoken)}, {_clock(found.ends)}"
    return f"{_day(found.begins, spoken)}, {_clock(found.begins)} {label['until']} {end}{zone}{repeated}"


def _days(begins: date, ends: date | None, spoken: str) -> str:
    # The end of a whole-day meeting is the day after it (RFC 5545 §3.6.1).
    last = ends - timedelta(days=1) if ends and not isinstance(ends, datetime) and ends > begins else begins
    until = f" {LABELS[spoken]['until']} {_day(last, spoken)}" if last != begins else ""
    return f"{_day(begins, spoken)}{until}, {LABELS[spoken]['day']}"


def _day(day: date, spoken: str) -> str:
    point = "." if spoken == "de" else ""
    return f"{DAYS[spoken][day.weekday()]}, {day.day}{point} {MONTHS[spoken][day.month - 1]} {day.year}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"
