"""The journey of a customer."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

from golddraht.api.paging import cursor_of
from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import example
from golddraht.ground.numbers import spoken
from golddraht.journey.queries import Happened, Stretch


class EventOut(Schema):
    """One thing that happened. `kind` is one of journey.rules.Kind; `conversation` the number that people say."""

    id: int
    at: datetime
    kind: str
    channel: str
    customer_id: int
    conversation: str
    subject: str
    promise_id: int | None
    order_id: int | None
    delivery_id: int | None
    appointment_id: int | None
    return_id: int | None

    @staticmethod
    def of(one: Happened) -> EventOut:
        names = EventOut.model_fields.keys() - {"conversation"}
        number = spoken(one.number) if one.number else ""
        return EventOut(conversation=number, **{name: getattr(one, name) for name in names})


class JourneyOut(Schema):
    """A page, the latest first; `next` is the cursor of the following one, null on the last."""

    events: list[EventOut]
    next: str | None
    model_config = example(events=[samples.EVENT], next=None)

    @staticmethod
    def of(stretch: Stretch) -> JourneyOut:
        older = cursor_of(*stretch.older) if stretch.older else None
        return JourneyOut(events=[EventOut.of(one) for one in stretch.events], next=older)
