"""Who saw what. Changes write their own lines by trigger; looking has to be noted by the door that was opened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from golddraht.plumbing.models import Trace
from golddraht.plumbing.tenancy import current_sight


def note_seen(seen: Iterable[tuple[str, int]], *, at: datetime) -> None:
    """One line for each (table, id) that the acting member looked at."""
    actor = current_sight().actor
    Trace.objects.bulk_create(
        Trace(actor_id=actor, verb="see", subject=subject, subject_id=id_, at=at) for subject, id_ in seen
    )


def trail_of(*, subject: str, subject_id: int, limit: int = 200) -> list[Trace]:
    """The newest lines about one row."""
    return list(Trace.objects.filter(subject=subject, subject_id=subject_id).order_by("-at", "-pk")[:limit])


def trail(*, limit: int = 200, before_id: int | None = None) -> list[Trace]:
    """The newest lines of the tenant being seen; `before_id` pages on. Updates that changed nothing are left out."""
    rows = Trace.objects.exclude(verb="update", fields=[]).order_by("-pk")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows[:limit])


def note_changed(subject: str, subject_id: int, fields: Iterable[str], *, at: datetime, verb: str = "update") -> None:
    """A line for a change of a table outside the walls, which has no trigger: who works here, the company itself."""
    names = sorted(fields)
    if names or verb != "update":
        Trace.objects.create(
            actor_id=current_sight().actor, verb=verb, subject=subject, subject_id=subject_id, fields=names, at=at
        )
