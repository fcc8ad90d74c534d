"""Rows that were kept because they could not be taken down: somebody decides what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from golddraht.commerce.models import BadRow
from golddraht.commerce.operations.remembering import state_from_file
from golddraht.commerce.operations.stating import Outcome, Stated
from golddraht.commerce.rules import Thing
from golddraht.ground.text import one_line


class AlreadySettled(LookupError):
    """Somebody has mended this row, or let it go."""


@transaction.atomic
def mend_row(*, row_id: int, cells: Mapping[str, str], at: datetime) -> Stated:
    """Try a bad row again as it was mended; still refused it stays, with its new cells and reason. Raises AlreadySettled."""
    row = _waiting(row_id)
    told = row.cells | {name: value.strip() for name, value in cells.items() if name in row.cells or value.strip()}
    told = {name: value for name, value in told.items() if value != ""}
    (stated,) = state_from_file(thing=Thing(row.thing), source=row.source, rows=[told], at=at)
    if stated.outcome is Outcome.REFUSED:
        row.cells, row.reason, row.field = told, stated.reason, one_line(stated.field, 40)
        row.save(update_fields=["cells", "reason", "field"])
    else:
        _settle(row, "mended", at=at)
    return stated


@transaction.atomic
def drop_row(*, row_id: int, at: datetime) -> None:
    """Nobody needs this row. Raises AlreadySettled."""
    _settle(_waiting(row_id), "dropped", at=at)


def _waiting(row_id: int) -> BadRow:
    row = BadRow.objects.select_for_update().filter(pk=row_id, settled_at=None).first()
    if row is None:
        raise AlreadySettled(row_id)
    found: BadRow = row
    return found


def _settle(row: BadRow, as_: str, *, at: datetime) -> None:
    row.settled_as, row.settled_at = as_, at
    row.save(update_fields=["settled_as", "settled_at"])
