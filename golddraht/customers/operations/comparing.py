"""Looking for customers who may be the one of whom something new was learned."""

from __future__ import annotations

from datetime import datetime

from golddraht.customers.operations.proposing import Proposed, propose
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.resembling import about_how_many, known_of, namesakes_of, those_who_share
from golddraht.customers.rules.alike import alike
from golddraht.customers.rules.likeness import FOUND_BY, Known, likeness


def look_for_alike(*, customer_id: int, at: datetime) -> int:
    """Propose everybody who agrees with this customer in more than the name; how many were new.

    Never merges by itself: what is learned from a mail is what somebody wrote, and anybody may write the name, birthday and address of another.
    """
    ids = ids_of_person(customer_id=customer_id)
    namesakes = namesakes_of(customer_id=customer_id)
    others = (those_who_share(ids=ids) | set(namesakes.few)) - set(ids)
    known = known_of(ids=[customer_id, *others]) if others else {}
    people = about_how_many() if others else 0
    found = [
        pair
        for other in sorted(others)
        if (pair := likely(customer_id, other, known, people=people, namesakes=namesakes.count))
    ]
    return propose(pairs=found, found_by=FOUND_BY, at=at) if found else 0


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
