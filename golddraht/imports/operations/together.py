"""Rows of a file that are one, such as the lines of an order: they are looked at together, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from golddraht.imports.models import Import, Row
from golddraht.imports.rules.states import RowState
from golddraht.imports.rules.subjects import subject_of


def with_fellows(file: Import, rows: Sequence[Row]) -> list[Row]:
    """These rows and all others that are one with them and still to be taken over, in the order of the file."""
    place = _place(file)
    keys = {_key(row, place) for row in rows} - {""} if place is not None else set()
    if not keys:
        return list(rows)
    open_ = Row.objects.filter(file=file, state__in=[RowState.WAITING, RowState.BAD])
    others = open_.filter(**{f"cells__{place}__in": sorted(keys)}).exclude(pk__in=[row.pk for row in rows])
    return sorted([*rows, *others], key=lambda row: row.number)


def parts_of(file: Import, rows: Sequence[Row], size: int) -> Iterator[list[Row]]:
    """The rows in parts of about that size; what is one stays together."""
    place, left = _place(file), list(rows)
    while left:
        keys = {_key(row, place) for row in left[:size]} - {""}
        part = [row for index, row in enumerate(left) if index < size or _key(row, place) in keys]
        taken = {row.pk for row in part}
        left = [row for row in left if row.pk not in taken]
        yield part


def _place(file: Import) -> int | None:
    """The column by which rows are one; None where each stands for itself."""
    one_by = subject_of(file).one_by
    return file.targets.index(one_by) if one_by and one_by in file.targets else None


def _key(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""
