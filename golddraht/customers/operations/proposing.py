"""Pairs of customers who may be one person: proposed by rules and models, settled by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from golddraht.customers.models import Resemblance
from golddraht.customers.operations.merging import merge_customers
from golddraht.ground.text import one_line
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.rows import all_changed
from golddraht.plumbing.tenancy import current_sight


@dataclass(frozen=True)
class Proposed:
    """Two customers who may be one person, how sure that is (0 to 1), and why, in words a colleague understands."""

    one_id: int
    other_id: int
    certainty: float
    reasons: tuple[str, ...]


class AlreadySettled(ValueError):
    """Somebody has settled this pair already."""


_AMONG: Question[Resemblance] = Question(
    lambda: Resemblance.objects.filter(first__pk__among=Asked("firsts"), second__pk__among=Asked("seconds"))
)


@transaction.atomic
def propose(*, pairs: Iterable[Proposed], found_by: str, at: datetime) -> int:
    """Put pairs before people, and how many of them are new. What is known and not settled gets the newer reasons.

    What a person has settled stays settled: nobody is asked the same twice.
    """
    told = {_key(pair): pair for pair in pairs}
    rows = _AMONG.all(firsts=[first for first, _ in told], seconds=[second for _, second in told]) if told else []
    known = {(row.first_id, row.second_id): row for row in rows}
    new = [
        Resemblance(first_id=key[0], second_id=key[1], found_at=at, **_told(pair, found_by))
        for key, pair in told.items()
        if key not in known
    ]
    Resemblance.objects.bulk_create(new, ignore_conflicts=True)
    waiting = [
        (row, _told(told[key], found_by)) for key, row in known.items() if key in told and row.settled_at is None
    ]
    _say_anew([(row, says) for row, says in waiting if any(getattr(row, name) != said for name, said in says.items())])
    return len(new)


def _say_anew(rows: Sequence[tuple[Resemblance, dict[str, Any]]]) -> None:
    for row, says in rows:
        for name, said in says.items():
            setattr(row, name, said)
    all_changed([row for row, _ in rows], "certainty", "reasons", "found_by")


def _key(pair: Proposed) -> tuple[int, int]:
    first, second = sorted((pair.one_id, pair.other_id))
    return first, second


def _told(pair: Proposed, found_by: str) -> dict[str, Any]:
    return {
        "certainty": min(max(pair.certainty, 0.0), 1.0),
        "reasons": [one_line(reason, 200) for reason in pair.reasons],
        "found_by": found_by[:80],
    }


@transaction.atomic
def settle_resemblance(*, resemblance_id: int, as_: str, at: datetime) -> int | None:
    """One person ("merged"), two ("different"), or not to be decided now ("later"). Gives the merge, if any. Raises AlreadySettled."""
    row = Resemblance.objects.select_for_update().filter(pk=resemblance_id, settled_at=None).first()
    if row is None:
        raise AlreadySettled(resemblance_id)
    row.settled_as, row.settled_at, row.actor_id = as_, at, current_sight().actor
    row.save(update_fields=["settled_as", "settled_at", "actor_id"])
    if as_ != "merged":
        return None
    merge = merge_customers(customer_id=row.second_id, into_id=row.first_id, reasons=row.reasons, at=at)
    return merge.pk


@transaction.atomic
def reopen_resemblance(*, resemblance_id: int) -> None:
    """Undo a decision that was no merge: the pair waits again."""
    rows = Resemblance.objects.filter(pk=resemblance_id, settled_as__in=["different", "later"])
    rows.update(settled_as="", settled_at=None, actor_id=None)
