"""Whether two customers may be one person: a few simple reasons that people understand, and names that must fit.

Precision first: a wrong merge shows one customer's life to another, so this only proposes, and never where first names differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.names import PersonName, read_name
from golddraht.ground.text import folded

SPEAKS = {Attribute.NUMBER: 0.97, Attribute.BORN_ON: 0.95, Attribute.POSTAL: 0.85}
"""How sure one agreement of this kind makes us, where the names fit."""
REASONS = {
    Attribute.NUMBER: "same customer number: %s",
    Attribute.BORN_ON: "born on the same day: %s",
    Attribute.POSTAL: "same postal address: %s",
}
AGAINST = {Attribute.BORN_ON: "born on different days", Attribute.SALUTATION: "addressed differently"}


@dataclass(frozen=True)
class Alike:
    """How sure it is that two are one, and why, in words; what speaks against it comes last."""

    certainty: float
    reasons: tuple[str, ...]


def alike(one: Iterable[Statement], other: Iterable[Statement], *, names: tuple[str, str]) -> Alike | None:
    """None where nothing but the name agrees, or the names do not fit. The order of the two does not matter."""
    if not names_fit(read_name(names[0]), read_name(names[1])):
        return None
    mine, theirs = _by_attribute(one), _by_attribute(other)
    shared = {kind: mine.get(kind, set()) & theirs.get(kind, set()) for kind in SPEAKS}
    doubt, reasons = 1.0, []
    for kind, values in shared.items():
        if values:
            doubt *= 1 - SPEAKS[kind]
            reasons.append(REASONS[kind] % ", ".join(sorted(value.replace("\n", ", ") for value, _ in values)))
    if not reasons:
        return None
    against = [words for kind, words in AGAINST.items() if _differ(mine.get(kind, set()), theirs.get(kind, set()))]
    exactness = "same name" if folded(names[0]) == folded(names[1]) else "names that fit each other"
    return Alike(round((1 - doubt) * 0.3 ** len(against), 4), (*reasons, exactness, *against))


def names_fit(one: PersonName, other: PersonName) -> bool:
    """Whether two names can be one person's: the same family name, and given names that are the same or an initial of it."""
    if not one.family or not other.family or folded(one.family) != folded(other.family):
        return False
    if one.is_family or other.is_family or one.is_desk or other.is_desk:
        return False
    mine, theirs = (folded(name.given).replace("-", " ").split() for name in (one, other))
    if not mine or not theirs:
        return False
    return all(_same(first, second) for first, second in zip(mine, theirs, strict=False))


def _same(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def _by_attribute(said: Iterable[Statement]) -> dict[Attribute, set[tuple[str, str]]]:
    found: dict[Attribute, set[tuple[str, str]]] = {}
    for one in said:
        if not one.denies:
            mark = one.source if one.attribute is Attribute.NUMBER else ""
            found.setdefault(one.attribute, set()).add((one.value if one.attribute in SPEAKS else one.meaning, mark))
    return found


def _differ(mine: set[tuple[str, str]], theirs: set[tuple[str, str]]) -> bool:
    return bool(mine and theirs and not mine & theirs)
