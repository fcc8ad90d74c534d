"""Companies and households: who belongs where, in which role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.paging import id_in
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import Cursor, Id, IdInPath, example
from golddraht.customers.operations import NoSuchBelonging, end_belonging, join_organisation, live_together
from golddraht.customers.queries import customer_for
from golddraht.customers.queries.belonging import BelongingLine, belongings_of
from golddraht.customers.queries.places import (
    PlaceLine,
    companies_after,
    company_for,
    household_for,
    households_after,
)
from golddraht.customers.rules import Source
from golddraht.team.rules import Area

router = Router(tags=["companies"], auth=Token(Area.CUSTOMERS))
Limit = Annotated[int, Query(ge=1, le=500)]
GERDA: dict[str, Any] = {
    "belonging_id": 4,
    "customer_id": 31,
    "name": "Gerda Klein",
    "role": "Einkauf",
    "source": "member",
    "said_at": "2026-11-16T09:00:00Z",
}
COMPANY: dict[str, Any] = {"id": 9, "name": "Klein Haustechnik GmbH", "people": [GERDA]}
BELONGS: dict[str, Any] = {
    "id": 4,
    "company": "Klein Haustechnik GmbH",
    "role": "Einkauf",
    "source": "member",
    "said_at": "2026-11-16T09:00:00Z",
    "ended_at": None,
    "others": [{"customer_id": 32, "name": "Otto Klein", "role": "Hausmeister"}],
}


class ThereOut(Schema):
    """Somebody who belongs there, with the source of that."""

    belonging_id: int
    customer_id: int
    name: str
    role: str
    source: str
    said_at: datetime


class PlaceOut(Schema):
    """A company, or a household, which has no name, with those who belong to it today."""

    id: int
    name: str
    people: list[ThereOut]
    model_config = example(**COMPANY)

    @staticmethod
    def of(line: PlaceLine) -> PlaceOut:
        people = [ThereOut(**{name: getattr(one, name) for name in ThereOut.model_fields}) for one in line.people]
        return PlaceOut(id=line.id, name=line.name, people=people)


class Companies(Schema):
    companies: list[PlaceOut]
    next: str | None = None
    model_config = example(companies=[COMPANY], next=None)


class Households(Schema):
    households: list[PlaceOut]
    next: str | None = None
    model_config = example(households=[COMPANY | {"name": ""}], next=None)


class OtherOut(Schema):
    customer_id: int
    name: str
    role: str


class BelongingOut(Schema):
    """Where a person belongs, or belonged until `ended_at`; `company` is empty for a household."""

    id: int
    company: str
    role: str
    source: str
    said_at: datetime
    ended_at: datetime | None
    others: list[OtherOut]

    @staticmethod
    def of(line: BelongingLine) -> BelongingOut:
        alike = {name: getattr(line, name) for name in ("id", "role", "source", "said_at", "ended_at")}
        others = [OtherOut(customer_id=one.customer_id, name=one.name, role=one.role) for one in line.fellows]
        return BelongingOut(company=line.organisation, others=others, **alike)


class Belongings(Schema):
    belongings: list[BelongingOut]
    model_config = example(belongings=[BELONGS])


class JoinIn(Schema):
    """A `company` by its name, with a role, or the customer `lives_with`."""

    company: Annotated[str, Field(max_length=200)] = ""
    role: Annotated[str, Field(max_length=80)] = ""
    lives_with: Id | None = None
    model_config = example(company="Klein Haustechnik GmbH", role="Einkauf")


@router.get("/companies", response=Companies)
def list_companies(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> Companies:
    """In the order in which they became known."""
    with reading(request) as visitor:
        found = companies_after(viewer=visitor.viewer, after_id=id_in(cursor), limit=limit + 1)
        return Companies(companies=_page(visitor, found, limit), next=_following(found, limit))


@router.get("/companies/{company_id}", response=PlaceOut)
def read_company(request: HttpRequest, company_id: IdInPath) -> PlaceOut:
    """One company with its people and their roles."""
    with reading(request) as visitor:
        return _page(visitor, [company_for(viewer=visitor.viewer, company_id=company_id)], 1)[0]


@router.get("/households", response=Households)
def list_households(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> Households:
    """In the order in which they became known."""
    with reading(request) as visitor:
        found = households_after(viewer=visitor.viewer, after_id=id_in(cursor), limit=limit + 1)
        return Households(households=_page(visitor, found, limit), next=_following(found, limit))


@router.get("/households/{household_id}", response=PlaceOut)
def read_household(request: HttpRequest, household_id: IdInPath) -> PlaceOut:
    """Who lives together there."""
    with reading(request) as visitor:
        return _page(visitor, [household_for(viewer=visitor.viewer, household_id=household_id)], 1)[0]


def _page(visitor: Visitor, found: Sequence[PlaceLine], limit: int) -> list[PlaceOut]:
    """As shown; looking at the people is noted."""
    page = found[:limit]
    visitor.seen += [("customers_customer", one.customer_id) for line in page for one in line.people]
    return [PlaceOut.of(line) for line in page]


def _following(found: Sequence[PlaceLine], limit: int) -> str | None:
    return str(found[limit - 1].id) if len(found) > limit else None


@router.get("/customers/{customer_id}/belongings", response=Belongings)
def list_belongings(request: HttpRequest, customer_id: IdInPath) -> Belongings:
    """Where this person belongs or belonged, what holds first."""
    with reading(request) as visitor:
        return _of(visitor, customer_for(viewer=visitor.viewer, customer_id=customer_id).pk)


@router.post("/customers/{customer_id}/belongings", response={201: Belongings})
def join(request: HttpRequest, customer_id: IdInPath, told: JoinIn) -> HttpResponse:
    """They stand for a company, in a role, or live with somebody. Said twice it is one."""

    def act(visitor: Visitor) -> tuple[int, Belongings]:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        if told.lives_with is not None:
            _move_in(visitor, person.pk, told.lives_with)
        elif told.company.strip():
            given = {"name": told.company, "role": told.role, "source": Source.MEMBER}
            join_organisation(customer_id=person.pk, at=visitor.at, **given)
        else:
            raise Problem(422, "nowhere-to-belong", "Name a company, or with whom they live.")
        return 201, _of(visitor, person.pk)

    return writing(request, act)


def _move_in(visitor: Visitor, customer_id: int, with_id: int) -> None:
    other = customer_for(viewer=visitor.viewer, customer_id=with_id)
    try:
        live_together(customer_id=customer_id, with_id=other.pk, source=Source.MEMBER, at=visitor.at)
    except ValueError:
        raise Problem(422, "lives-alone", "Somebody lives with somebody else.") from None


@router.delete("/customers/{customer_id}/belongings/{belonging_id}", response=Belongings)
def leave(request: HttpRequest, customer_id: IdInPath, belonging_id: IdInPath) -> HttpResponse:
    """They do not belong there any more; that they did stays known."""

    def act(visitor: Visitor) -> tuple[int, Belongings]:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        if belonging_id not in {line.id for line in belongings_of(customer_id=person.pk)}:
            raise NoSuchBelonging(belonging_id)
        end_belonging(belonging_id=belonging_id, at=visitor.at)
        return 200, _of(visitor, person.pk)

    return writing(request, act)


def _of(visitor: Visitor, customer_id: int) -> Belongings:
    visitor.sees_customer(customer_id)
    return Belongings(belongings=[BelongingOut.of(line) for line in belongings_of(customer_id=customer_id)])
