"""What speaks for and against two rows being one, in words and with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from golddraht.identity.rules.model import MODEL, prior_of


@dataclass(frozen=True)
class Evidence:
    """One reason; a weight above 0 speaks for one person, in bits."""

    field: str
    says: str
    weight: float


LEVELS = {one.field: {round(level.weight, 4): level for level in one.levels} for one in MODEL}
"""Levels by their weight, which no two of a field share; that of what is unknown is 0."""


def found_in(weights: Sequence[float]) -> dict[str, str]:
    """The level of each field by name, from the weights of the model's comparisons; fields of which nothing is known are left out."""
    levels = ((one.field, LEVELS[one.field].get(weight)) for one, weight in zip(MODEL, weights, strict=True))
    return {field: level.name for field, level in levels if level}


def evidence_of(weights: Sequence[float], adjusted: Sequence[float], *, rows: int) -> tuple[Evidence, ...]:
    """Every reason, the first being how rarely two of so many rows are one at all; `adjusted` is what commonness changes."""
    reasons = [
        Evidence(one.field, level.says, level.weight + more)
        for one, weight, more in zip(MODEL, weights, adjusted, strict=True)
        if (level := LEVELS[one.field].get(weight))
    ]
    return Evidence("", f"before looking, among {rows} rows", before(rows)), *reasons


def before(rows: int) -> float:
    """The weight without any evidence."""
    chance = prior_of(rows)
    return log2(chance / (1 - chance))
