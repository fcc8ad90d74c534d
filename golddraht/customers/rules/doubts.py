"""What about a record cannot be quite right, and what it costs to leave it so. How one asks politely stands in `questions`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.golden import golden, unfelled
from golddraht.customers.rules.names import read_name
from golddraht.customers.rules.sources import Source
from golddraht.identity.rules.model import VERSION


class Kind(StrEnum):
    """A way of being doubtful, the dearest first."""

    ADDRESS = "address"  # Mail to it comes back, so nothing we say arrives.
    DATES = "dates"  # Two birthdays: one of them is somebody else's.
    GREETING = "greeting"  # What is known of the form of address contradicts itself.
    NAME = "name"  # No name, half a name, or something that is none.
    UNSURE = "unsure"  # A value that nothing contradicts, and that nobody should rely on either.


RULES = f"{VERSION}/2"
"""By which rules doubts are found: the model that tells people apart, and the edition of this file. Who changes what is doubtful
here counts on, and everybody is looked at anew."""
COST = {Kind.ADDRESS: 90, Kind.DATES: 70, Kind.GREETING: 50, Kind.NAME: 30, Kind.UNSURE: 10}
DOUBTFUL = 0.75
"""A value that is less sure than this is nothing to rely on."""
WORTH_ASKING = (Attribute.POSTAL, Attribute.NAME, Attribute.BORN_ON)
"""What one asks when it is unsure, the dearest first. A wish or a language shows by itself, and nobody is asked for a number twice."""
CHOSEN = {Kind.DATES: Attribute.BORN_ON, Kind.GREETING: Attribute.SALUTATION, Kind.NAME: Attribute.NAME}
"""Of which attribute one value is chosen to settle a doubt."""


@dataclass(frozen=True)
class Doubtful:
    kind: Kind
    values: tuple[str, ...]
    attribute: str = ""
    """Of which attribute, where the kind does not say so."""


def doubts_in(said: Sequence[Statement], *, at: datetime) -> list[Doubtful]:
    """What is doubtful by now in everything that was said of one person, in whatever order it was said."""
    kept = unfelled(said)
    found = [_dates(kept), _greeting(said, kept), _name(said)]
    doubts = [one for one in found if one is not None]
    unsure = _unsure(said, {CHOSEN[one.kind] for one in doubts}, at)
    return [*doubts, unsure] if unsure else doubts


def _values(kept: Sequence[Statement], attribute: Attribute) -> tuple[str, ...]:
    return tuple(sorted({one.value for one in kept if one.attribute is attribute}))


def _dates(kept: Sequence[Statement]) -> Doubtful | None:
    """Two that are not each other's correction: what the person says themselves settles it."""
    days = _values(kept, Attribute.BORN_ON)
    is_theirs = any(one.attribute is Attribute.BORN_ON and one.source == Source.CUSTOMER for one in kept)
    return Doubtful(Kind.DATES, days) if len(days) > 1 and not is_theirs else None


def _greeting(said: Sequence[Statement], kept: Sequence[Statement]) -> Doubtful | None:
    modes = _values(kept, Attribute.SALUTATION)
    is_open = len(modes) > 1 and not golden(said).get(Attribute.SALUTATION)
    return Doubtful(Kind.GREETING, modes) if is_open else None


def _name(said: Sequence[Statement]) -> Doubtful | None:
    held = golden(one for one in said if one.attribute is Attribute.NAME).get(Attribute.NAME, ())
    name = held[0].value if held else ""
    parts = read_name(name)
    is_whole = parts.is_family or parts.is_couple or parts.is_desk or (parts.given and parts.family)
    is_odd = any(sign.isdigit() or sign == "@" for sign in name)
    return Doubtful(Kind.NAME, (name,) if name else ()) if is_odd or not is_whole else None


def attribute_of(kind: Kind, attribute: str) -> Attribute | None:
    """The attribute that a doubt is about; None for an address that is dead."""
    return Attribute(attribute) if attribute else CHOSEN.get(kind)


def _unsure(said: Sequence[Statement], doubted: Collection[Attribute], at: datetime) -> Doubtful | None:
    """The dearest attribute of which even the surest value is nothing to rely on; what is doubted already is not doubted twice."""
    for attribute in WORTH_ASKING:
        theirs = [one for one in said if one.attribute is attribute]
        if theirs and attribute not in doubted:
            held = golden(theirs).get(attribute, ())
            surest = max(held, key=lambda one: (one.certainty(at), one.value), default=None)
            if surest is not None and surest.certainty(at) < DOUBTFUL:
                return Doubtful(Kind.UNSURE, (surest.value,), attribute)
    return None
