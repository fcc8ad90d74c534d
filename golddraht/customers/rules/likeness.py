"""Two customers held against each other with the model that tells people apart (golddraht.identity)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.postal import read_postal
from golddraht.identity.rules.model import GIVEN, VERSION
from golddraht.identity.rules.people import Person, person_of
from golddraht.identity.rules.scoring import Likeness, liken

FOUND_BY = f"model:{VERSION}"
FEWEST = 1_000
"""A house with fewer customers is read as if it had so many: what is rare there may only be unseen."""
VARIANTS = 3
"""So many addresses of a kind are tried for each of the two."""


@dataclass(frozen=True)
class Known:
    """What is known of a customer that tells people apart."""

    name: str
    said: Sequence[Statement] = ()
    mails: Sequence[str] = ()
    phones: Sequence[str] = ()

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The customer made comparable, once with each of the postal addresses."""
        return tuple(_people(self))


def likeness(one: Known, two: Known, *, people: int, namesakes: int) -> Likeness:
    """How much speaks for their being one person among so many, of whom `namesakes` bear the name of the first, both included.

    Who has several addresses is held against the other with the one that fits best.
    """

    def how_many(column: str, value: str) -> int | None:
        # The whole name is counted; its two halves are not. What the given name leaves is the family name's.
        return round(namesakes / GIVEN.levels[0].u) if column == "family" else None

    pairs = product(one.people, two.people)
    found = (liken(mine, theirs, people=max(people, FEWEST), how_many=how_many) for mine, theirs in pairs)
    return max(found, key=lambda likeness: likeness.weight)


def _people(known: Known) -> Iterator[Person]:
    births = _values(known.said, Attribute.BORN_ON)
    fields = {"name": known.name, "birth": births[0] if len(births) == 1 else ""}
    phones = [*known.phones[:2], "", ""]
    fields |= {"phone": phones[0], "mobile": phones[1], "email": (known.mails or [""])[0]}
    for postal in _values(known.said, Attribute.POSTAL)[:VARIANTS] or [""]:
        yield person_of(fields | _house(postal))


def _values(said: Iterable[Statement], attribute: Attribute) -> list[str]:
    return list(dict.fromkeys(one.value for one in said if one.attribute is attribute and not one.denies))


def _house(postal: str) -> dict[str, str]:
    address = read_postal(postal) if postal else None
    if address is None:
        return {}
    street, number = address.house
    return {"street": street, "house_number": number, "postcode": address.postcode, "city": address.place}
