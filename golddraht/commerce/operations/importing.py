"""Files of orders and deliveries: every row is taken down by itself; one that cannot be understood is kept to be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from golddraht.commerce.models import BadRow
from golddraht.commerce.operations.remembering import state_from_file
from golddraht.commerce.operations.stating import Outcome, Stated
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.sheets import columns_for, rows_in
from golddraht.ground.sheets import NotASheet, cells_of, rows_of
from golddraht.ground.text import one_line

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Taken:
    """What became of a file: how many rows came out how, and the columns nobody has a meaning for."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    unknown_columns: tuple[str, ...] = ()


@transaction.atomic
def take_sheet(
    *, thing: Thing, source: str, path: Path, at: datetime, file_name: str = "", by: int | None = None
) -> Taken:
    """Take down every row of a CSV file. The same file again changes nothing. Raises NotASheet."""
    names = [name for name in next(cells_of(path)) if name]
    columns = columns_for(thing, names)
    if "number" not in columns.values():
        raise NotASheet("One column has to be called “number”: by it each row is known again.")
    rows = rows_in(thing, rows_of(path), columns)
    if len(rows) > MOST_ROWS:
        raise NotASheet(f"At most {MOST_ROWS} rows at once.")
    stated = state_from_file(thing=thing, source=source, rows=[row.cells for row in rows], at=at)
    for row, one in zip(rows, stated, strict=True):
        if one.outcome is Outcome.REFUSED:
            _keep(one, thing=thing, source=source, file_name=file_name, line=row.line, cells=row.cells, by=by, at=at)
    unknown = tuple(name for name in names if name not in columns)
    return Taken(Counter(one.outcome for one in stated), unknown)


def _keep(
    one: Stated,
    *,
    thing: Thing,
    source: str,
    file_name: str,
    line: int,
    cells: Mapping[str, Any],
    by: int | None,
    at: datetime,
) -> None:
    """A bad row is kept once, however often its file comes."""
    told = {"thing": thing, "source": one_line(source, 60), "cells": dict(cells), "settled_at": None}
    BadRow.objects.get_or_create(
        **told,
        defaults={
            "file_name": one_line(file_name, 200),
            "line": line,
            "reason": one.reason,
            "field": one_line(one.field, 40),
            "kept_at": at,
            "by_id": by,
        },
    )
