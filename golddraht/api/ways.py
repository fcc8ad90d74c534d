"""Ways of contact of a customer: adding one, calling one theirs no longer, and back again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.customers import ContactPointOut
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.api.shapes.samples import ARRIVED, WAY
from golddraht.customers.operations import NotTheirWay, add_way, bring_back_way, retire_way
from golddraht.customers.queries import contact_points_of, customer_for
from golddraht.customers.queries.ways import former_ways_of
from golddraht.customers.rules import Source
from golddraht.customers.rules.ways import LONGEST, WayKind, messenger_of, way_of
from golddraht.team.queries import current_tenant
from golddraht.team.rules import Area

router = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))


class FormerWayOut(Schema):
    """A way that is theirs no longer; `id` brings it back."""

    id: int
    channel: str
    messenger: str
    address: str
    source: str
    ended_at: datetime
    ended_source: str


class Ways(Schema):
    """Every way to reach a person, and those that are theirs no longer."""

    ways: list[ContactPointOut]
    former: list[FormerWayOut]
    model_config = example(
        ways=[WAY],
        former=[
            {
                "id": 3,
                "channel": "FAX",
                "messenger": "",
                "address": "0316 123457",
                "source": "import:shop",
                "ended_at": ARRIVED,
                "ended_source": "member",
            }
        ],
    )

    @staticmethod
    def of(points: list[Any], former: list[Any]) -> Ways:
        return Ways(ways=[ContactPointOut.of(one) for one in points], former=[_former(one) for one in former])


def _former(one: Any) -> FormerWayOut:
    return FormerWayOut(
        id=one.pk,
        channel=one.channel,
        messenger=messenger_of(one.channel, one.address),
        address=one.shown,
        source=one.source,
        ended_at=one.ended_at,
        ended_source=one.ended_source,
    )


class WayIn(Schema):
    """One more way. A messenger is named in `messenger`, or in front of the address; none is promised to be written to."""

    channel: WayKind
    address: str = Field(min_length=1, max_length=LONGEST)
    messenger: str = Field("", max_length=30)
    source: Literal["customer", "member"] = "member"
    model_config = example(channel="MESSENGER", messenger="Signal", address="+43 664 1234567")


class WayNoted(Ways):
    """`outcome` is ADDED, ALREADY, or ELSEWHERE: then `owner_id` has it, and a colleague is asked whether both are one."""

    outcome: Literal["ADDED", "ALREADY", "ELSEWHERE"]
    owner_id: int
    model_config = example(outcome="ADDED", owner_id=102, ways=[WAY], former=[])


@router.get("/{customer_id}/ways", response=Ways)
def ways_of(request: HttpRequest, customer_id: IdInPath) -> Ways:
    """How a customer can be reached, on ways of every kind, and how no longer."""
    with reading(request) as visitor:
        return _of(visitor, customer_for(viewer=visitor.viewer, customer_id=customer_id).pk)


@router.post("/{customer_id}/ways", response={201: WayNoted})
def add(request: HttpRequest, customer_id: IdInPath, told: WayIn) -> HttpResponse:
    """Take down one more way. What is somebody else's stays theirs."""

    def act(visitor: Visitor) -> tuple[int, WayNoted]:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        way = way_of(told.channel, told.address, messenger=told.messenger, country=current_tenant().country)
        noted = add_way(customer_id=person.pk, way=way, source=Source(told.source), at=visitor.at)
        known = _of(visitor, person.pk)
        return 201, WayNoted(outcome=noted.outcome.value, owner_id=noted.owner_id, ways=known.ways, former=known.former)

    return writing(request, act)


@router.delete("/{customer_id}/ways/{way_id}", response=Ways)
def retire(request: HttpRequest, customer_id: IdInPath, way_id: IdInPath) -> HttpResponse:
    """It is theirs no longer; what was known of it is kept among `former`."""

    def act(visitor: Visitor) -> tuple[int, Ways]:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        if retire_way(customer_id=person.pk, point_id=way_id, source=Source.MEMBER, at=visitor.at) is None:
            raise NotTheirWay(way_id)
        return 200, _of(visitor, person.pk)

    return writing(request, act)


@router.post("/{customer_id}/ways/former/{way_id}", response=Ways)
def bring_back(request: HttpRequest, customer_id: IdInPath, way_id: IdInPath) -> HttpResponse:
    """It is theirs after all. Refused where it has become somebody else's."""

    def act(visitor: Visitor) -> tuple[int, Ways]:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        bring_back_way(customer_id=person.pk, former_id=way_id, at=visitor.at)
        return 200, _of(visitor, person.pk)

    return writing(request, act)


def _of(visitor: Visitor, customer_id: int) -> Ways:
    visitor.sees_customer(customer_id)
    return Ways.of(contact_points_of(customer_id=customer_id), former_ways_of(customer_id=customer_id))
