"""Requests to be erased."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema

from golddraht.api.shapes.fields import Id, example
from golddraht.privacy.queries import Request

ERASURE = {
    "id": 4,
    "state": "ASKED",
    "customer_id": 117,
    "asked_at": "2026-11-16T09:00:00Z",
    "due_on": "2026-12-16",
    "erased_at": None,
    "done_at": None,
}


class ErasureOut(Schema):
    """`state` is ASKED, WORKING, DONE, REFUSED or WITHDRAWN. Once it is done, `customer_id` names nobody any more."""

    id: int
    state: str
    customer_id: int
    asked_at: datetime
    due_on: date
    erased_at: datetime | None
    done_at: datetime | None
    model_config = example(**ERASURE)

    @staticmethod
    def of(one: Request) -> ErasureOut:
        return ErasureOut(
            id=one.id,
            state=one.stage.value,
            customer_id=one.customer_id,
            asked_at=one.asked_at,
            due_on=one.due_on,
            erased_at=one.erased_at,
            done_at=one.done_at,
        )


class ErasureIn(Schema):
    """Take down that this customer wishes to be erased; a lead decides."""

    customer_id: Id
    model_config = example(customer_id=117)
