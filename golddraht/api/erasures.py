"""Asking for somebody to be erased, and how far it is. A person decides; no program erases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.erasures import ErasureIn, ErasureOut
from golddraht.api.shapes.fields import IdInPath
from golddraht.customers.queries import customer_for
from golddraht.privacy.operations import ask_erasure
from golddraht.privacy.queries import erasure_request
from golddraht.team.rules import Area

router = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))


@router.post("", response={201: ErasureOut})
def ask(request: HttpRequest, told: ErasureIn) -> HttpResponse:
    """Take the wish down: its clock runs, and a lead looks at what goes. An open request of the same person is given again."""

    def act(visitor: Visitor) -> tuple[int, ErasureOut]:
        customer_for(viewer=visitor.viewer, customer_id=told.customer_id)
        erasure_id = ask_erasure(customer_id=told.customer_id, by=visitor.me, asked_by_customer=True, at=visitor.at)
        return 201, ErasureOut.of(erasure_request(erasure_id=erasure_id))

    return writing(request, act)


@router.get("/{erasure_id}", response=ErasureOut)
def look(request: HttpRequest, erasure_id: IdInPath) -> ErasureOut:
    """How far it is."""
    with reading(request):
        return ErasureOut.of(erasure_request(erasure_id=erasure_id))
