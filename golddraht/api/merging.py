"""Making two customers one person, taking them apart, and settling pairs that were proposed."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import LARGEST_ID, IdInPath
from golddraht.api.shapes.merging import (
    MergeIn,
    MergeOut,
    MergesOut,
    ResemblancesOut,
    SettledOut,
    SettleIn,
    UndoIn,
)
from golddraht.customers.operations import merge_customers, settle_resemblance, take_apart
from golddraht.customers.queries import customer_for
from golddraht.customers.queries.persons import merge_named, merges_of, resemblance_for, resemblances, standing_merge
from golddraht.team.rules import Area

router = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))


@router.get("", response=MergesOut)
def list_merges(request: HttpRequest, customer_id: Annotated[int, Query(ge=1, le=LARGEST_ID)]) -> MergesOut:
    """Every merge this person was ever part of, undone ones too, the latest first."""
    with reading(request) as visitor:
        customer = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        visitor.sees_customer(customer.pk)
        return MergesOut(merges=[MergeOut.of(one) for one in merges_of(customer_id=customer.pk)])


@router.post("", response={201: MergeOut})
def merge(request: HttpRequest, told: MergeIn) -> HttpResponse:
    """Make two customers one person. Nothing is re-pointed: it can be undone exactly, at any time."""

    def act(visitor: Visitor) -> tuple[int, MergeOut]:
        for id_ in (told.customer_id, told.into_id):
            customer_for(viewer=visitor.viewer, customer_id=id_)
        made = merge_customers(customer_id=told.customer_id, into_id=told.into_id, reasons=told.reasons, at=visitor.at)
        return 201, MergeOut.of(standing_merge(viewer=visitor.viewer, merge_id=made.pk))

    return writing(request, act)


@router.post("/{merge_id}/undo", response=MergeOut)
def undo_merge(request: HttpRequest, merge_id: IdInPath, told: UndoIn) -> HttpResponse:
    """Take two customers apart again: each has exactly what they had, and what came since stays where it came from."""

    def act(visitor: Visitor) -> tuple[int, MergeOut]:
        merge_named(viewer=visitor.viewer, merge_id=merge_id)
        take_apart(merge_id=merge_id, why=told.why, at=visitor.at)
        return 200, MergeOut.of(merge_named(viewer=visitor.viewer, merge_id=merge_id))

    return writing(request, act)


@router.get("/proposed", response=ResemblancesOut)
def list_resemblances(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> ResemblancesOut:
    """Pairs that may be one person, with the reasons in words, the surest first."""
    with reading(request) as visitor:
        return ResemblancesOut.of(resemblances(viewer=visitor.viewer, limit=limit))


@router.post("/proposed/{resemblance_id}/settle", response=SettledOut)
def settle_pair(request: HttpRequest, resemblance_id: IdInPath, told: SettleIn) -> HttpResponse:
    """Say whether the two are one person."""

    def act(visitor: Visitor) -> tuple[int, SettledOut]:
        resemblance_for(viewer=visitor.viewer, resemblance_id=resemblance_id)
        made = settle_resemblance(resemblance_id=resemblance_id, as_=told.settled_as, at=visitor.at)
        return 200, SettledOut(merge_id=made)

    return writing(request, act)
