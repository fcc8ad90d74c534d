"""Workbooks (.xlsx, .xls, .ods) as rows of text: a formula is its last result, a date is written as 1980-05-17."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from golddraht.ground.sheets import NotASheet

LARGEST_INSIDE = 600_000_000
"""What a workbook may unpack to, so that nobody fills the memory with a small file."""
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_workbook(start: bytes) -> bool:
    return start.startswith((ZIP, OLD))


def sheet_of(path: Path, wanted: str = "") -> tuple[str, Iterator[list[str]]]:
    """The name and the rows of one sheet: the one asked for, else the visible one with the most rows. Raises NotASheet."""
    _refuse_bombs(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        name = wanted if wanted in book.sheet_names else _fullest(book)
        sheet = book.get_sheet_by_name(name)
    except PasswordError as error:
        raise NotASheet(
            "The workbook is locked by a password: open it, save it without one, and send it again."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise NotASheet("The workbook cannot be opened. Save it anew as .xlsx, or as CSV.") from error
    return name, ([_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False))


def _refuse_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        names = packed.infolist()
    if sum(one.file_size for one in names) > LARGEST_INSIDE:
        raise NotASheet("The workbook is too large when it is unpacked. Save the sheet as CSV, or in parts.")


def _fullest(book: Any) -> str:
    shown = [
        one.name
        for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]
    if not shown:
        raise NotASheet("There is no sheet with rows in this workbook.")
    return str(max(shown, key=lambda name: book.get_sheet_by_name(name).total_height))


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.isoformat("minutes") if isinstance(cell, time) else str(cell)
