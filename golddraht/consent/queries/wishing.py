"""On which ways somebody wants to hear from us: what whoever answers should know before they choose one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.consent.queries.standing import chosen_by, standing_of
from golddraht.consent.rules import Purpose, Way
from golddraht.consent.rules.quiet import quiet_until
from golddraht.consent.rules.words import RINGING
from golddraht.customers.queries import contact_points_of, ids_of_person


@dataclass(frozen=True)
class Wished:
    """The way they chose first for a purpose. `number` where it is a call and one is known; `quiet_until` while they want no ringing."""

    way: Way
    number: str = ""
    quiet_until: datetime | None = None


def wished_way(*, customer_id: int, at: datetime, purpose: Purpose = Purpose.SERVICE) -> Wished | None:
    """What they chose, the dearest; None for whoever chose nothing: they are answered where they last wrote."""
    ways = chosen_by(ids_of_person(customer_id=customer_id)).get(purpose)
    if not ways:
        return None
    if ways[0] not in RINGING:
        return Wished(ways[0])
    standing = standing_of(customer_id=customer_id)
    numbers = (one.shown for one in contact_points_of(customer_id=customer_id) if one.channel == "PHONE")
    quiet = quiet_until(standing.quiet, at=at, zone=standing.zone)
    return Wished(ways[0], next(numbers, "") if ways[0] is Way.CALL else "", quiet)
