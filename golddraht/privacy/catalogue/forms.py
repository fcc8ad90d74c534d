"""The forms of an entry: what kind of thing a field holds, what a table is for, and how erasing treats it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from golddraht.ground.retention_law import Keeping


class Kind(StrEnum):
    """What a field holds. Those of `PLAIN` tell nothing of a person; each of them is a reason why."""

    NAME = "name"
    CONTACT = "contact"
    """Addresses and numbers under which somebody can be reached."""
    WORDS = "words"
    """What somebody wrote or said, or what was written about them."""
    FILE = "file"
    TRAIT = "trait"
    """What somebody wishes or is: language, salutation, what matters to them."""
    HAPPENED = "happened"
    """What happened with somebody, and when."""
    LINK = "link"
    """Which rows belong to somebody."""
    JUDGED = "judged"
    """How sure or how content: figures about a person."""
    NETWORK = "network"
    """Network addresses, machines, identifiers of mails."""
    KEY = "key"
    """Keys and secrets of a person."""
    COLLEAGUE = "colleague"
    """Which colleague did it, with their moment of doing."""
    STATE = "state"
    """How far the work is. Without the row's other fields it tells nothing of anybody."""
    SETTING = "setting"
    """A decision of the company about how it works."""
    COUNT = "count"
    """A count or an interval that names nobody."""
    OWN = "own"
    """The company's own words, the same for everybody."""
    MACHINERY = "machinery"
    """How the program itself works: numbers, queues, checksums."""


PLAIN = frozenset({Kind.STATE, Kind.SETTING, Kind.COUNT, Kind.OWN, Kind.MACHINERY})
"""Kinds that are not personal."""


class People(StrEnum):
    """Whom a table is about."""

    CUSTOMERS = "customers"
    COLLEAGUES = "colleagues"
    NOBODY = "nobody"


class Fate(StrEnum):
    """What erasing a person does to a table."""

    GOES = "goes"
    """Rows of the person are deleted; where somebody only took part in another person's concern, their own words are."""
    SPEAKS = "speaks"
    """It hangs on nobody, but its words may name rows or addresses of the person: a row that does is deleted or emptied."""
    SPARED = "spared"
    """Its rows belong to nobody who can be erased; addresses of the person in its words are replaced."""
    UNTOUCHED = "untouched"
    """It holds nothing of customers, by what it is for."""


@dataclass(frozen=True)
class Erasing:
    """How erasing treats a table: `by` are the columns over which its rows hang on a person or on what is theirs.

    A row that hangs on the person only by `empties_by` stays without its words, because it is part of something of
    somebody else. `loosens` are references that are emptied when what they name goes. `speaking` are the columns of a
    table that hangs on nobody in which numbers of rows may stand; its row goes, or loses its `empties`. `addresses` are
    columns that hold one address: a row with an address of the person goes, too; `contents` are columns of bytes in which
    an address may stand in a row that belongs to nothing yet.
    """

    fate: Fate
    by: tuple[str, ...] = ()
    empties_by: str = ""
    loosens: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()
    empties: str = ""
    addresses: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What personal data are processed for: an entry of the record of processing activities (Article 30 GDPR)."""

    key: str
    title: Any
    purpose: Any
    basis: Any
    people: Any
    recipients: Any
    source: Any
    keeping: tuple[Keeping, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the database: what it is for, whom it is about, what each field holds, and what erasing does to it."""

    label: str
    activity: Activity
    people: People
    erasing: Erasing
    fields: Mapping[str, Kind]
    names: Mapping[str, str]
    """Numbers that name rows of another table without a foreign key."""
    why: str = ""

    @property
    def personal(self) -> dict[str, Kind]:
        return {name: kind for name, kind in self.fields.items() if kind not in PLAIN}


@dataclass(frozen=True)
class Entry:
    """One field with all that the catalogue says of it."""

    table: Table
    field: str
    kind: Kind

    @property
    def is_personal(self) -> bool:
        return self.kind not in PLAIN


UNDERSTOOD = {"id": Kind.MACHINERY, "tenant": Kind.MACHINERY}
"""Every row has a number of ours and belongs to a company; nobody has to say that."""


def goes(*by: str, loosens: str = "", empties_by: str = "", addresses: str = "", contents: str = "") -> Erasing:
    return Erasing(
        Fate.GOES,
        by,
        empties_by,
        tuple(loosens.split()),
        addresses=tuple(addresses.split()),
        contents=tuple(contents.split()),
    )


def speaking_of(*columns: str, empties: str = "") -> Erasing:
    return Erasing(Fate.SPEAKS, speaking=columns, empties=empties)


def spared(loosens: str = "") -> Erasing:
    return Erasing(Fate.SPARED, loosens=tuple(loosens.split()))


UNTOUCHED = Erasing(Fate.UNTOUCHED)


def of_customers(
    label: str, activity: Activity, erasing: Erasing, *, names: Mapping[str, str] | None = None, **fields: str
) -> Table:
    """A table about customers; each keyword is a `Kind` with the names of its fields."""
    return Table(label, activity, People.CUSTOMERS, erasing, _spread(fields), names or {})


def of_colleagues(label: str, activity: Activity, erasing: Erasing = UNTOUCHED, **fields: str) -> Table:
    """A table about the people who work here."""
    return Table(label, activity, People.COLLEAGUES, erasing, _spread(fields), {})


def of_nobody(label: str, activity: Activity, why: str, erasing: Erasing = UNTOUCHED, **fields: str) -> Table:
    """A table about no customer, with the reason; a colleague may be named in it."""
    return Table(label, activity, People.NOBODY, erasing, _spread(fields), {}, why)


def _spread(fields: Mapping[str, str]) -> dict[str, Kind]:
    """Raises ValueError for a field that is declared twice, or a kind that does not exist."""
    found: dict[str, Kind] = {}
    for kind, names in fields.items():
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} is declared twice: as {found[name]} and as {kind}.")
            found[name] = Kind(kind)
    return found
