"""What about a record cannot be quite right, what it costs to leave it so, and how one would ask politely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.golden import golden, unfelled
from golddraht.customers.rules.names import read_name
from golddraht.identity.rules.model import VERSION


class Kind(StrEnum):
    """A way of being doubtful, the dearest first."""

    ADDRESS = "address"  # Mail to it comes back, so nothing we say arrives.
    DATES = "dates"  # Two birthdays: one of them is somebody else's.
    GREETING = "greeting"  # What is known of the form of address contradicts itself.
    NAME = "name"  # No name, half a name, or something that is none.


RULES = f"{VERSION}/1"
"""By which rules doubts are found: the model that tells people apart, and the edition of this file. Who changes what is doubtful
here counts on, and everybody is looked at anew."""
COST = {Kind.ADDRESS: 90, Kind.DATES: 70, Kind.GREETING: 50, Kind.NAME: 30}


@dataclass(frozen=True)
class Doubtful:
    kind: Kind
    values: tuple[str, ...]


def doubts_in(said: Sequence[Statement]) -> list[Doubtful]:
    """What is doubtful in everything that was said of one person, in whatever order it was said."""
    kept = unfelled(said)
    found = [_dates(kept), _greeting(said, kept), _name(said)]
    return [one for one in found if one is not None]


def _values(kept: Sequence[Statement], attribute: Attribute) -> tuple[str, ...]:
    return tuple(sorted({one.value for one in kept if one.attribute is attribute}))


def _dates(kept: Sequence[Statement]) -> Doubtful | None:
    days = _values(kept, Attribute.BORN_ON)
    return Doubtful(Kind.DATES, days) if len(days) > 1 else None


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


QUESTIONS = {
    "de": {
        Kind.ADDRESS: "Eine kleine Frage noch: Unsere letzte Nachricht kam zurück. Unter welcher Adresse erreichen wir Sie künftig?",
        Kind.DATES: "Eine kleine Frage noch: Bei uns stehen zwei Geburtstage. Welcher ist Ihrer?",
        Kind.GREETING: "Eine kleine Frage noch: Wie dürfen wir Sie ansprechen?",
        Kind.NAME: "Eine kleine Frage noch: Wie ist Ihr vollständiger Name, damit wir Sie richtig ansprechen?",
    },
    "en": {
        Kind.ADDRESS: "One small question: our last message came back. Where can we reach you from now on?",
        Kind.DATES: "One small question: we have two dates of birth for you. Which one is yours?",
        Kind.GREETING: "One small question: how would you like to be addressed?",
        Kind.NAME: "One small question: what is your full name, so that we address you properly?",
    },
}


def polite_question(kind: str, *, language: str) -> str:
    """The one line that may be asked at the next contact, in German or English."""
    return QUESTIONS["de" if language.startswith("de") or not language else "en"][Kind(kind)]
