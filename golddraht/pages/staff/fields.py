"""Every single field behind the records about staff: read from the data catalogue, so that nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from golddraht.pages.staff.records import RECORDS
from golddraht.privacy.queries import chosen_months
from golddraht.privacy.queries.processing import StaffTable, staff_tables
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class RecordFields:
    """One kind of record with its tables."""

    title: Any
    tables: list[StaffTable]


def fields_of_records(*, on: date) -> Iterator[RecordFields]:
    """In the order of the page, with the periods of the company; a record without a field of its own is left out."""
    known = staff_tables(country=current_tenant().country, on=on, months=chosen_months())
    for record in RECORDS:
        tables = [known[name] for name in sorted(record.tables) if name in known]
        if tables:
            yield RecordFields(record.title, tables)
