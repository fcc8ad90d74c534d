"""Which of the things that were said of a person is held to be true: pure, the same for every order of what was said.

1. A statement falls when a source that is trusted as much says later that it is wrong.
2. Whoever is trusted more is believed (`sources.TRUST`): people before signatures, signatures before imports, and so on.
3. Of equals the latest; at the same moment the fuller name, then the surer one, then the alphabet, so that chance decides nothing.

A form of address is not chosen like that: `addressing.decide` weighs its evidence, and where that contradicts itself, nothing is chosen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from golddraht.customers.rules.addressing import decide
from golddraht.customers.rules.attributes import MANY, Attribute, Statement
from golddraht.customers.rules.evidence import GENDERED, Evidence, Kind, Mode
from golddraht.customers.rules.names import read_name
from golddraht.customers.rules.sources import Source, kind_of, trust_in

YEAR = timedelta(days=365.25)
HALF_LIFE = {Attribute.POSTAL: 8 * YEAR, Attribute.MATTERS: 4 * YEAR, Attribute.QUIET_HOURS: 3 * YEAR}
"""After this time a value is half as sure, because people move and change. What is not named here hardly ages."""
HARDLY = 40 * YEAR


@dataclass(frozen=True)
class Golden:
    """A value that is held to be true; `agreeing` are the sources that say the same, `against` those that say something else."""

    statement: Statement
    agreeing: tuple[str, ...] = ()
    against: tuple[Statement, ...] = ()

    @property
    def value(self) -> str:
        return self.statement.value

    def certainty(self, at: datetime) -> float:
        """How sure it is by now, 0 to 1: the surest statement, more by each other source that agrees, less by age."""
        doubt = 1 - self.statement.certainty
        for source in self.agreeing:
            doubt *= 0.5 if source != self.statement.source else 1.0
        age = max(at - self.statement.said_at, timedelta(0))
        halvings = age / HALF_LIFE.get(self.statement.attribute, HARDLY)
        return round((1 - doubt) * math.pow(0.5, halvings), 4)


Record = dict[Attribute, tuple[Golden, ...]]
"""What is held to be true, by attribute; nothing stands for an attribute of which nothing is known."""


def golden(said: Iterable[Statement]) -> Record:
    """The golden record of everything that was said."""
    by_attribute: dict[Attribute, list[Statement]] = {}
    for one in set(said):
        by_attribute.setdefault(one.attribute, []).append(one)
    found = {
        attribute: _chosen(attribute, by_attribute[attribute]) for attribute in Attribute if attribute in by_attribute
    }
    return {attribute: chosen for attribute, chosen in found.items() if chosen}


def standing(said: Sequence[Statement]) -> list[Statement]:
    """What nobody of the same trust has called wrong since, the most believed first."""
    kept = unfelled(said)
    return sorted(kept, key=_weight, reverse=True) if len(kept) > 1 else kept


def unfelled(said: Sequence[Statement]) -> list[Statement]:
    """The same in the order in which it was given."""
    denials = [one for one in said if one.denies]
    return [one for one in said if not one.denies and not any(_fells(denial, one) for denial in denials)]


def _fells(denial: Statement, one: Statement) -> bool:
    is_same = denial.attribute is one.attribute and denial.meaning == one.meaning
    return is_same and denial.said_at >= one.said_at and trust_in(denial.source) >= trust_in(one.source)


def _weight(one: Statement) -> tuple[object, ...]:
    fullness = _fullness(one.value) if one.attribute is Attribute.NAME else 0
    return trust_in(one.source), one.said_at, fullness, one.certainty, one.meaning, one.value, one.source, one.evidence


def _fullness(name: str) -> int:
    """How much of a name there is: given name, family name, title."""
    parts = read_name(name)
    return sum(map(bool, (parts.given, parts.family, parts.title)))


def _chosen(attribute: Attribute, said: list[Statement]) -> tuple[Golden, ...]:
    kept = standing(said)
    if attribute is Attribute.SALUTATION:
        return _addressed(kept)
    if attribute not in MANY:
        return tuple(_golden(one, kept) for one in kept[:1])
    same: dict[tuple[str, str], list[Statement]] = {}
    for one in kept:
        same.setdefault(_identity(one), []).append(one)
    return tuple(_golden(some[0], some) for some in same.values())


def _identity(one: Statement) -> tuple[str, str]:
    """Customer numbers of two systems may look alike and are two."""
    return one.meaning, one.source if one.attribute is Attribute.NUMBER else ""


def _golden(chosen: Statement, kept: Sequence[Statement]) -> Golden:
    agreeing = sorted({one.source for one in kept if one.meaning == chosen.meaning})
    return Golden(chosen, tuple(agreeing), tuple(one for one in kept if one.meaning != chosen.meaning))


KINDS = {
    Source.CUSTOMER: Kind.DECLARED,
    Source.SIGNATURE: Kind.SIGNATURE,
    Source.OWN_WORDS: Kind.SIGNATURE,
    Source.NAMESAKE: Kind.NAMESAKE,
}
"""Which kind of evidence a source gives; all others count as somebody else's entry."""


def kind_of_evidence(source: str) -> Kind:
    return KINDS.get(kind_of(source), Kind.CONTRACT)


def _addressed(kept: list[Statement]) -> tuple[Golden, ...]:
    """The statement behind the form of address that the evidence allows; of declarations only the latest counts.

    A colleague's word counts with the customer's words beside it, and not without.
    """
    kept = [one for one in kept if kind_of(one.source) is not Source.MEMBER or one.evidence]
    declared = [one for one in kept if kind_of_evidence(one.source) is Kind.DECLARED]
    weighed = declared[:1] or kept
    address = decide(
        _ANYBODY, [Evidence(Mode(one.value), kind_of_evidence(one.source), one.evidence) for one in weighed]
    )
    speaking = [one for one in weighed if one.value == address.mode]
    return (_golden(speaking[0], kept),) if speaking and (declared or address.mode in GENDERED) else ()


_ANYBODY = read_name("Kim Muster")
"""Whether Frau or Herr is proven does not hang on the name here; the greeting looks at the real one."""
