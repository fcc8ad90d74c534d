"""Rows that could not be taken over: mended one by one or in a spreadsheet, taken without what is wrong, or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from golddraht.ground.text import one_line
from golddraht.imports.events import ImportMoved
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.judging import Seen
from golddraht.imports.operations.keeping import ImportRefused
from golddraht.imports.operations.taking import count_verdicts, keep_rows
from golddraht.imports.operations.together import parts_of, with_fellows
from golddraht.imports.rules.states import RowState, State, Verdict
from golddraht.imports.rules.subjects import subject_of
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_sight

MENDABLE = (State.TRIED, State.DONE)
AT_ONCE = 500


@transaction.atomic
def mend_rows(*, import_id: int, cells: Mapping[int, Sequence[str]], at: datetime) -> int:
    """Write these cells into bad rows, by their numbers, and try them again; how many are good now. Raises ImportRefused."""
    file = _locked(import_id)
    rows = _bad_rows(file, cells)
    for row in (row for row in rows if row.number in cells):
        told = [one.strip() for one in cells[row.number]]
        row.cells = [*told[: len(file.columns)], *[""] * (len(file.columns) - len(told))]
    return _again(file, rows, at)


@transaction.atomic
def take_without(*, import_id: int, at: datetime, numbers: Sequence[int] | None = None) -> int:
    """Take bad rows over without the values that cannot be understood; how many are good now. Raises ImportRefused."""
    file = _locked(import_id)
    rows = _bad_rows(file, numbers)
    for row in rows:
        row.is_lenient = True
    return _again(file, rows, at)


@transaction.atomic
def leave_rows(*, import_id: int, numbers: Sequence[int] | None, at: datetime) -> int:
    """These bad rows are not wanted; their cells are forgotten. How many. Raises ImportRefused."""
    file = _locked(import_id)
    rows = _bad_rows(file, numbers)
    for row in rows:
        row.state, row.cells, row.odd, row.digest, row.erased_at = RowState.LEFT, [], [], "", None
    keep_rows(rows)
    count_verdicts(file, [], less=[Verdict.BAD] * len(rows))
    _moved(file, at)
    return len(rows)


@transaction.atomic
def let_in(*, import_id: int, number: int, why: str, at: datetime) -> int:
    """Take over a row about somebody who was erased, for a reason (a new contract): 1 when it is good now. Raises ImportRefused.

    Erasing stays as it is in the ledger; whoever is let in is somebody new.
    """
    file = _locked(import_id)
    rows = [row for row in _bad_rows(file, [number]) if row.erased_at is not None and subject_of(file).lets_in]
    if not one_line(why, 300):
        raise ImportRefused("WHY")
    if not rows:
        raise ImportRefused("ROW")
    for row in rows:
        row.let_in_why, row.let_in_at, row.actor_id = one_line(why, 300), at, current_sight().actor
    return _again(file, rows, at)


def _locked(import_id: int) -> Import:
    file: Import = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if file.state not in MENDABLE:
        raise ImportRefused("STATE")
    return file


def _bad_rows(file: Import, numbers: Mapping[int, Sequence[str]] | Sequence[int] | None) -> list[Row]:
    rows = Row.objects.filter(file=file, verdict=Verdict.BAD, state__in=[RowState.WAITING, RowState.BAD])
    if numbers is None:
        return list(rows.order_by("number"))
    return with_fellows(file, list(rows.filter(number__in=list(numbers)).order_by("number")))


def _again(file: Import, rows: list[Row], at: datetime) -> int:
    """In a file that was taken over they are taken over as well; in one that was only tried, tried."""
    count_verdicts(file, [], less=[Verdict.BAD] * len(rows))
    for some in parts_of(file, rows, AT_ONCE):
        if file.state is State.DONE:
            subject_of(file).take(file, some, at=at)
        else:
            _try(file, some, at)
    _moved(file, at)
    return sum(row.verdict != Verdict.BAD for row in rows)


def _try(file: Import, rows: list[Row], at: datetime) -> None:
    subject_of(file).try_rows(file, rows, at=at, seen=Seen())
    keep_rows(rows)
    count_verdicts(file, [Verdict(row.verdict) for row in rows])


def _moved(file: Import, at: datetime) -> None:
    file.moved_at = at
    file.save()
    bus.publish(ImportMoved(file.pk, at))
