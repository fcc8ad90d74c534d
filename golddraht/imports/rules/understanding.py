"""What a row says of a person: name, statements, ways of contact, where they belong; and what in it cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.evidence import declared, entered
from golddraht.customers.rules.names import PersonName
from golddraht.customers.rules.sources import Source
from golddraht.customers.rules.values import read_quiet_hours
from golddraht.customers.rules.ways import NoSuchWay, Reached, WayKind, way_of
from golddraht.ground.addresses import NUMBERINGS, folded_address, leads_to_nobody
from golddraht.ground.text import one_line, without_control
from golddraht.imports.rules.naming import Named, named
from golddraht.imports.rules.postals import postal_in
from golddraht.imports.rules.reading import (
    day_in,
    is_nothing,
    is_placeholder,
    language_in,
    mails_in,
    phones_in,
    wishes_in,
)
from golddraht.imports.rules.targets import MESSENGER_OF, Target

LONGEST_NOTE, NOTES = 290, 12


class Remark(StrEnum):
    """What is odd about a row. Those of FAULTS keep it from being taken over as it stands."""

    NOBODY = "nobody"
    MAIL = "mail"
    PHONE = "phone"
    WAY = "way"
    DAY = "day"
    ADDRESS = "address"
    LANGUAGE = "language"
    HOURS = "hours"
    ERASED = "erased"
    # What is taken over, and looked at by a person all the same.
    COMPLETED = "completed"
    NO_DAY = "no_day"
    COUNTRY = "country"
    POSTCODE = "postcode"
    PARTIAL = "partial"
    TWO = "two"
    SALUTATION = "salutation"
    NO_REPLY = "no_reply"
    TAKEN = "taken"
    ALIKE = "alike"


FAULTS = frozenset(
    {
        *(Remark.NOBODY, Remark.MAIL, Remark.PHONE, Remark.WAY, Remark.DAY),
        *(Remark.ADDRESS, Remark.LANGUAGE, Remark.HOURS, Remark.ERASED),
    }
)
LEFT_OUT = FAULTS - {Remark.NOBODY, Remark.ERASED}
"""Faults of a single value: the row can be taken over without it."""


@dataclass(frozen=True)
class Odd:
    """A remark with the words it is about."""

    remark: Remark
    words: str = ""

    def kept(self) -> str:
        return f"{self.remark}:{one_line(self.words, 200)}"

    @staticmethod
    def read(kept: str) -> Odd:
        remark, _, words = kept.partition(":")
        return Odd(Remark(remark), words)


@dataclass(frozen=True)
class Told:
    """One statement: attribute, value in a form that is understood, and the words of the file where they differ."""

    attribute: Attribute
    value: str
    evidence: str = ""


@dataclass
class Understood:
    """A row as it is understood."""

    name: str = ""
    parts: PersonName = field(default_factory=PersonName)
    number: str = ""
    told: list[Told] = field(default_factory=list)
    ways: list[Reached] = field(default_factory=list)
    organisation: str = ""
    role: str = ""
    household: str = ""
    odd: list[Odd] = field(default_factory=list)

    @property
    def faults(self) -> list[Odd]:
        return [one for one in self.odd if one.remark in FAULTS]

    def say(self, attribute: Attribute, value: str, evidence: str = "") -> None:
        self.told.append(Told(attribute, value, evidence if evidence != value else ""))

    def remark(self, remark: Remark, words: str = "") -> None:
        self.odd.append(Odd(remark, words))


Cells = dict[Target, list[str]]


def cells_of(targets: Sequence[str], row: Sequence[str]) -> Cells:
    """What the row says under each meaning; what only says that there is nothing is left out."""
    found: Cells = {}
    for target, cell in zip(targets, row, strict=False):
        told = without_control(cell).strip() if target else ""
        if not is_nothing(told):
            found.setdefault(Target(target), []).append(told)
    return found


def understood(cells: Cells, *, source: str, home: str, today: date, lenient: bool = False) -> Understood:
    """The row as it is understood. `lenient` leaves out values that are none instead of calling the row bad."""
    row = Understood()
    given = named(cells)
    _take_name(row, given, cells, source)
    country = _take_address(row, cells, given, home)
    _take_ways(row, cells, country)
    _take_day(row, cells, today)
    _take_rest(row, cells)
    if not (row.name or row.ways):
        row.remark(Remark.NOBODY)
    if lenient:
        row.odd = [one for one in row.odd if one.remark not in LEFT_OUT]
    return row


def _first(cells: Cells, target: Target) -> str:
    return cells.get(target, [""])[0]


def _take_name(row: Understood, given: Named, cells: Cells, source: str) -> None:
    row.organisation = one_line(_first(cells, Target.ORGANISATION) or given.organisation, 200)
    row.role = one_line(", ".join(dict.fromkeys(cells.get(Target.ROLE, []))), 80)
    row.name, row.parts = given.written or row.organisation, given.parts
    row.household = one_line(_first(cells, Target.HOUSEHOLD), 80)
    row.number = one_line(_first(cells, Target.NUMBER), 60)
    if row.name:
        row.say(Attribute.NAME, row.name)
    if row.number:
        row.say(Attribute.NUMBER, row.number)
    if given.is_two:
        row.remark(Remark.TWO, row.name)
    _take_salutation(row, cells, source)


def _take_salutation(row: Understood, cells: Cells, source: str) -> None:
    """A list proves nothing; a program's entry counts where the first name bears it out; what was declared counts always."""
    own = _first(cells, Target.DECLARED)
    told = declared(own) if own else None
    if own and told is None:
        row.remark(Remark.SALUTATION, own)
    if told is None and not source.startswith(Source.LIST):
        words = " ".join((*cells.get(Target.SALUTATION, []), _first(cells, Target.TITLE)))
        told = entered(words, row.parts)
    if told is not None:
        row.say(Attribute.SALUTATION, str(told.mode), told.words)


