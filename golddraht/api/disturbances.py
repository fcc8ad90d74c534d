"""One event that touches many promises."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import IdInPath, Moment
from golddraht.api.shapes.promises import DisturbanceIn, DisturbanceOut, PromiseOut, TouchedPromises
from golddraht.promises.operations import announce_disturbance
from golddraht.promises.queries import touched_by
from golddraht.promises.queries.disturbances import disturbance_by_id, outcome_of
from golddraht.team.rules import Act, Area

router = Router(tags=["disturbances"], auth=Token(Area.PROMISES))
Name = Annotated[str, Query(max_length=80)]


@router.get("/preview", response=TouchedPromises)
def preview(
    request: HttpRequest, starts_at: Moment, ends_at: Moment, tour: Name = "", reference: Name = ""
) -> TouchedPromises:
    """The open deliveries and visits that a disturbance of that time would announce."""
    with reading(request) as visitor:
        visitor.must(Act.ANNOUNCE_DISTURBANCE)
        lines = touched_by(
            viewer=visitor.viewer,
            starts_at=starts_at,
            ends_at=ends_at,
            tour=tour,
            reference=reference,
            at=visitor.at,
        )
        return TouchedPromises(promises=[PromiseOut.of(line) for line in lines])


@router.post("", response={201: DisturbanceOut})
def announce(request: HttpRequest, told: DisturbanceIn) -> HttpResponse:
    """Everybody affected hears of it at once and once, with ways out."""

    def act(visitor: Visitor) -> tuple[int, DisturbanceOut]:
        visitor.must(Act.ANNOUNCE_DISTURBANCE)
        made = announce_disturbance(by=visitor.me, at=visitor.at, **told.model_dump())
        return 201, _shown(visitor, made.pk)

    return writing(request, act)


@router.get("/{disturbance_id}", response=DisturbanceOut)
def outcome(request: HttpRequest, disturbance_id: IdInPath) -> DisturbanceOut:
    """Who has been told, and what they chose."""
    with reading(request) as visitor:
        found = _shown(visitor, disturbance_id)
        visitor.must(Act.ANNOUNCE_DISTURBANCE)
        return found


def _shown(visitor: Visitor, disturbance_id: int) -> DisturbanceOut:
    return DisturbanceOut.of(disturbance_by_id(disturbance_id), outcome_of(disturbance_id, at=visitor.at))
