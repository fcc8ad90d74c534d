"""A file is kept first and understood second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from golddraht.customers.rules.sources import Source
from golddraht.ground.sheets import NotASheet
from golddraht.ground.tables import Table, table_in
from golddraht.ground.text import folded, one_line
from golddraht.imports.events import ImportBegun, ImportMoved
from golddraht.imports.models import Import, ImportSource, Mapping, Row
from golddraht.imports.rules.guessing import Why, fits_saved
from golddraht.imports.rules.subjects import CUSTOMERS, subject_named, subject_of
from golddraht.plumbing import bus
from golddraht.plumbing.files import new_name

LARGEST = 25 * 1000 * 1000
MOST_ROWS = 300_000
AT_ONCE = 400_000
"""A file of so many bytes is understood at once, a larger one by a job."""
LOOKED_AT = 200
PORTION = 2_000
KINDS = (Source.CONTRACT, Source.IMPORT, Source.LIST)


class ImportRefused(ValueError):
    """`reason`: SOURCE (no name), KIND, EMPTY, TOO_LARGE, STATE (it is too far for that), TARGETS, MUST (a column
    is missing), ABOUT (nothing that files are about), ROW, WHY (no reason)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def open_source(*, name: str, kind: str, at: datetime) -> ImportSource:
    """The source of that name, known or new. How far it is trusted is said once: what it said carries it. Raises ImportRefused."""
    called = one_line(name, 60)
    key = "-".join("".join(sign if sign.isalnum() else " " for sign in folded(called)).split())
    if not key:
        raise ImportRefused("SOURCE")
    if kind not in KINDS:
        raise ImportRefused("KIND")
    known = ImportSource.objects.filter(source__in=[f"{one}:{key}" for one in KINDS]).first()
    if known is not None:
        return known
    made: ImportSource = ImportSource.objects.create(name=called, source=f"{kind}:{key}", opened_at=at)
    return made


@transaction.atomic
def keep_file(
    *,
    source_id: int,
    file: File[bytes],
    file_name: str,
    by: int | None,
    at: datetime,
    about: str = CUSTOMERS,
    largest: int = LARGEST,
    at_hand: bool = False,
) -> Import:
    """Keep a file as it came; a small one, or any that is `at_hand`, is understood at once. Raises ImportRefused for an empty or too large one."""
    if subject_named(about) is None:
        raise ImportRefused("ABOUT")
    if not file.size:
        raise ImportRefused("EMPTY")
    if file.size > largest:
        raise ImportRefused("TOO_LARGE")
    kept = Import(
        source=ImportSource.objects.get(pk=source_id),
        about=about,
        file_name=one_line(Path(file_name).name or "import.csv", 200),
        size=file.size,
        by_id=by,
        kept_at=at,
        moved_at=at,
    )
    kept.file.save(new_name(), file, save=False)
    kept.save()
    if at_hand or file.size <= AT_ONCE:
        read_file(kept, at=at)
    else:
        bus.publish(ImportBegun(kept.pk, at))
    return kept


@transaction.atomic
def read_file(kept: Import, *, at: datetime) -> None:
    """Put the rows of the file where they can be looked at one by one, and guess what its columns mean."""
    Row.objects.filter(file=kept).delete()
    try:
        with transaction.atomic(), _nearby(kept) as path:
            table = table_in(path, knows=subject_of(kept).knows)
            _describe(kept, table)
            _guess(kept, _put_rows(kept, table))
    except NotASheet as refusal:
        kept.unreadable = one_line(str(refusal), 400)
    else:
        kept.read_at = at
    kept.moved_at = at
    kept.save()
    bus.publish(ImportMoved(kept.pk, at))


@contextmanager
def _nearby(kept: Import) -> Iterator[Path]:
    """The file as one on this machine, wherever the storage keeps it."""
    with default_storage.open(str(kept.file.name)) as stored, NamedTemporaryFile() as copy:
        while piece := stored.read(1_000_000):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)


def _describe(kept: Import, table: Table) -> None:
    for name in ("form", "encoding", "separator", "quote"):
        setattr(kept, name, table.told.get(name, ""))
    kept.sheet = table.told.get("sheet", "")[:100]
    kept.header_line, kept.columns = table.header_line, list(table.columns)


def _put_rows(kept: Import, table: Table) -> list[list[str]]:
    """Gives the first of them."""
    first: list[list[str]] = []
    kept.row_count = 0
    while lines := list(islice(table.lines, PORTION)):
        Row.objects.bulk_create([Row(file=kept, number=line.number, cells=line.cells) for line in lines])
        first += [line.cells for line in lines[: LOOKED_AT - len(first)]]
        kept.row_count += len(lines)
        if kept.row_count > MOST_ROWS:
            raise NotASheet(f"There are more than {MOST_ROWS} rows in it. Send it in parts: people met twice stay one.")
    if not kept.row_count:
        raise NotASheet("There are columns, and no rows below them.")
    return first


def _guess(kept: Import, first: Sequence[Sequence[str]]) -> None:
    """A mapping that was kept for such files goes before any guess."""
    for saved in Mapping.objects.filter(source=kept.source, about=kept.about).order_by("-kept_at"):
        if fits_saved(kept.columns, saved.columns):
            told = dict(zip(saved.columns, saved.targets, strict=True))
            kept.targets, kept.mapping_name = [told[column] for column in kept.columns], saved.name
            kept.whys = [str(Why.SAVED)] * len(kept.columns)
            return
    found = subject_of(kept).guesses(kept.columns, first)
    kept.targets, kept.whys = [str(one.target) for one in found], [str(one.why) for one in found]
