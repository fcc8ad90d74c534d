"""What was read as an objection in somebody's words, and what colleagues said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from golddraht.consent.models import ConsentAct
from golddraht.consent.rules import Kind, Purpose, Way
from golddraht.customers.queries import Seer


@dataclass(frozen=True)
class HeardLine:
    """An act that was read in a message, or in a note of a colleague's (the other id is 0). `reading` is the last word of a colleague (MISREAD, UPHELD), None where nobody said one."""

    id: int
    customer_id: int
    message_id: int
    note_id: int
    words: str
    way: Way | None
    purpose: Purpose | None
    is_doubtful: bool
    reading: Kind | None
    why: str
    at: datetime


MOST = 50


def open_doubts(*, viewer: Seer, limit: int = MOST) -> list[HeardLine]:
    """Words that may be an objection and that nobody has judged, the oldest first."""
    said = ConsentAct.objects.filter(read_id=OuterRef("pk"), tenant_id=OuterRef("tenant_id")).order_by("-at", "-pk")
    doubts = ConsentAct.objects.filter(tenant_id=viewer.tenant_id, kind=Kind.DOUBTED)
    rows = doubts.annotate(said=Coalesce(Subquery(said.values("kind")[:1]), Value(str(Kind.UNSAID))))
    rows = rows.filter(said=Kind.UNSAID)
    return [_line(row, None) for row in rows.order_by("at", "pk")[:limit]]


def heard_in(*, viewer: Seer, message_ids: Iterable[int], note_ids: Iterable[int] = ()) -> list[HeardLine]:
    """What was read in these messages and notes, in the order in which it was said."""
    said = Q(message_id__in=list(message_ids)) | Q(note_id__in=list(note_ids))
    return _lines(_heard(viewer).filter(said), viewer)


def heard_of(*, viewer: Seer, customer_ids: Iterable[int]) -> list[HeardLine]:
    """What was read in any message of these customers, or note about them."""
    return _lines(_heard(viewer).filter(customer_id__in=list(customer_ids)), viewer)


def act_read(act_id: int) -> ConsentAct:
    """What a colleague said, for the concern in which it was read."""
    act: ConsentAct = ConsentAct.objects.get(pk=act_id)
    return act


def _heard(viewer: Seer) -> QuerySet[ConsentAct]:
    is_heard = Q(message_id__isnull=False) | Q(note_id__isnull=False)
    rows = ConsentAct.objects.filter(is_heard, kind__in=[Kind.OBJECTED, Kind.DOUBTED])
    return rows.filter(tenant_id=viewer.tenant_id).order_by("at", "pk")


def _lines(rows: QuerySet[ConsentAct], viewer: Seer) -> list[HeardLine]:
    heard = list(rows)
    if not heard:
        return []
    readings = ConsentAct.objects.filter(tenant_id=viewer.tenant_id, read_id__in=[row.pk for row in heard])
    last = {reading.read_id: reading for reading in readings.order_by("at", "pk")}
    return [_line(row, last.get(row.pk)) for row in heard]


def _line(row: ConsentAct, reading: ConsentAct | None) -> HeardLine:
    return HeardLine(
        id=row.pk,
        customer_id=row.customer_id,
        message_id=row.message_id or 0,
        note_id=row.note_id or 0,
        words=row.words,
        way=Way(row.way) if row.way else None,
        purpose=Purpose(row.purpose) if row.purpose else None,
        is_doubtful=row.kind == Kind.DOUBTED,
        reading=Kind(reading.kind) if reading and reading.kind != Kind.UNSAID else None,
        why=reading.words if reading else "",
        at=row.at,
    )
