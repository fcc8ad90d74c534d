"""The next portion of whatever an import is at: each in a transaction of its own, safe to ask for at any time and twice at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from golddraht.imports.events import ImportBegun, ImportMoved
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.beginning import throw_away
from golddraht.imports.operations.judging import Seen
from golddraht.imports.operations.keeping import read_file
from golddraht.imports.operations.mapping import forget_trial
from golddraht.imports.operations.mending import leave_rows
from golddraht.imports.operations.taking import count_verdicts, keep_rows
from golddraht.imports.operations.together import with_fellows
from golddraht.imports.rules.states import AT_WORK, RowState, State, Verdict
from golddraht.imports.rules.subjects import subject_of
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id

PORTION = 1_000
"""At most so many rows in a transaction."""
LEFT_LYING = timedelta(minutes=2)
ERASED_KEPT = timedelta(days=30)
"""Rows about somebody erased wait so long for a person; then what stands in them is forgotten."""
FILE_KEPT, FORGOTTEN = timedelta(days=1), timedelta(days=30)
"""A file is kept so long after it was taken over; one with which nobody goes on is thrown away as a whole."""


@transaction.atomic
def work_on(*, import_id: int, at: datetime, seen: Seen) -> bool:
    """Do the next portion; False when nothing is left. `seen` remembers, from portion to portion, whom a trial has met."""
    file = Import.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=import_id).first()
    if file is None or file.state not in AT_WORK:
        return False
    work = {State.READING: _read, State.TRYING: _try, State.RUNNING: _run, State.UNDOING: _undo}[file.state]
    is_left = work(file, seen, at)
    file.moved_at = at
    file.save()
    bus.publish(ImportMoved(file.pk, at))
    return is_left


def _read(file: Import, seen: Seen, at: datetime) -> bool:
    read_file(file, at=at)
    return False


def _portion(file: Import) -> int:
    return min(PORTION, subject_of(file).portion)


def _next_rows(file: Import) -> tuple[list[Row], bool]:
    """The rows of the next portion, and whether more may follow."""
    portion = _portion(file)
    waiting = Row.objects.filter(file=file, state=RowState.WAITING, number__gt=file.through)
    rows = list(waiting.order_by("number")[:portion])
    return rows, len(rows) == portion


def _try(file: Import, seen: Seen, at: datetime) -> bool:
    """Whoever was killed on the way begins anew: nothing is lost, because nothing is done."""
    if seen.through != file.through:
        since = file.trying_since
        forget_trial(file)
        file.trying_since, seen.through = since, 0
        seen.numbers.clear()
        seen.owners.clear()
    (rows, is_left), subject = _next_rows(file), subject_of(file)
    fresh = with_fellows(file, [row for row in rows if not row.verdict])
    subject.try_rows(file, fresh, at=at, seen=seen)
    keep_rows(fresh)
    count_verdicts(file, [Verdict(row.verdict) for row in fresh])
    _come_through(file, rows)
    seen.through = file.through
    file.tried_at = None if is_left else at
    return is_left


def _run(file: Import, seen: Seen, at: datetime) -> bool:
    (rows, is_left), subject = _next_rows(file), subject_of(file)
    subject.take(file, with_fellows(file, rows), at=at)
    _come_through(file, rows)
    file.ended_at = None if is_left else at
    return is_left


def _come_through(file: Import, rows: list[Row]) -> None:
    if rows:
        file.through = rows[-1].number


def _undo(file: Import, seen: Seen, at: datetime) -> bool:
    is_left = subject_of(file).undo_some(file, _portion(file), at=at)
    file.undone_at = None if is_left else at
    return is_left


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """What a killed worker left lying is taken up again; files from which nothing can be taken any more are thrown away."""
    ours = Import.objects.filter(tenant_id=current_tenant_id())
    for file in ours.filter(moved_at__lt=at - LEFT_LYING, undone_at=None).order_by("pk")[:50]:
        if file.state in AT_WORK:
            Import.objects.filter(pk=file.pk).update(moved_at=at)
            bus.publish(ImportBegun(file.pk, at))
    for file in ours.exclude(file="").filter(ended_at__lt=at - FILE_KEPT)[:20]:
        file.file.delete(save=False)
        Import.objects.filter(pk=file.pk).update(file="")
    _leave_the_erased(at)
    for file in ours.filter(begun_at=None, moved_at__lt=at - FORGOTTEN).order_by("pk")[:5]:
        throw_away(import_id=file.pk)


def _leave_the_erased(at: datetime) -> None:
    waiting = Row.objects.filter(tenant_id=current_tenant_id(), erased_at__isnull=False, state=RowState.BAD)
    due = waiting.filter(file__ended_at__lt=at - ERASED_KEPT, file__undoing_since=None).values_list(
        "file_id", "number"
    )[:500]
    for import_id, number in list(due):
        leave_rows(import_id=import_id, numbers=[number], at=at)
