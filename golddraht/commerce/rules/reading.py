"""Understanding what a row says of a thing, whether a program sent it or it stood in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from golddraht.commerce.rules.things import FIELDS, LONGEST, Form, Thing
from golddraht.ground.addresses import folded_address, is_plausible_address
from golddraht.ground.text import one_line

SOON = timedelta(minutes=10)
"""The clocks of others may be that far ahead of ours."""

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LAST_MINUTE = time(23, 59)
MOST_LINES = 500
LARGEST = 2**31 - 1
YES = frozenset({"1", "true", "yes", "ja", "j", "y", "x"})
NO = frozenset({"0", "false", "no", "nein", "n", ""})


class Unreadable(ValueError):
    """`reason`: NUMBER, FIELD, MOMENT, DAY, CENTS, YES_NO, ID, EMAIL, LINES, LONG, FUTURE, WINDOW or CUSTOMER; `field` is where."""

    def __init__(self, reason: str, field: str) -> None:
        super().__init__(f"{reason}: {field}")
        self.reason = reason
        self.field = field
        self.line: int | None = None
        """Which line of an order, from 0, where it is one."""


def told_of(thing: Thing, row: Mapping[str, Any], *, zone: str, at: datetime) -> dict[str, Any]:
    """What the row says, in the one form in which it is kept; None where it takes something back. Raises Unreadable.

    A date and its terms belong together, and so are one value, `promised`: from, until, agreed, why.
    """
    known = FIELDS[thing]
    strange = next((name for name in row if name not in known), None)
    if strange is not None:
        raise Unreadable("FIELD", strange)
    told = {name: _value(name, known[name], value, zone=zone) for name, value in row.items()}
    _check_past(told, at=at)
    return _with_date(told, known, zone=zone)


def read_number(value: Any, name: str = "number") -> str:
    """The number of a thing in its source. Raises Unreadable."""
    number = _words(name, str(value or ""))
    if not number:
        raise Unreadable("NUMBER", name)
    return number


def read_moment(name: str, value: Any, *, zone: str) -> datetime:
    """A moment; without a time zone it is on the clocks of `zone`. Raises Unreadable."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(_german_to_iso(str(value).strip()))
    except ValueError:
        raise Unreadable("MOMENT", name) from None
    moment = read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(zone))
    if not EARLIEST <= moment <= LATEST:
        raise Unreadable("MOMENT", name)
    return moment.astimezone(UTC)


GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?:[ ,T]+(\d{1,2}):(\d\d)(?::\d\d)?(?: Uhr)?)?")
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
EPOCH, FIRST_SERIAL, LAST_SERIAL = datetime(1899, 12, 30, tzinfo=UTC), 36_526, 73_050
"""Spreadsheets count days from the first, here those of the years 2000 to 2099."""


def _german_to_iso(typed: str) -> str:
    """ "3.12.2026 14:00", "3.12.26" and a spreadsheet's 46359.5 as "2026-12-03T14:00"; anything else as it is."""
    if SERIAL.fullmatch(typed) and FIRST_SERIAL <= float(typed.replace(",", ".")) <= LAST_SERIAL:
        return _of_serial(float(typed.replace(",", ".")))
    found = GERMAN.fullmatch(typed)
    if found is None:
        return typed
    day, month, year, hour, minute = found.groups()
    return f"{int(year) % 100 + 2000 if len(year) == 2 else year}-{int(month):02}-{int(day):02}" + (
        f"T{int(hour):02}:{minute}" if hour else ""
    )


def _of_serial(days: float) -> str:
    moment = EPOCH + timedelta(minutes=round(days * 24 * 60))
    return moment.date().isoformat() if days.is_integer() else moment.replace(tzinfo=None).isoformat()


def _value(name: str, form: Form, value: Any, *, zone: str) -> Any:
    if value is None:
        return None
    if form is Form.MOMENT:
        return read_moment(name, value, zone=zone).isoformat()
    return READERS[form](name, value)


def _words(name: str, value: Any) -> str:
    words = one_line(str(value), 10_000)
    if len(words) > LONGEST.get(name, 200):
        raise Unreadable("LONG", name)
    return words


def _day(name: str, value: Any) -> str:
    try:
        return (
            value if isinstance(value, date) else date.fromisoformat(_without_midnight(str(value).strip()))
        ).isoformat()
    except ValueError:
        raise Unreadable("DAY", name) from None


def _without_midnight(typed: str) -> str:
    """A day as spreadsheets give it, with an hour that nobody meant."""
    return re.sub(r"[ T]00:00(?::00(?:\.0+)?)?$", "", _german_to_iso(typed))


