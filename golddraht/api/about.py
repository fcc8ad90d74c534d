"""Which order a concern is about: what was found by its number can be corrected, what was not can be said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.concerns import on_concern
from golddraht.api.door import Token
from golddraht.api.shapes.conversations import ConcernOut
from golddraht.api.shapes.fields import IdInPath, NumberInPath
from golddraht.commerce.operations import tie, untie
from golddraht.commerce.queries import order_by_id
from golddraht.team.rules import Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))


@router.put("/{number}/orders/{order_id}", response=ConcernOut)
def tie_order(request: HttpRequest, number: NumberInPath, order_id: IdInPath) -> HttpResponse:
    """It is about this order of its customer."""
    return on_concern(
        request,
        number,
        lambda one, by: tie(
            conversation_id=one.pk,
            order_id=order_by_id(viewer=by.viewer, order_id=order_id).id,
            by=by.me,
            at=by.at,
        ),
    )


@router.delete("/{number}/orders/{order_id}", response=ConcernOut)
def untie_order(request: HttpRequest, number: NumberInPath, order_id: IdInPath) -> HttpResponse:
    """It is not about this order, whatever number was found. Twice changes nothing."""
    return on_concern(
        request,
        number,
        lambda one, by: untie(
            conversation_id=one.pk, order_id=order_by_id(viewer=by.viewer, order_id=order_id).id, at=by.at
        ),
    )
