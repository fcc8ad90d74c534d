"""A copy of everything about a person."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from golddraht.access.queries import CopyLine
from golddraht.access.rules.copying import CopyState
from golddraht.api.shapes.fields import example


class CopyIn(Schema):
    """`words` are those in which the person asked."""

    words: str = Field("", max_length=2000)
    model_config = example(words="Bitte schicken Sie mir alle meine Daten.")


class CopyOut(Schema):
    """`done` is of a hundred; `ends_at` is when the archive is deleted, null until it is ready."""

    id: int
    customer_id: int
    state: CopyState
    done: int
    asked_at: datetime
    made_at: datetime | None
    ends_at: datetime | None
    size: int
    model_config = example(
        id=7,
        customer_id=4711,
        state="READY",
        done=100,
        asked_at="2026-11-16T09:00:00Z",
        made_at="2026-11-16T09:00:04Z",
        ends_at="2026-11-23T09:00:04Z",
        size=482133,
    )

    @staticmethod
    def of(copy: CopyLine) -> CopyOut:
        return CopyOut(**{name: getattr(copy, name) for name in CopyOut.model_fields})
