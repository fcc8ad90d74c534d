"""The name in a row, from however many columns, as the house writes it: "Prof. Dr. Hans-Peter von der Tann"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from golddraht.customers.rules.evidence import MODE_OF
from golddraht.customers.rules.names import AFTER_A_NAME, NOBLE, PARTICLES, PersonName, name_of, read_name
from golddraht.ground.text import folded, one_line, words
from golddraht.imports.rules.targets import Target

CARE_OF = re.compile(r",?\s*\b(?:c/o|z\.\s?h(?:d|\.\s?d)?\.|p\.?\s?a\.)\s*(?P<who>\S.*)$", re.I)
TWO = re.compile(r"\S\s+(?:und|u\.|&|\+|and)\s+\S", re.I)


@dataclass(frozen=True)
class Named:
    """The name as it is written, its parts, in whose care letters go, and whether it is two people's."""

    written: str = ""
    parts: PersonName = field(default_factory=PersonName)
    care_of: str = ""
    organisation: str = ""
    is_two: bool = False


def named(cells: dict[Target, list[str]]) -> Named:
    """Columns for given and family name come first, then the one for the whole name; "Name" beside "Vorname" is the family name."""
    given, family, title = (_cell(cells, one) for one in (Target.GIVEN, Target.FAMILY, Target.TITLE))
    whole, suffix = _cell(cells, Target.NAME), _cell(cells, Target.SUFFIX)
    if given and whole and not family:
        is_whole = set(words(given)) < set(words(whole))
        given, family, whole = ("", "", whole) if is_whole else (given, whole, "")
    if suffix and all(word in PARTICLES | NOBLE for word in words(suffix)):
        family, suffix = f"{suffix} {family}".strip(), ""
    if given or family:
        family, care_of = _cared_for(family)
        parts, raw = name_of(given=given, family=family, title=title), f"{given} {family}".strip()
    else:
        raw, care_of = _cared_for(whole)
        parts = read_name(raw)
    is_two = TWO.search(raw) is not None and not (parts.is_couple or parts.is_family or parts.is_desk)
    written = _written(parts, raw, title, suffix)
    return Named(written, parts, care_of, raw if parts.is_desk else "", is_two)


def _cell(cells: dict[Target, list[str]], target: Target) -> str:
    return " ".join(" ".join(cells.get(target, [])).split())


def _cared_for(name: str) -> tuple[str, str]:
    """The name, and the line that names in whose care its letters go."""
    found = CARE_OF.search(name)
    return (name[: found.start()].strip(" ,"), f"c/o {found['who']}") if found else (name, "")


def _written(parts: PersonName, raw: str, title: str, suffix: str) -> str:
    if parts.is_desk or not raw:
        return one_line(raw, 200)
    if parts.is_couple:
        return one_line(f"Herr und Frau {parts.family}", 200)
    if parts.is_family:
        return one_line(f"Familie {parts.family}", 200)
    behind = f", {suffix}" if suffix and AFTER_A_NAME.search(f" {suffix}") else ""
    full = f"{_academic(title) or ' '.join(parts.titles)} {parts.full or raw}{behind}"
    return one_line(full, 200)


def _academic(title: str) -> str:
    """The title as it stands, without forms of address: "Herr Dipl.-Ing. Dr." is "Dipl.-Ing. Dr."."""
    return " ".join(word for word in title.split() if folded(word).rstrip(".") not in MODE_OF)
