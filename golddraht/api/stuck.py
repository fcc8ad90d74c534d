"""Mail that did not arrive, and sending it once more."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.channels.operations import send_again
from golddraht.channels.queries import Undelivered, undelivered
from golddraht.ground.numbers import spoken
from golddraht.team.rules import Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))
MOST = 10_000
SHOWN: dict[str, Any] = {
    "id": 88,
    "conversation": "10427-1",
    "subject": "Ihr Ofen",
    "recipient": "valentina@moser.example",
    "state": "REFUSED",
    "attempts": 1,
    "next_attempt_at": None,
    "answer": "550 5.1.1 unknown user",
    "is_automatic": False,
    "changed_at": "2026-11-30T08:12:00Z",
}


class StuckOut(Schema):
    """A message that has not reached a recipient: `WAITING` after a failed try, `REFUSED`, `HELD` or `UNKNOWN`."""

    id: int
    conversation: str
    subject: str
    recipient: str
    state: str
    attempts: int
    next_attempt_at: datetime | None
    answer: str
    is_automatic: bool
    changed_at: datetime
    model_config = example(**SHOWN)

    @staticmethod
    def of(one: Undelivered) -> StuckOut:
        names = StuckOut.model_fields.keys() - {"conversation"}
        return StuckOut(conversation=spoken(one.conversation_number), **{name: getattr(one, name) for name in names})


class Stuck(Schema):
    deliveries: list[StuckOut]
    model_config = example(deliveries=[SHOWN])


@router.get("/undelivered", response=Stuck)
def list_undelivered(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> Stuck:
    """What has not arrived, the newest change first."""
    with reading(request) as visitor:
        return _stuck(visitor, limit)


def _stuck(visitor: Visitor, limit: int = 100) -> Stuck:
    return Stuck(deliveries=[StuckOut.of(one) for one in undelivered(viewer=visitor.viewer, limit=limit)])


@router.post("/undelivered/{delivery_id}/again", response=Stuck)
def again(request: HttpRequest, delivery_id: IdInPath) -> HttpResponse:
    """Try once more what was refused, held or left unknown; what waits already goes on waiting. The answer is what stands still."""

    def act(visitor: Visitor) -> tuple[int, Stuck]:
        if delivery_id not in {one.id for one in undelivered(viewer=visitor.viewer, limit=MOST)}:
            raise Problem(404, "no-such-delivery", "There is nothing of that number that did not arrive.")
        send_again(delivery_id=delivery_id, at=visitor.at)
        return 200, _stuck(visitor)

    return writing(request, act)
