"""Copies that were asked for: how far one is, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.access.models import Copy
from golddraht.access.rules.copying import CopyState
from golddraht.customers.queries import ids_of_person


class NoSuchCopy(LookupError):
    """There is none, or not for this person: the same answer for both."""


@dataclass(frozen=True)
class CopyLine:
    """One copy. `done` is of a hundred; `stored_as` is empty until it is ready and after it was deleted."""

    id: int
    customer_id: int
    state: CopyState
    done: int
    asked_at: datetime
    made_at: datetime | None
    ends_at: datetime | None
    size: int
    stored_as: str

    @property
    def is_under_way(self) -> bool:
        return self.state in (CopyState.WAITING, CopyState.MAKING)

    @property
    def is_ready(self) -> bool:
        return self.state is CopyState.READY


def latest_copy(*, customer_id: int, at: datetime) -> CopyLine | None:
    """The one that was asked for last for this person, while it can still be of use."""
    rows = Copy.objects.filter(customer_id__in=ids_of_person(customer_id=customer_id)).order_by("-pk")
    found = rows.exclude(state=CopyState.GONE).first()
    return None if found is None or _is_over(found, at) else _line(found)


def copy_of_person(*, customer_id: int, copy_id: int, at: datetime) -> CopyLine:
    """Raises NoSuchCopy."""
    rows = Copy.objects.filter(pk=copy_id, customer_id__in=ids_of_person(customer_id=customer_id))
    found = rows.first()
    if found is None or _is_over(found, at):
        raise NoSuchCopy(copy_id)
    return _line(found)


def _is_over(copy: Copy, at: datetime) -> bool:
    """Whether its days are over, also before the sweeper has been there."""
    return copy.state == CopyState.GONE or (copy.ends_at is not None and copy.ends_at <= at)


def _line(copy: Copy) -> CopyLine:
    same = ("customer_id", "done", "asked_at", "made_at", "ends_at", "size")
    return CopyLine(
        id=copy.pk,
        state=CopyState(copy.state),
        stored_as=copy.file,
        **{name: getattr(copy, name) for name in same},
    )
