"""Looking at customers for what cannot be quite right: whoever may be one, and doubtful records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.db import transaction

from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.operations.comparing import likely
from golddraht.customers.operations.doubting import OF_A_RECORD, is_cut_off, note_doubts
from golddraht.customers.operations.proposing import Proposed, propose
from golddraht.customers.queries.candidates import Newcomer, candidates_for
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.persons_among import persons_among, said_among
from golddraht.customers.queries.resembling import about_how_many, known_of
from golddraht.customers.rules.attributes import Statement
from golddraht.customers.rules.doubts import Doubtful, Kind, doubts_in
from golddraht.customers.rules.likeness import FOUND_BY, Known
from golddraht.plumbing.asking import Asked, Question

_SORT_NAME: Question[str] = Question(
    lambda: Customer.objects.filter(pk=Asked("pk")).values_list("sort_name", flat=True)
)


def look_for_alike(*, customer_id: int, at: datetime) -> int:
    """Propose everybody who may be one with this customer, of whom something new was learned; how many were new.

    Never merges by itself: what is learned from a mail is what somebody wrote, and anybody may write the name, birthday and address of another.
    """
    ids = ids_of_person(customer_id=customer_id)
    sort_name = _SORT_NAME.first(pk=customer_id) or ""
    found = resembling({customer_id: Newcomer(tuple(ids), sort_name, _of(ids, said_among(ids)))}, {})
    return propose(pairs=found, found_by=FOUND_BY, at=at) if found else 0


@transaction.atomic
def look_at_many(*, customer_ids: Iterable[int], at: datetime) -> int:
    """Everything that `look_for_alike`, `look_for_doubts` and `note_dead_address` find of these; how many pairs were new.

    For many it asks the database as often as for one.
    """
    persons = persons_among(customer_ids)
    said = said_among(list(chain.from_iterable(persons.values())))
    _look_for_doubts(persons, said, at)
    names = dict(Customer.objects.filter(pk__in=persons).values_list("pk", "sort_name"))
    newcomers = {front: Newcomer(tuple(ids), names[front], _of(ids, said)) for front, ids in persons.items()}
    pairs = {tuple(sorted((one.one_id, one.other_id))): one for one in resembling(newcomers, {})}
    return propose(pairs=pairs.values(), found_by=FOUND_BY, at=at)


def resembling(newcomers: Mapping[int, Newcomer], unknown: Mapping[int, Known]) -> list[Proposed]:
    """Pairs of a newcomer and whoever may be the same; those of `newcomers` who are no customers yet stand in `unknown`."""
    candidates = candidates_for(newcomers)
    others = set(chain.from_iterable(candidates.others.values()))
    known = known_of(ids=[*others, *(key for key in newcomers if key not in unknown)]) | dict(unknown)
    people = about_how_many() if others else 0
    found = [
        likely(key, other, known, people=people, namesakes=candidates.namesakes[key])
        for key in newcomers
        for other in sorted(candidates.others[key])
        if other in known
    ]
    return [pair for pair in found if pair is not None]


def _of(ids: Iterable[int], said: Mapping[int, list[Statement]]) -> list[Statement]:
    return list(chain.from_iterable(said.get(one, []) for one in ids))


def _look_for_doubts(persons: Mapping[int, Sequence[int]], said: Mapping[int, list[Statement]], at: datetime) -> None:
    found = {front: doubts_in(_of(ids, said), at=at) for front, ids in persons.items()}
    dead = _dead_addresses(persons)
    note_doubts(
        {front: [*found[front], *dead.get(front, [])] for front in persons}, of=(*OF_A_RECORD, Kind.ADDRESS), at=at
    )


def _dead_addresses(persons: Mapping[int, Sequence[int]]) -> dict[int, list[Doubtful]]:
    front_of = {one: front for front, ids in persons.items() for one in ids}
    points: dict[int, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(customer_id__in=front_of, channel="EMAIL"):
        points.setdefault(front_of[point.customer_id], []).append(point)
    return {front: is_cut_off(theirs) for front, theirs in points.items()}
