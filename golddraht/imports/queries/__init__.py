"""Imports, how far they are, and what became of their rows."""

from __future__ import annotations

from collections.abc import Sequence

from golddraht.customers.queries import Seer
from golddraht.imports.models import Import, ImportSource, Mapping, Row
from golddraht.imports.rules.states import RowState, Verdict


class NoSuchImport(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


def imports_for(*, viewer: Seer, limit: int = 100, after_id: int | None = None) -> list[Import]:
    """The newest first; `after_id` pages on."""
    rows = Import.objects.filter(tenant_id=viewer.tenant_id).select_related("source", "by__user").order_by("-pk")
    return list((rows.filter(pk__lt=after_id) if after_id else rows)[:limit])


def import_for(*, viewer: Seer, import_id: int) -> Import:
    """Raises NoSuchImport."""
    rows = Import.objects.filter(tenant_id=viewer.tenant_id, pk=import_id).select_related("source", "by__user")
    found: Import | None = rows.first()
    if found is None:
        raise NoSuchImport(import_id)
    return found


def first_rows(*, import_id: int, limit: int = 10) -> list[Row]:
    """The first rows that still have their cells."""
    rows = Row.objects.filter(file_id=import_id).exclude(cells=[])
    return list(rows.order_by("number")[:limit])


def bad_rows(*, import_id: int, limit: int | None = 50, after: int = 0) -> list[Row]:
    """Rows that wait to be mended, in the order of the file."""
    rows = (
        Row.objects.filter(
            file_id=import_id,
            verdict=Verdict.BAD,
            state__in=[RowState.WAITING, RowState.BAD],
            number__gt=after,
        )
        .select_related("file")
        .order_by("number")
    )
    return list(rows[:limit] if limit else rows)


def bad_row(*, import_id: int, number: int) -> Row:
    """Raises NoSuchImport."""
    found = next(
        (row for row in bad_rows(import_id=import_id, limit=1, after=number - 1) if row.number == number), None
    )
    if found is None:
        raise NoSuchImport(number)
    return found


def doubtful_rows(*, import_id: int, limit: int = 50) -> list[Row]:
    rows = Row.objects.filter(file_id=import_id, verdict=Verdict.DOUBTFUL).select_related("file")
    return list(rows.order_by("number")[:limit])


def count_apart(*, import_id: int) -> int:
    """How many rows name somebody erased and wait elsewhere for a decision."""
    rows = Row.objects.filter(file_id=import_id, state=RowState.LEFT, verdict=Verdict.BAD, erased_at__isnull=False)
    return int(rows.count())


def sources_for(*, viewer: Seer) -> list[ImportSource]:
    return list(ImportSource.objects.filter(tenant_id=viewer.tenant_id).order_by("name"))


def mappings_of(*, source_id: int) -> Sequence[Mapping]:
    return list(Mapping.objects.filter(source_id=source_id).order_by("name"))


def mapping_for(*, viewer: Seer, mapping_id: int) -> Mapping:
    """Raises NoSuchImport."""
    found: Mapping | None = Mapping.objects.filter(tenant_id=viewer.tenant_id, pk=mapping_id).first()
    if found is None:
        raise NoSuchImport(mapping_id)
    return found
