"""Noticing what cannot be quite right about a record, and settling it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from golddraht.customers.events import CustomerLearned
from golddraht.customers.models import ContactPoint, Doubt, Fact
from golddraht.customers.operations.correcting import WordsNeeded
from golddraht.customers.operations.learning import Said, learn, settle
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.record import said_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.doubts import COST, Doubtful, Kind, attribute_of, doubts_in
from golddraht.plumbing.bus import publish
from golddraht.plumbing.tenancy import current_sight

OF_A_RECORD = (Kind.DATES, Kind.GREETING, Kind.NAME, Kind.UNSURE)


class NotDoubtful(LookupError):
    """There is no such doubt, somebody has settled it already, or it went by itself."""


@transaction.atomic
def look_for_doubts(*, customer_id: int, at: datetime) -> None:
    """Notice what is doubtful about the person by now; what is so no longer is gone by itself."""
    front = ids_of_person(customer_id=customer_id)[0]
    found = doubts_in([one.statement for one in said_of(customer_id=front)], at=at)
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
            told = {"kind": one.kind, "values": list(one.values), "cost": COST[one.kind], "attribute": one.attribute}
            new.append(Doubt(customer_id=front, noticed_at=at, **told))
        elif _is_another(row, one) or row.settled_as == "gone":
            told = {"values": list(one.values), "attribute": one.attribute}
            told |= {"noticed_at": at} if row.settled_as == "gone" or row.attribute != one.attribute else {}
            _put(row, settled_as="", settled_at=None, actor_id=None, **told)
    Doubt.objects.bulk_create(new)
    for row in known.values():
        if not row.settled_as or row.settled_as == "ask":
            _put(row, settled_as="gone", settled_at=at)


def _is_another(row: Doubt, one: Doubtful) -> bool:
    return (tuple(row.values), row.attribute) != (one.values, one.attribute)


def _put(row: Doubt, **told: object) -> None:
    Doubt.objects.filter(pk=row.pk).update(**told)


@transaction.atomic
def settle_doubt(*, doubt_id: int, as_: str, at: datetime, value: str = "", words: str = "") -> None:
    """Choose a value ("kept"), ask at the next contact ("ask") or leave it ("left"). Raises NotDoubtful.

    What was to be asked can still be chosen or left: the answer may have come by telephone.
    What is chosen is a colleague's word. How somebody is addressed needs theirs beside it: raises WordsNeeded.
    """
    waits = ("",) if as_ == "ask" else ("", "ask")
    row = Doubt.objects.select_for_update().filter(pk=doubt_id, settled_as__in=waits).first()
    if row is None or (as_ == "kept" and (_attribute(row) is None or value not in row.values)):
        raise NotDoubtful(doubt_id)
    if as_ == "kept" and row.kind == Kind.GREETING and not words.strip():
        raise WordsNeeded("Note the words in which they said so, or ask them at the next contact.")
    _put(row, settled_as=as_, settled_at=at, actor_id=current_sight().actor)
    if as_ == "kept":
        _choose(row, value, words, at)


def _attribute(row: Doubt) -> Attribute | None:
    return attribute_of(Kind(row.kind), row.attribute)


def _choose(row: Doubt, value: str, words: str, at: datetime) -> None:
    attribute = _attribute(row)
    assert attribute is not None, "Whoever chooses a value was refused without one."
    wrong = [Said(attribute, one, Source.MEMBER, words, denies=True) for one in row.values if one != value]
    learn(customer_id=row.customer_id, said=[Said(attribute, value, Source.MEMBER, words), *wrong], at=at)


@transaction.atomic
def reopen_doubt(*, doubt_id: int, at: datetime) -> None:
    """Undo how a doubt was settled: exactly what was taken down for it is withdrawn, and everything else is trusted as before.

    Raises NotDoubtful, also where it went by itself.
    """
    row = Doubt.objects.select_for_update().filter(pk=doubt_id).exclude(settled_as__in=["", "gone"]).first()
    if row is None:
        raise NotDoubtful(doubt_id)
    _put(row, settled_as="", settled_at=None, actor_id=None)
    if row.settled_as == "kept":
        _unchoose(row, at)


def _unchoose(row: Doubt, at: datetime) -> None:
    """Told by its moment and whoever settled it; once it was taken down as the customer's own word."""
    assert row.settled_at is not None, "What was settled has a moment."
    said = Fact.objects.filter(customer_id=row.customer_id, attribute=_attribute(row), said_at=row.settled_at)
    said.filter(actor_id=row.actor_id, source__in=[Source.MEMBER, Source.CUSTOMER]).delete()
    settle(customer_id=row.customer_id)
    publish(CustomerLearned(row.customer_id, at))