def _cents(name: str, value: Any) -> int:
    """Whole cents, or an amount as people write it: "1.234,50", "12.5", "1.890", "1,234.50", "CHF 1’234.50"."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _small(name, value)
    try:
        return _small(name, int((Decimal(_amount(str(value))) * 100).to_integral_value()))
    except (InvalidOperation, ValueError, OverflowError):
        raise Unreadable("CENTS", name) from None


CURRENCY = r"€|EUR|Euro|CHF|Fr\."


def _amount(typed: str) -> str:
    """With a point before the cents and nothing else in it; three digits behind a single point are thousands."""
    bare = re.sub(rf"^(?:{CURRENCY})\s*|\s*(?:{CURRENCY})$|[\s’'](?=\d{{3}})", "", typed.strip())
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+\.\d{1,2}", bare):
        return bare.replace(",", "")
    if "," in bare or re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", bare):
        return bare.replace(".", "").replace(",", ".")
    return bare


def _small(name: str, value: int) -> int:
    if not -LARGEST <= value <= LARGEST:
        raise Unreadable("CENTS", name)
    return value


def _yes_no(name: str, value: Any) -> bool:
    typed = str(value).strip().lower()
    if typed not in YES | NO:
        raise Unreadable("YES_NO", name)
    return typed in YES


def _id(name: str, value: Any) -> int:
    typed = str(value).strip()
    if not typed.isdecimal() or not 0 < len(typed) < 19:
        raise Unreadable("ID", name)
    return int(typed)


def _email(name: str, value: Any) -> str:
    typed = str(value).strip()
    if not is_plausible_address(typed) or len(typed) > LONGEST[name]:
        raise Unreadable("EMAIL", name)
    return folded_address(typed)


def _lines(name: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > MOST_LINES:
        raise Unreadable("LINES", name)
    return [_numbered_line(place, one) for place, one in enumerate(value)]


def _numbered_line(place: int, one: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return _line(one)
    except Unreadable as error:
        error.line = place
        raise


def _line(one: Mapping[str, Any]) -> dict[str, Any]:
    product, title = (_words(name, one.get(name) or "") for name in ("product", "title"))
    if not product and not title:
        raise Unreadable("LINES", "lines")
    cents = one.get("cents")
    return {
        "product": product,
        "title": title,
        "quantity": _quantity(one.get("quantity", 1)),
        "cents": None if cents is None else _cents("lines", cents),
    }


def _quantity(value: Any) -> str:
    try:
        quantity = Decimal(str(value)).quantize(Decimal("0.001"))
    except InvalidOperation:
        raise Unreadable("LINES", "lines") from None
    if not 0 < quantity < 10**7:
        raise Unreadable("LINES", "lines")
    return f"{quantity.normalize():f}"


READERS: dict[Form, Callable[[str, Any], Any]] = {
    Form.WORDS: _words,
    Form.DAY: _day,
    Form.CENTS: _cents,
    Form.YES_NO: _yes_no,
    Form.ID: _id,
    Form.EMAIL: _email,
    Form.LINES: _lines,
}

DATED = ("promised_from", "promised_until", "promised_on", "agreed")


def _check_past(told: Mapping[str, Any], *, at: datetime) -> None:
    """What has happened cannot lie ahead; a promised date can."""
    for name, value in told.items():
        if name.endswith("_at") and value is not None and datetime.fromisoformat(value) > at + SOON:
            raise Unreadable("FUTURE", name)


def _with_date(told: dict[str, Any], known: Mapping[str, Form], *, zone: str) -> dict[str, Any]:
    if "promised_until" not in known:
        return told
    dated = {name: told.pop(name) for name in DATED if name in told}
    if not any(name.startswith("promised") for name in dated):
        if lonely := next((name for name in ("agreed", "why") if name in {**dated, **told}), None):
            raise Unreadable("WINDOW", lonely)  # Terms of which date?
        return told
    starts, until = _window(dated, zone=zone)
    if until is not None and starts is not None and starts > until:
        raise Unreadable("WINDOW", "promised_from")
    why = told.pop("why", None) or ""
    agreed = bool(dated.get("agreed"))
    date = None if until is None else [starts.isoformat() if starts else None, until.isoformat(), agreed, why]
    return told | {"promised": date}


def _window(dated: Mapping[str, Any], *, zone: str) -> tuple[datetime | None, datetime | None]:
    """From and until; a day alone ends with its last minute."""
    starts, until = dated.get("promised_from"), dated.get("promised_until")
    if until is not None:
        return datetime.fromisoformat(starts) if starts else None, datetime.fromisoformat(until)
    if starts is not None:
        raise Unreadable("WINDOW", "promised_until")
    on = dated.get("promised_on")
    return None, _end_of(date.fromisoformat(on), zone) if on else None


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, LAST_MINUTE, ZoneInfo(zone)).astimezone(UTC)
