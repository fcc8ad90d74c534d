"""Holding customers against each other with the model."""

from __future__ import annotations

from golddraht.customers.operations.proposing import Proposed
from golddraht.customers.rules.alike import alike
from golddraht.customers.rules.likeness import Known, likeness


def likely(one_id: int, other_id: int, known: dict[int, Known], *, people: int, namesakes: int) -> Proposed | None:
    """What the model says of two; what a rule says more, as of customer numbers, which the model does not count. None where little speaks for it."""
    one, other = known[one_id], known[other_id]
    found = likeness(one, other, people=people, namesakes=namesakes)
    ruled = alike(one.said, other.said, names=(one.name, other.name))
    if not (found.is_one or found.needs_a_look or ruled):
        return None
    numbers = [reason for reason in ruled.reasons if "number" in reason] if ruled else []
    certainty = max(found.certainty, ruled.certainty if ruled and numbers else 0.0)
    return Proposed(one_id, other_id, round(certainty, 4), (*numbers, *found.reasons))
