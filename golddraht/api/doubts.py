"""The data refinery: what about records cannot be quite right, settled and waiting again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.api.shapes.merging import ResemblancesOut
from golddraht.customers.operations import reopen_doubt, reopen_resemblance, settle_doubt
from golddraht.customers.queries.doubts import DoubtLine, doubt_for, doubts, doubts_asked
from golddraht.customers.queries.persons import resemblance_for, resemblances
from golddraht.team.rules import Area

router = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))
pairs = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))
SHOWN: dict[str, Any] = {
    "id": 9,
    "customer_id": 102,
    "customer_name": "Valentina Moser",
    "kind": "dates",
    "values": ["1984-05-02", "1948-05-02"],
    "noticed_at": "2026-11-30T08:12:00Z",
    "attribute": "born_on",
    "asked": [],
}


class AskedOut(Schema):
    """That they were asked about it: in which message, and by which colleague."""

    at: datetime
    message_id: int
    member_id: int | None
    model_config = example(at="2026-11-30T08:12:00Z", message_id=501, member_id=3)


class DoubtOut(Schema):
    """What cannot be right, the values that contradict each other or are unsure, and when they were asked about it."""

    id: int
    customer_id: int
    customer_name: str
    kind: str
    values: list[str]
    noticed_at: datetime
    attribute: str
    asked: list[AskedOut]
    model_config = example(**SHOWN)

    @staticmethod
    def of(line: DoubtLine) -> DoubtOut:
        names = ("id", "customer_id", "customer_name", "kind", "noticed_at")
        asked = [AskedOut(at=one.at, message_id=one.message_id, member_id=one.actor_id) for one in line.askings]
        told = {name: getattr(line, name) for name in names}
        return DoubtOut(values=list(line.values), attribute=line.attribute or "", asked=asked, **told)


class Doubts(Schema):
    doubts: list[DoubtOut]
    asked: list[DoubtOut]
    model_config = example(doubts=[SHOWN], asked=[])


class SettleDoubtIn(Schema):
    """`kept`: this value is right; `ask`: ask at the next contact; `left`: leave it. A form of address is kept with the person's own `words`."""

    settled_as: Literal["kept", "ask", "left"]
    value: Annotated[str, Field(max_length=300)] = ""
    words: Annotated[str, Field(max_length=400)] = ""
    model_config = example(settled_as="ask", value="", words="")


@router.get("", response=Doubts)
def list_doubts(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> Doubts:
    """What is to be settled, by what it costs to leave it so; and about what somebody was `asked` and has not answered yet."""
    with reading(request) as visitor:
        return _open(visitor, limit)


def _open(visitor: Visitor, limit: int = 100) -> Doubts:
    viewer, at = visitor.viewer, visitor.at
    return Doubts(
        doubts=[DoubtOut.of(line) for line in doubts(viewer=viewer, at=at, limit=limit)],
        asked=[DoubtOut.of(line) for line in doubts_asked(viewer=viewer, at=at, limit=limit)],
    )


@router.post("/{doubt_id}/settle", response=Doubts)
def settle(request: HttpRequest, doubt_id: IdInPath, told: SettleDoubtIn) -> HttpResponse:
    """Choose a value, ask at the next contact, or leave it. The answer is what still waits."""

    def act(visitor: Visitor) -> tuple[int, Doubts]:
        line = doubt_for(viewer=visitor.viewer, doubt_id=doubt_id)
        settle_doubt(doubt_id=line.id, as_=told.settled_as, value=told.value, words=told.words, at=visitor.at)
        return 200, _open(visitor)

    return writing(request, act)


@router.post("/{doubt_id}/reopen", response=Doubts)
def reopen(request: HttpRequest, doubt_id: IdInPath) -> HttpResponse:
    """It waits again, and exactly what was taken down for it is withdrawn."""

    def act(visitor: Visitor) -> tuple[int, Doubts]:
        line = doubt_for(viewer=visitor.viewer, doubt_id=doubt_id)
        reopen_doubt(doubt_id=line.id, at=visitor.at)
        return 200, _open(visitor)

    return writing(request, act)


@pairs.post("/proposed/{resemblance_id}/reopen", response=ResemblancesOut)
def reopen_pair(request: HttpRequest, resemblance_id: IdInPath) -> HttpResponse:
    """A pair that was settled as different, or for later, waits again. A merge is undone as a merge."""

    def act(visitor: Visitor) -> tuple[int, ResemblancesOut]:
        resemblance_for(viewer=visitor.viewer, resemblance_id=resemblance_id)
        reopen_resemblance(resemblance_id=resemblance_id)
        return 200, ResemblancesOut.of(resemblances(viewer=visitor.viewer, limit=100))

    return writing(request, act)
