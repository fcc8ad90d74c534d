"""Giving back, row by row, what was before an import."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from golddraht.customers.operations.withdrawing import withdraw
from golddraht.imports.models import Import, Row
from golddraht.imports.rules.states import RowState


def undo_some(file: Import, portion: int, *, at: datetime) -> bool:
    """Undo the next rows, and count what became of them; False when none is left. The caller saves the file.

    The rows of one customer are undone together.
    """
    assert file.begun_at is not None, "It was begun."
    taken = Row.objects.filter(file=file, state=RowState.TAKEN).exclude(customer_id=None)
    ids = _customers(taken.order_by("customer_id").distinct()[:portion])
    met = _customers(taken.filter(customer_id__in=ids, is_new=True))
    done = withdraw(
        met=met,
        known=ids - met,
        source=file.source.source,
        said_at=file.begun_at,
        touched=_customers(Row.objects.filter(customer_id__in=met, state=RowState.TAKEN).exclude(file=file)),
        at=at,
    )
    taken.filter(customer_id__in=ids).update(state=RowState.UNDONE)
    file.withdrawn_count += done.facts
    file.gone_count += len(done.gone)
    file.stayed_count += len(done.stayed)
    file.through += len(ids)
    if len(ids) == portion:
        return True
    leave_the_rest(file)
    return False


def leave_the_rest(file: Import) -> None:
    """What was not taken over never will be."""
    Row.objects.filter(file=file, state__in=[RowState.WAITING, RowState.BAD]).update(state=RowState.LEFT)


def _customers(rows: QuerySet[Row]) -> set[int]:
    return {one for one in rows.values_list("customer_id", flat=True) if one is not None}
