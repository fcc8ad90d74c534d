"""How sure it is that two rows are one, as judged pairs say: Splink's own probabilities take evidence for independent that is not."""

from __future__ import annotations

from bisect import bisect_right

from golddraht.identity.rules.doubts import (
    BIRTH_DIFFERS,
    GIVEN_DIFFERS,
    GIVEN_UNKNOWN,
    NAMESAKES,
    PERHAPS_A_NAMESAKE,
    TWO_PEOPLE,
)

Curve = tuple[tuple[float, float], ...]
"""Weights, and which share of the judged pairs of that weight were one person."""
PLAIN: Curve = (
    (-20, 0.0), (-3, 0.25), (0, 0.5), (3, 0.86), (6, 0.96), (9, 0.985), (15, 0.988), (21, 0.995), (27, 0.999), (40, 0.9999),
)  # fmt: skip
DOUBTFUL: dict[str, Curve] = {
    BIRTH_DIFFERS: ((-3, 0.002), (0, 0.003), (12, 0.03), (24, 0.08)),
    GIVEN_DIFFERS: ((-3, 0.03), (9, 0.05), (15, 0.2), (24, 0.36)),
    GIVEN_UNKNOWN: ((-3, 0.16), (3, 0.27), (9, 0.43), (18, 0.47), (24, 0.7)),
    TWO_PEOPLE: ((-3, 0.001), (9, 0.004), (24, 0.015)),
    NAMESAKES: ((-20, 0.0), (-3, 0.3), (0, 0.6)),
    PERHAPS_A_NAMESAKE: ((-3, 0.3), (3, 0.7), (9, 0.85)),
}
"""Judged were the pairs of a generated German population of 100,000 rows (bench/identity); what only happens there is an assumption."""


def certainty(weight: float, doubt: str = "") -> float:
    """Between 0 and 1."""
    curve = DOUBTFUL.get(doubt, DOUBTFUL[GIVEN_DIFFERS] if doubt else PLAIN)
    place = bisect_right(curve, (weight, 1.0))
    if place in (0, len(curve)):
        return curve[min(place, len(curve) - 1)][1]
    (low, less), (high, more) = curve[place - 1], curve[place]
    return less + (more - less) * (weight - low) / (high - low)
