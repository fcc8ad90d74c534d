"""The next portion of whatever an import is at: each in a transaction of its own, safe to ask for at any time and twice at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from golddraht.imports.events import ImportBegun, ImportMoved
from golddraht.imports.models import Import, Row
from golddraht.imports.operations.beginning import throw_away
from golddraht.imports.operations.judging import Seen, judge, note_trial, with_likenesses
from golddraht.imports.operations.keeping import read_file
from golddraht.imports.operations.mapping import forget_trial
from golddraht.imports.operations.mending import leave_rows
from golddraht.imports.operations.taking import count_verdicts, home_country, keep_rows, take
from golddraht.imports.operations.undoing import undo_some
from golddraht.imports.rules.states import AT_WORK, RowState, State
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id

PORTION = 1_000
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


def _next_rows(file: Import) -> list[Row]:
    waiting = Row.objects.filter(file=file, state=RowState.WAITING, number__gt=file.through)
    return list(waiting.order_by("number")[:PORTION])


def _try(file: Import, seen: Seen, at: datetime) -> bool:
    """Whoever was killed on the way begins anew: nothing is lost, because nothing is done."""
    if seen.through != file.through:
        since = file.trying_since
        forget_trial(file)
        file.trying_since, seen.through = since, 0
        seen.numbers.clear()
        seen.owners.clear()
    rows = _next_rows(file)
    home = home_country()
    judged = judge(file, rows, home=home, today=at.date(), seen=seen)
    judged = with_likenesses(judged, source=file.source.source, home=home, at=at)
    for one in judged:
        note_trial(one)
    keep_rows(rows)
    count_verdicts(file, [one.verdict for one in judged])
    _come_through(file, rows)
    seen.through = file.through
    file.tried_at = at if len(rows) < PORTION else None
    return file.tried_at is None


def _run(file: Import, seen: Seen, at: datetime) -> bool:
    rows = _next_rows(file)
    take(file, rows, at=at)
    _come_through(file, rows)
    file.ended_at = at if len(rows) < PORTION else None
    return file.ended_at is None


def _come_through(file: Import, rows: list[Row]) -> None:
    if rows:
        file.through = rows[-1].number


def _undo(file: Import, seen: Seen, at: datetime) -> bool:
    is_left = undo_some(file, PORTION, at=at)
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
