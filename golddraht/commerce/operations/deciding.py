"""Rows that were kept because they could not be taken down: somebody decides what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from golddraht.commerce.models import BadRow
from golddraht.commerce.operations.remembering import Answered, OfErased, state_unless_erased
from golddraht.commerce.operations.stating import FromFile, Outcome, Stated
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.columns import cell_words
from golddraht.ground.text import one_line
from golddraht.plumbing.tenancy import current_sight, current_tenant_id

ERASED_KEPT = timedelta(days=30)
"""So long a row about somebody erased waits for a decision; after that it is left."""

AT_ONCE = 500


class AlreadySettled(LookupError):
    """Somebody has mended this row, or let it go."""


class NotLetIn(ValueError):
    """`reason`: WHY (none was given) or ROW (it is about nobody who was erased)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def mend_row(*, row_id: int, cells: Mapping[str, str], at: datetime) -> Stated:
    """Try a bad row again as it was mended; still refused it stays, with its new cells and reason. Raises AlreadySettled."""
    row = _waiting(row_id)
    told = row.cells | {name: value.strip() for name, value in cells.items() if _is_other(row.cells, name, value)}
    told = {name: value for name, value in told.items() if value != ""}
    (answer,) = state_unless_erased(thing=Thing(row.thing), source=row.source, rows=[told], at=at, origin=_origin(row))
    if answer.stated.outcome is Outcome.REFUSED:
        _note_reason(row, told, answer)
    else:
        _settle(row, "mended", at=at)
    return answer.stated


def _is_other(cells: Mapping[str, Any], name: str, value: str) -> bool:
    """What a program told keeps its form (cents, null) unless somebody writes something else."""
    return value.strip() != (cell_words(cells[name]) if name in cells else "")


def _note_reason(row: BadRow, told: dict[str, Any], answer: Answered) -> None:
    found: OfErased | None = answer.of_erased
    row.cells, row.reason, row.field = told, answer.stated.reason, one_line(answer.stated.field, 40)
    row.erased_at = found.erased_at if found else None
    row.marks, row.place = (list(found.marks), found.place) if found else ([], "")
    row.save(update_fields=["cells", "reason", "field", "erased_at", "marks", "place"])


@transaction.atomic
def let_in_row(*, row_id: int, why: str, at: datetime) -> list[Stated]:
    """Take down a row about somebody erased, for a reason (a new contract), and all others that name them so; gives each in the
    order in which they came. From now on what names them so is taken down. Raises AlreadySettled, NotLetIn.

    Erasing stays as it is in the ledger, and being erased again ends it.
    """
    row = _waiting(row_id)
    if not one_line(why, 300):
        raise NotLetIn("WHY")
    if row.erased_at is None:
        raise NotLetIn("ROW")
    told = [_let_in(one, why, at) for one in _of_the_same(row)]
    return [_stated(one, cells, at) for one, cells in told]


def _of_the_same(row: BadRow) -> list[BadRow]:
    rows = BadRow.objects.select_for_update().filter(tenant_id=current_tenant_id(), settled_at=None)
    return [one for one in rows.filter(erased_at__isnull=False).order_by("pk") if set(one.marks) & set(row.marks)]


def _let_in(row: BadRow, why: str, at: datetime) -> tuple[BadRow, dict[str, Any]]:
    """Decided for the row; gives what stood in it, said when it came."""
    cells = {"said_at": row.kept_at} | row.cells
    row.let_in_why, row.actor_id = one_line(why, 300), current_sight().actor
    _settle(row, "let_in", at=at)
    return row, cells


def _stated(row: BadRow, cells: dict[str, Any], at: datetime) -> Stated:
    """What is wrong besides is shown like any other bad row."""
    (answer,) = state_unless_erased(thing=Thing(row.thing), source=row.source, rows=[cells], at=at, origin=_origin(row))
    if answer.stated.outcome is Outcome.REFUSED:
        wrong = {"reason": answer.stated.reason, "field": one_line(answer.stated.field, 40)}
        told = {"thing": row.thing, "source": row.source, "file_name": row.file_name, "line": row.line, "by": row.by}
        told |= {"import_id": row.import_id}
        BadRow.objects.create(**told, **wrong, cells=_plain(cells), kept_at=row.kept_at)
    return answer.stated


def _origin(row: BadRow) -> FromFile | None:
    return FromFile(row.import_id, row.kept_at) if row.import_id is not None else None


def _plain(cells: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cells.items() if not isinstance(value, datetime)}


@transaction.atomic
def drop_row(*, row_id: int, at: datetime) -> None:
    """Nobody needs this row. Of somebody erased: the thing stays outside when it is told again. Raises AlreadySettled."""
    row = _waiting(row_id)
    row.actor_id = current_sight().actor
    _settle(row, "dropped", at=at)


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Rows about somebody erased of whom nobody has decided in time are left; gives how many."""
    waiting = BadRow.objects.select_for_update(skip_locked=True).filter(tenant_id=current_tenant_id(), settled_at=None)
    due = list(waiting.filter(erased_at__isnull=False, kept_at__lt=at - ERASED_KEPT).order_by("pk")[:AT_ONCE])
    for row in due:
        _settle(row, "dropped", at=at)
    return len(due)


def _waiting(row_id: int) -> BadRow:
    row = BadRow.objects.select_for_update().filter(pk=row_id, settled_at=None).first()
    if row is None:
        raise AlreadySettled(row_id)
    found: BadRow = row
    return found


def _settle(row: BadRow, as_: str, *, at: datetime) -> None:
    """What stood in it is forgotten: either the thing itself knows it now, or nobody is to."""
    row.settled_as, row.settled_at, row.cells = as_, at, {}
    row.save(update_fields=["settled_as", "settled_at", "cells", "let_in_why", "actor_id"])
