"""Tables for spreadsheets: CSV as the reader's own program opens it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.translation import get_language

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""
BOM = "\ufeff"
Cell = str | int | float | None


def written(rows: Iterable[Iterable[Cell]]) -> str:
    """Semicolon and comma in German, comma and point in English; nothing that a cell says is a formula."""
    is_german = (get_language() or "de").startswith("de")
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if is_german else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_said(cell, is_german) for cell in row])
    return BOM + out.getvalue()


def _said(cell: Cell, is_german: bool) -> str:
    if isinstance(cell, float):
        number = f"{cell:.2f}"
        return number.replace(".", ",") if is_german else number
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(DANGEROUS) else text
