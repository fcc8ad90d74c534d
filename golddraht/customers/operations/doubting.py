"""Noticing what cannot be quite right about a record, and settling it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from golddraht.customers.models import ContactPoint, Doubt
from golddraht.customers.operations.learning import Said, learn
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.record import said_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.doubts import COST, Doubtful, Kind, doubts_in
from golddraht.plumbing.tenancy import current_sight

OF_A_RECORD = (Kind.DATES, Kind.GREETING, Kind.NAME)
CHOSEN = {Kind.DATES: Attribute.BORN_ON, Kind.GREETING: Attribute.SALUTATION, Kind.NAME: Attribute.NAME}


class NotDoubtful(LookupError):
    """There is no such doubt, or somebody has settled it already."""


@transaction.atomic
def look_for_doubts(*, customer_id: int, at: datetime) -> None:
    """Notice what is doubtful about the person by now; what is so no longer is gone by itself."""
    front = ids_of_person(customer_id=customer_id)[0]
    found = doubts_in([one.statement for one in said_of(customer_id=front)])
    note_doubts({front: found}, of=OF_A_RECORD, at=at)


@transaction.atomic
def note_dead_address(*, customer_id: int, at: datetime) -> None:
    """Notice that nothing reaches the person by mail any more, or that something does again."""
    ids = ids_of_person(customer_id=customer_id)
    points = list(ContactPoint.objects.filter(customer_id__in=ids, channel="EMAIL"))
    note_doubts({ids[0]: is_cut_off(points)}, of=(Kind.ADDRESS,), at=at)


def is_cut_off(points: Sequence[ContactPoint]) -> list[Doubtful]:
    """The doubt that nothing reaches the person by mail any more, if that is so of these addresses of theirs."""
    dead = tuple(sorted(point.shown for point in points if point.unreachable_since))
    return [Doubtful(Kind.ADDRESS, dead)] if dead and len(dead) == len(points) else []


def note_doubts(found: Mapping[int, Sequence[Doubtful]], *, of: Sequence[Kind], at: datetime) -> None:
    """What is doubtful of these kinds, by the head of a person; of whoever has nothing doubtful, everything is gone."""
    known = {(row.customer_id, row.kind): row for row in Doubt.objects.filter(customer_id__in=found, kind__in=of)}
    new = []
    for front, one in ((front, one) for front, doubts in found.items() for one in doubts):
        row = known.pop((front, one.kind), None)
        if row is None:
            told = {"kind": one.kind, "values": list(one.values), "cost": COST[one.kind]}
            new.append(Doubt(customer_id=front, noticed_at=at, **told))
        elif tuple(row.values) != one.values or row.settled_as == "gone":
            _put(row, values=list(one.values), settled_as="", settled_at=None, actor_id=None)
    Doubt.objects.bulk_create(new)
    for row in known.values():
        if not row.settled_as or row.settled_as == "ask":
            _put(row, settled_as="gone", settled_at=at)


def _put(row: Doubt, **told: object) -> None:
    Doubt.objects.filter(pk=row.pk).update(**told)


@transaction.atomic
def settle_doubt(*, doubt_id: int, as_: str, at: datetime, value: str = "") -> None:
    """Choose a value ("kept"), ask at the next contact ("ask") or leave it ("left"). Raises NotDoubtful."""
    row = Doubt.objects.select_for_update().filter(pk=doubt_id, settled_at=None).first()
    if row is None or (as_ == "kept" and (row.kind not in CHOSEN or value not in row.values)):
        raise NotDoubtful(doubt_id)
    _put(row, settled_as=as_, settled_at=at, actor_id=current_sight().actor)
    if as_ == "kept":
        _choose(row, value, at)


def _choose(row: Doubt, value: str, at: datetime) -> None:
    attribute = CHOSEN[Kind(row.kind)]
    source = Source.CUSTOMER if attribute is Attribute.SALUTATION else Source.MEMBER
    wrong = [Said(attribute, one, Source.CUSTOMER, denies=True) for one in row.values if one != value]
    learn(customer_id=row.customer_id, said=[Said(attribute, value, source), *wrong], at=at)


@transaction.atomic
def reopen_doubt(*, doubt_id: int, at: datetime) -> None:
    """Undo how a doubt was settled. What was called wrong for it is said again, so that both stand as before."""
    row = Doubt.objects.select_for_update().filter(pk=doubt_id).exclude(settled_at=None).first()
    if row is None:
        raise NotDoubtful(doubt_id)
    if row.settled_as in ("kept", "gone") and row.kind in CHOSEN:
        attribute = CHOSEN[Kind(row.kind)]
        again = [Said(attribute, one, Source.MEMBER, "doubtful again") for one in row.values]
        learn(customer_id=row.customer_id, said=again, at=at)
    _put(row, settled_as="", settled_at=None, actor_id=None)
