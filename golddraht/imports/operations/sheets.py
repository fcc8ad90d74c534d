"""Bad rows that were mended in a spreadsheet come back: each by its number in the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from golddraht.ground.sheets import NotASheet
from golddraht.ground.tables import table_in
from golddraht.imports.models import Import
from golddraht.imports.operations.keeping import LARGEST, ImportRefused
from golddraht.imports.operations.mending import mend_rows

ROW = "#"
"""The column with the number of the row, in the sheet that is given out."""


def mend_from_sheet(*, import_id: int, content: IO[bytes], size: int, at: datetime) -> tuple[int, int]:
    """How many rows of the sheet were mended, out of how many. Raises ImportRefused (SHEET, TOO_LARGE, STATE)."""
    if size > LARGEST:
        raise ImportRefused("TOO_LARGE")
    columns = Import.objects.values_list("columns", flat=True).get(pk=import_id)
    with NamedTemporaryFile() as copy:
        copy.write(content.read())
        copy.flush()
        cells = _cells(Path(copy.name), columns)
    return mend_rows(import_id=import_id, cells=cells, at=at), len(cells)


def _cells(path: Path, columns: list[str]) -> dict[int, list[str]]:
    try:
        table = table_in(path, knows={ROW, *columns}.__contains__)
        places = {name: index for index, name in enumerate(table.columns)}
        if ROW not in places or not places.keys() & set(columns):
            raise ImportRefused("SHEET")
        return {
            int(line.cells[places[ROW]]): [_bare(line.cells[places[one]]) if one in places else "" for one in columns]
            for line in table.lines
            if line.cells[places[ROW]].isdecimal()
        }
    except NotASheet as error:
        raise ImportRefused("SHEET") from error


def _bare(cell: str) -> str:
    """Without the sign that kept a spreadsheet from taking +49 for a sum."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
