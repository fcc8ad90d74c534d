"""Files as columns of text, fast enough for a million rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from golddraht.ground.sheets import NotASheet, cells_of
from golddraht.identity.rules.columns import id_column, meanings

PORTION = 50_000
"""Rows that are turned into columns at a time."""


@dataclass(frozen=True)
class Sheet:
    """A file in memory: the ids of its rows in their order, and a column for each meaning."""

    ids: list[str]
    table: pa.Table


def read(path: str | Path, *, id_column_asked: str = "", mapped: Sequence[str] = ()) -> Sheet:
    """The rows of a CSV file. Raises NotASheet, also when an id is missing or occurs twice."""
    cells = cells_of(path)
    names = next(cells)
    naming = id_column(names, id_column_asked)
    known = meanings([column for column in names if column], mapped, but=naming)
    wanted = {meaning: names.index(column) for meaning, column in known.items()}
    portions: list[pa.Table] = []
    ids: list[str] = []
    while rows := list(islice(cells, PORTION)):
        columns = list(zip(*rows, strict=True))
        ids += columns[names.index(naming)] if naming else []
        portions.append(pa.table({meaning: list(columns[at]) for meaning, at in wanted.items()}))
    empty = pa.table({meaning: pa.array([], pa.string()) for meaning in wanted})
    table = pa.concat_tables(portions) if portions else empty
    ids = ids if naming else [str(number + 1) for number in range(table.num_rows)]
    _look_at(ids, path, naming)
    return Sheet(ids, table)


def _look_at(ids: Sequence[str], path: str | Path, naming: str) -> None:
    if len(set(ids)) == len(ids) and "" not in ids:
        return
    seen: set[str] = set()
    for number, one in enumerate(ids, start=1):
        if not one or one in seen:
            what = f"{one!r} occurs twice" if one else "is empty"
            raise NotASheet(f"{path}, row {number}: {naming} {what}; every row needs an id of its own.")
        seen.add(one)
