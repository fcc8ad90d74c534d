"""Giving back, thing by thing, what was before a file was taken over: what it alone said is no longer said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from golddraht.commerce.events import DateWithdrawn, OutsideWithdrawn
from golddraht.commerce.models import BadRow, Order, Statement, Tie
from golddraht.commerce.operations.settling import MODELS, OF_AN_ORDER, give, settle, write_columns
from golddraht.commerce.operations.stating import COLUMNS, statements_of
from golddraht.commerce.operations.telling import mark_of_thing
from golddraht.commerce.rules import Spoken, Thing
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.undoing import leave_the_rest
from golddraht.imports.rules.states import RowState
from golddraht.plumbing.bus import publish

DONE = ("arrived_at", "done_at")
"""What says that a promised thing took place."""
TOLD = ("cancelled_at", "sent_at", "arrived_at", "done_at", "announced_at", "received_at")
"""What is told on as something that happened."""


def undo_some(file: Import, portion: int, *, at: datetime) -> bool:
    """Undo the next statements, and count what became of them; False when none is left. The caller saves the file."""
    rows = list(Statement.objects.filter(import_id=file.pk).order_by("pk")[:portion])
    for (thing, place_id), ids in _by_thing(rows).items():
        _count(file, _unsay(file, thing, place_id, ids, at=at))
    file.through += len(rows)
    if len(rows) == portion:
        return True
    Row.objects.filter(file=file, state=RowState.TAKEN).update(state=RowState.UNDONE)
    BadRow.objects.filter(import_id=file.pk, settled_at=None).delete()
    leave_the_rest(file)
    return False


def _by_thing(rows: Iterable[Statement]) -> dict[tuple[Thing, int], set[int]]:
    found: dict[tuple[Thing, int], set[int]] = {}
    for row in rows:
        ids = ((thing, getattr(row, f"{name}_id")) for thing, name in COLUMNS.items())
        found.setdefault(next((thing, id_) for thing, id_ in ids if id_ is not None), set()).add(row.pk)
    return found


@dataclass(frozen=True)
class Unsaid:
    """How many statements fell, whether the thing is gone with them, and whether it came with this file and stays."""

    statements: int = 0
    is_gone: bool = False
    has_stayed: bool = False


def _count(file: Import, done: Unsaid) -> None:
    file.withdrawn_count += done.statements
    file.gone_count += done.is_gone
    file.stayed_count += done.has_stayed


def _unsay(file: Import, thing: Thing, place_id: int, ids: Collection[int], *, at: datetime) -> Unsaid:
    place: Any = MODELS[thing].objects.select_for_update().get(pk=place_id)
    passed_on = _pass_on_words(file, ids)
    ids = set(ids) - passed_on
    if not ids:
        return Unsaid()
    before = copy(place)
    Statement.objects.filter(pk__in=ids).delete()
    left = statements_of(thing, place_id)
    if not left and not _is_dealt_with(place):
        _go(thing, place, at=at)
        return Unsaid(len(ids), is_gone=True)
    _settle_again(thing, before, place, left, at=at)
    return Unsaid(len(ids), has_stayed=file.begun_at is not None and place.first_heard_at >= file.begun_at)


def _pass_on_words(file: Import, ids: Collection[int]) -> set[int]:
    """What another file has said as well is that one's word from now on; gives which of these that was."""
    others = Row.objects.filter(said_id__in=ids, state=RowState.TAKEN).exclude(file=file).order_by("pk")
    heirs = {one.said_id: one.file_id for one in others if one.said_id is not None}
    for old in Statement.objects.filter(pk__in=heirs):
        was = old.pk
        Statement.objects.filter(pk=was).delete()
        old.pk, old.import_id = None, heirs[was]
        old.save(force_insert=True)
        Row.objects.filter(said_id=was).exclude(file=file).update(said_id=old.pk)
    return set(heirs)


def _is_dealt_with(place: Any) -> bool:
    """A colleague has said that a concern is about it."""
    return isinstance(place, Order) and Tie.objects.filter(order=place, untied_at=None, found_by="member").exists()


def _go(thing: Thing, place: Any, *, at: datetime) -> None:
    _take_date_back(place, None, at=at)
    if isinstance(place, Order) and place.customer_id is not None:
        _leave_its_customer(place, at=at)
    publish(OutsideWithdrawn(str(thing), place.pk, (), at))
    place.delete()


def _settle_again(thing: Thing, before: Any, place: Any, left: Sequence[Spoken], *, at: datetime) -> None:
    """As the rest says. What the file alone said to have happened did not."""
    said = [one.said for one in left]
    after = copy(place)
    write_columns(thing, after, said)
    _take_date_back(before, after, at=at)
    if said:
        settle(thing, place, said, at=at)
    else:
        write_columns(thing, place, said)
        place.said_at = None
        place.save()
        if isinstance(place, Order):
            place.lines.all().delete()
    fallen = tuple(name for name in TOLD if getattr(before, name, None) is not None and getattr(place, name) is None)
    if fallen:
        publish(OutsideWithdrawn(str(thing), place.pk, fallen, at))


def _take_date_back(before: Any, after: Any | None, *, at: datetime) -> None:
    """Whoever was promised a date that nobody has said, or heard of a proof that was none, is not held to it."""
    if getattr(before, "customer_id", None) is None or not hasattr(before, "promised_until"):
        return
    names = ("promised_from", "promised_until", "promised_at", "agreed")
    is_other = after is None or any(getattr(before, name) != getattr(after, name) for name in names)
    done = next((name for name in DONE if getattr(before, name, None) is not None), "")
    is_undone = bool(done) and (after is None or getattr(after, done) is None)
    if (is_other and before.promised_at is not None) or is_undone:
        publish(
            DateWithdrawn(
                mark=mark_of_thing(before),
                customer_id=before.customer_id,
                said_at=before.promised_at if is_other else None,
                done_at=getattr(before, done) if is_undone else None,
                at=at,
            )
        )


def _leave_its_customer(order: Order, *, at: datetime) -> None:
    """What was theirs by that order alone is nobody's again."""
    for model in OF_AN_ORDER:
        unnamed: Any = model.objects.select_for_update().filter(source=order.source, order=order.number, email="")
        for row in unnamed.filter(customer_number="", customer_id=order.customer_id).order_by("pk"):
            if not _is_named_by_id(row):
                _take_date_back(row, None, at=at)
                give(row, None)


def _is_named_by_id(row: Any) -> bool:
    thing = next(one for one, model in MODELS.items() if isinstance(row, model))
    return any(one.said.told.get("customer_id") is not None for one in statements_of(thing, row.pk))
