"""Whether somebody who arrives is somebody we know: the shipped model for two people at a time, in microseconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log2

from golddraht.identity.rules.certainty import certainty
from golddraht.identity.rules.comparing import HOLDS, KNOWN
from golddraht.identity.rules.doubts import NO_LOOK, doubt_in
from golddraht.identity.rules.evidence import Evidence, before
from golddraht.identity.rules.model import MERGE_FROM, MODEL, REVIEW_FROM, Comparison, Level
from golddraht.identity.rules.people import Person

WEIGH = 1_000
"""So many rows of what is usual are added to those we have, so that a small house does not take its names for rare."""
HowMany = Callable[[str, str], int | None]
"""How many people have this value of that column, by name, the two included; None where nobody counted."""


def uncounted(column: str, value: str) -> int | None:
    """For when nobody counted: every value is as common as it usually is."""
    return None


@dataclass(frozen=True)
class Likeness:
    """How much speaks for two people being one; the weights of the evidence add up to `weight`."""

    weight: float
    doubt: str
    evidence: tuple[Evidence, ...]

    @property
    def certainty(self) -> float:
        return certainty(self.weight, self.doubt)

    @property
    def is_one(self) -> bool:
        """Sure enough to recognise them without asking anybody."""
        return self.weight >= MERGE_FROM and not self.doubt

    @property
    def needs_a_look(self) -> bool:
        return self.weight >= REVIEW_FROM and not self.is_one and self.doubt not in NO_LOOK

    @property
    def reasons(self) -> tuple[str, ...]:
        """In words, the strongest first; what speaks against it comes last."""
        told = sorted((one for one in self.evidence if one.field), key=lambda one: -one.weight)
        return tuple(one.says for one in told)


def liken(one: Person, two: Person, *, people: int, how_many: HowMany = uncounted) -> Likeness:
    """The likeness of two among so many people."""
    levels = {comparison.field: level for comparison in MODEL if (level := level_of(comparison, one, two))}
    told = (Evidence(field, level.says, _weight(level, one, people, how_many)) for field, level in levels.items())
    evidence = (Evidence("", f"before looking, among {people} people", before(people)), *told)
    generations = (one.generation or None, two.generation or None)
    doubt = doubt_in({field: level.name for field, level in levels.items()}, generations)
    return Likeness(sum(part.weight for part in evidence), doubt, evidence)


def level_of(comparison: Comparison, one: Person, two: Person) -> Level | None:
    """The best level that holds, None where nothing is known of one of them."""
    field = comparison.field
    if not KNOWN[field](one, two):
        return None
    *levels, remains = comparison.levels
    return next((level for level in levels if HOLDS[field, level.name](one, two)), remains)


def _weight(level: Level, one: Person, people: int, how_many: HowMany) -> float:
    """As whole files count it: how common this very value is among the others."""
    count = how_many(level.common, getattr(one, level.common)) if level.common else None
    if count is None:
        return level.weight
    return log2(level.m * (people + WEIGH) / (max(count - 2, 0) + WEIGH * level.u))
