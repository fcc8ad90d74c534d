"""Customers: listing them, and recognising the one a new concern is about."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from golddraht.api.door import reading
from golddraht.api.problems import Problem
from golddraht.api.shapes import CustomerOut, Customers, Person
from golddraht.customers.operations import add_contact_point, meet, recognise
from golddraht.customers.queries import customer_at, customers_after
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_address, folded_phone, is_plausible_address

router = Router(tags=["customers"])


@router.get("", response=Customers)
def list_customers(
    request: HttpRequest, cursor: str = "0", limit: Annotated[int, Field(ge=1, le=500)] = 100
) -> Customers:
    """In the order in which you met them."""
    with reading(request) as visitor:
        found = customers_after(viewer=visitor.viewer, after_id=id_in(cursor), limit=limit + 1)
        page = found[:limit]
        visitor.seen += [("customers_customer", one.id) for one in page]
        following = str(page[-1].id) if len(found) > limit else None
        return Customers(customers=[CustomerOut.of(one) for one in page], next=following)


def id_in(cursor: str) -> int:
    """Raises Problem for what is no cursor."""
    if not cursor.isdecimal() or len(cursor) > 18:
        raise Problem(400, "This is no cursor.", "Take it from `next` of the page before.")
    return int(cursor)


def customer_of(person: Person, *, at: datetime) -> Any:
    """Whoever owns the address or number, else somebody new. Raises Problem."""
    points = _points(person)
    if not points and not person.name.strip():
        raise Problem(422, "Say who the customer is.", "Give at least a name, an e-mail address or a telephone number.")
    if not points:
        return meet(name=person.name, source=Source.MEMBER, at=at)
    (channel, address, shown), *others = points
    customer = recognise(channel=channel, address=address, shown=shown, name=person.name, source=Source.MEMBER, at=at)
    for channel, address, shown in others:
        if customer_at(channel=channel, address=address) is None:
            add_contact_point(
                customer_id=customer.pk, channel=channel, address=address, shown=shown, source=Source.MEMBER, at=at
            )
    return customer


def _points(person: Person) -> list[tuple[str, str, str]]:
    """Channel, folded address and address as given. Raises Problem for what is none."""
    email, phone, found = person.email.strip(), person.phone.strip(), []
    if email:
        if not is_plausible_address(email):
            raise Problem(422, "This is no e-mail address.", email)
        found.append(("EMAIL", folded_address(email), email))
    if phone:
        folded = folded_phone(phone)
        if folded is None:
            raise Problem(422, "This is no telephone number.", phone)
        found.append(("PHONE", folded, phone))
    return found
