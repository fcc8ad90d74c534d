"""Ways of contact that people tell us: one more, one that is theirs no longer, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from golddraht.customers.events import CustomerLearned
from golddraht.customers.models import ContactPoint, FormerWay
from golddraht.customers.models.contact_point import KNOWN
from golddraht.customers.operations.doubting import note_dead_address
from golddraht.customers.operations.proposing import Proposed, propose
from golddraht.customers.operations.recognising import add_contact_point
from golddraht.customers.queries import contact_point_at, ids_of_person
from golddraht.customers.rules.ways import Reached
from golddraht.plumbing.bus import publish
from golddraht.plumbing.tenancy import current_sight


class Outcome(StrEnum):
    """What became of a way that somebody told us."""

    ADDED = "ADDED"
    ALREADY = "ALREADY"  # It stands in their record.
    ELSEWHERE = "ELSEWHERE"  # Somebody else has it; a colleague looks whether both are one person.


@dataclass(frozen=True)
class Noted:
    """`owner_id` is whose way it is now: the customer's own, or somebody else's."""

    outcome: Outcome
    owner_id: int


class NotTheirWay(LookupError):
    """There is no such way in this person's record."""


class TakenMeanwhile(ValueError):
    """The way has become somebody else's; nothing was changed."""

    def __init__(self, owner_id: int) -> None:
        super().__init__(owner_id)
        self.owner_id = owner_id


@transaction.atomic
def add_way(
    *, customer_id: int, way: Reached, source: str, at: datetime, why: str = "has this way of contact too"
) -> Noted:
    """One more way to reach the person. What is somebody else's stays theirs: whether both are one is then asked (`why`)."""
    known = contact_point_at(channel=way.channel, address=way.address)
    if known is None:
        told = {"channel": way.channel, "address": way.address, "shown": way.shown}
        add_contact_point(customer_id=customer_id, **told, source=source, at=at)
        _looked_at(customer_id, at)
        return Noted(Outcome.ADDED, customer_id)
    if known.customer_id in ids_of_person(customer_id=customer_id):
        return Noted(Outcome.ALREADY, known.customer_id)
    pair = Proposed(customer_id, known.customer_id, certainty=0.97, reasons=(why,))
    propose(pairs=[pair], found_by="rule:mailbox" if way.channel == "EMAIL" else "rule:way", at=at)
    return Noted(Outcome.ELSEWHERE, known.customer_id)


@transaction.atomic
def retire_way(*, customer_id: int, point_id: int, source: str, at: datetime) -> int | None:
    """The way is no longer theirs, and whoever writes from it is new; what was known of it is kept. The id by which it comes back.

    None when it is not in this person's record.
    """
    rows = ContactPoint.objects.filter(pk=point_id, customer_id__in=ids_of_person(customer_id=customer_id))
    point = rows.select_for_update().first()
    if point is None:
        return None
    kept = {name: getattr(point, name) for name in KNOWN}
    actor = current_sight().actor
    former = FormerWay.objects.create(
        customer_id=point.customer_id, **kept, ended_at=at, ended_source=source, ended_actor_id=actor
    )
    point.delete()
    _looked_at(former.customer_id, at)
    return former.pk


@transaction.atomic
def bring_back_way(*, customer_id: int, former_id: int, at: datetime) -> None:
    """It is theirs after all, with everything that was known of it. Raises NotTheirWay and TakenMeanwhile."""
    rows = FormerWay.objects.filter(pk=former_id, customer_id__in=ids_of_person(customer_id=customer_id))
    former = rows.select_for_update().first()
    if former is None:
        raise NotTheirWay(former_id)
    standing = contact_point_at(channel=former.channel, address=former.address)
    if standing is not None and standing.customer_id not in ids_of_person(customer_id=customer_id):
        raise TakenMeanwhile(standing.customer_id)
    if standing is None:
        ContactPoint.objects.create(customer_id=former.customer_id, **{name: getattr(former, name) for name in KNOWN})
    former.delete()
    _looked_at(former.customer_id, at)


def _looked_at(customer_id: int, at: datetime) -> None:
    """Whether mail still reaches them, and who else has these numbers, is seen anew."""
    note_dead_address(customer_id=customer_id, at=at)
    publish(CustomerLearned(customer_id, at))
