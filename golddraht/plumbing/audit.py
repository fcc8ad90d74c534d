"""Who saw what. Changes write their own lines by trigger; looking has to be noted by the door that was opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q

from golddraht.plumbing.models import Trace
from golddraht.plumbing.tenancy import current_sight


def note_seen(seen: Iterable[tuple[str, int]], *, at: datetime, seat_id: int | None = None) -> None:
    """One line for each (table, id) that the acting member looked at, or whoever of the client company has that seat."""
    actor = current_sight().actor
    Trace.objects.bulk_create(
        Trace(actor_id=actor, seat_id=seat_id, verb="see", subject=subject, subject_id=id_, at=at)
        for subject, id_ in seen
    )


def trail_of(*, subject: str, subject_id: int, limit: int = 200) -> list[Trace]:
    """The newest lines about one row."""
    return list(Trace.objects.filter(subject=subject, subject_id=subject_id).order_by("-at", "-pk")[:limit])


@dataclass(frozen=True)
class Asked:
    """What is looked for in the trail; nothing asked is everything. `since` and `until` are moments, the last one excluded."""

    actor_id: int | None = None
    seat_id: int | None = None
    verb: str = ""
    subject: str = ""
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Asked()


def trail(asked: Asked = EVERYTHING, *, limit: int = 200, before_id: int | None = None) -> list[Trace]:
    """The newest lines of the tenant being seen; `before_id` pages on. Updates that changed nothing are left out."""
    rows = Trace.objects.exclude(verb="update", fields=[]).filter(_condition(asked)).order_by("-pk")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows[:limit])


def _condition(asked: Asked) -> Q:
    named = {name: getattr(asked, name) for name in ("actor_id", "seat_id", "verb", "subject", "subject_id")}
    condition = Q(**{name: value for name, value in named.items() if value})
    if asked.since is not None:
        condition &= Q(at__gte=asked.since, pk__gte=_near(asked.since - LEEWAY))
    if asked.until is not None:
        condition &= Q(at__lt=asked.until, pk__lte=_near(asked.until + LEEWAY))
    return condition


LEEWAY = timedelta(minutes=10)
"""Lines are numbered as they are written, and written within a transaction: so far apart number and moment may be."""


def _near(at: datetime) -> int:
    """The number of the first line at that moment or later, found by halving: it spares an index over the moments."""
    ends = Trace.objects.aggregate(first=Min("pk"), last=Max("pk"))
    low, high = ends["first"] or 0, (ends["last"] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = Trace.objects.filter(pk__gte=middle).order_by("pk").values_list("pk", "at").first()
        if found is None or found[1] >= at:
            high = middle
        else:
            low = found[0] + 1
    return low


def note_changed(subject: str, subject_id: int, fields: Iterable[str], *, at: datetime, verb: str = "update") -> None:
    """A line for a change of a table outside the walls, which has no trigger: who works here, the company itself."""
    names = sorted(fields)
    if names or verb != "update":
        Trace.objects.create(
            actor_id=current_sight().actor, verb=verb, subject=subject, subject_id=subject_id, fields=names, at=at
        )