def _take_address(row: Understood, cells: Cells, given: Named, home: str) -> str:
    """The country in which they live, for their numbers."""
    found = postal_in(cells, care_of=given.care_of, home=home)
    if found.written:
        row.say(Attribute.POSTAL, found.written)
    if found.wrong:
        row.remark(Remark.ADDRESS, found.wrong)
    if found.partial:
        row.say(Attribute.NOTE, found.partial)
        row.remark(Remark.PARTIAL, found.partial)
    if found.short:
        row.remark(Remark.POSTCODE, found.short)
    if found.is_of_no_country:
        row.remark(Remark.COUNTRY, found.written.splitlines()[-1])
    return found.country or home


def _take_ways(row: Understood, cells: Cells, country: str) -> None:
    for cell in cells.get(Target.EMAIL, []):
        good, wrong = mails_in(cell)
        for one in good:
            if leads_to_nobody(one):
                row.remark(Remark.NO_REPLY, one)
            else:
                _reach(row, Reached("EMAIL", folded_address(one), one))
        for one in wrong:
            row.remark(Remark.MAIL, one)
    for target, channel in ((Target.PHONE, WayKind.PHONE), (Target.FAX, WayKind.FAX)):
        for cell in cells.get(target, []):
            _take_numbers(row, channel, cell, country)
    for cell in cells.get(Target.WEB, []):
        _take_way(row, WayKind.WEB, cell)
    for target, messenger in MESSENGER_OF.items():
        for cell in cells.get(target, []):
            for one in filter(None, (one.strip() for one in re.split(r"[;|\n]", cell))):
                _take_way(row, WayKind.MESSENGER, one, messenger=messenger, country=country)


def _take_numbers(row: Understood, channel: WayKind, cell: str, country: str) -> None:
    numbers, wrong, was_completed = phones_in(cell, country)
    for number, shown in numbers:
        _reach(row, Reached(str(channel), number, shown))
    for one in wrong:
        row.remark(Remark.PHONE, one)
    if was_completed:
        row.remark(Remark.COMPLETED, cell)


def _take_way(row: Understood, kind: WayKind, said: str, *, messenger: str = "", country: str = "DE") -> None:
    try:
        _reach(row, way_of(kind, said, messenger=messenger, country=country if country in NUMBERINGS else "DE"))
    except NoSuchWay:
        row.remark(Remark.WAY, said)


def _reach(row: Understood, way: Reached) -> None:
    if all((one.channel, one.address) != (way.channel, way.address) for one in row.ways):
        row.ways.append(way)


def _take_day(row: Understood, cells: Cells, today: date) -> None:
    target = Target.BORN_ON if Target.BORN_ON in cells else Target.BORN_MONTH_FIRST
    said = _first(cells, target)
    if not said:
        return
    day = day_in(said, month_first=target is Target.BORN_MONTH_FIRST, today=today)
    if day is not None and is_placeholder(day):
        row.remark(Remark.NO_DAY, said)
    elif day is None or not date(1890, 1, 1) <= day <= today:
        row.remark(Remark.DAY, said)
    else:
        row.say(Attribute.BORN_ON, day.isoformat(), said)


def _take_rest(row: Understood, cells: Cells) -> None:
    if said := _first(cells, Target.LANGUAGE):
        if code := language_in(said):
            row.say(Attribute.LANGUAGE, code, said)
        else:
            row.remark(Remark.LANGUAGE, said)
    if said := _first(cells, Target.QUIET_HOURS):
        _take_quiet_hours(row, said)
    matters = list(cells.get(Target.MATTERS, []))
    for cell in cells.get(Target.WISH, []):
        wishes, rest = wishes_in(cell)
        for wish in wishes:
            row.say(Attribute.WISH, str(wish), cell)
        matters += rest
    if matters:
        row.say(Attribute.MATTERS, one_line("; ".join(matters), 300))
        _note(row, ["; ".join(matters)] if len("; ".join(matters)) > 300 else [])
    _note(row, cells.get(Target.NOTE, []))


def _take_quiet_hours(row: Understood, said: str) -> None:
    if read_quiet_hours(said) is None:
        row.remark(Remark.HOURS, said)
    else:
        row.say(Attribute.QUIET_HOURS, said)


def _note(row: Understood, notes: Iterable[str]) -> None:
    """Long remarks become several, so that nothing of them is lost."""
    for words in (" ".join(note.split()) for note in notes):
        for piece in _pieces(words):
            row.say(Attribute.NOTE, piece)


def _pieces(words: str) -> list[str]:
    found = [one.strip() for one in re.findall(rf"\S.{{0,{LONGEST_NOTE - 1}}}(?=\s|$)|\S{{{LONGEST_NOTE}}}", words)]
    return found[:NOTES]
