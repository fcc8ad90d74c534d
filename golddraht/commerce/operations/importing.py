"""Files of orders and deliveries: every row is taken down by itself; one that cannot be understood is kept to be mended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from golddraht.commerce.operations.keeping import Origin, keep_row
from golddraht.commerce.operations.remembering import state_unless_erased
from golddraht.commerce.operations.stating import Outcome
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.sheets import columns_for, rows_in
from golddraht.ground.sheets import NotASheet, cells_of, rows_of

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
    answers = state_unless_erased(thing=thing, source=source, rows=[row.cells for row in rows], at=at)
    origin = Origin(thing, source, file_name, by)
    for row, one in zip(rows, answers, strict=True):
        if one.stated.outcome is Outcome.REFUSED:
            keep_row(one, origin, cells=row.cells, at=at, line=row.line)
    unknown = tuple(name for name in names if name not in columns)
    return Taken(Counter(one.stated.outcome for one in answers), unknown)
