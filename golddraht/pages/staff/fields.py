"""Every single field behind the records about staff: read from the data catalogue, so that nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from golddraht.pages.staff.records import RECORDS
from golddraht.privacy.queries.processing import staff_fields


@dataclass(frozen=True)
class RecordFields:
    """One kind of record with the fields of its tables."""

    title: Any
    lines: list[tuple[str, str]]


def fields_of_records() -> Iterator[RecordFields]:
    """In the order of the page; a record without a field of its own is left out."""
    known = staff_fields()
    for record in RECORDS:
        lines = [(table, ", ".join(known[table])) for table in sorted(record.tables) if known.get(table)]
        if lines:
            yield RecordFields(record.title, lines)
