"""Customers: listing, finding, reading and correcting them, and recognising the one a new concern is about."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, answered, reading, refuse_if_changed, writing
from golddraht.api.paging import id_in, moment_and_id_in
from golddraht.api.problems import Problem
from golddraht.api.shapes.commerce import AppointmentOut, DeliveryOut, KnownOfCustomer, OrderOut, ReturnOut
from golddraht.api.shapes.customers import (
    ConcernLine,
    ConcernsOfCustomer,
    CorrectionIn,
    CustomerOut,
    Customers,
    CustomerWithSources,
    FoundCustomers,
)
from golddraht.api.shapes.fields import Cursor, IdInPath
from golddraht.api.shapes.journey import JourneyOut
from golddraht.api.shapes.promises import PromiseCardOut, PromiseCards
from golddraht.api.shapes.record import FactIn, RecordOut
from golddraht.api.shapes.wishes import Person
from golddraht.commerce.queries import known_of_customer
from golddraht.conversations.queries.of_customer import concerns_of_customer
from golddraht.customers.operations import (
    Said,
    add_contact_point,
    declare_salutation,
    learn,
    meet,
    note_language,
    note_what_matters,
    recognise,
    rename,
)
from golddraht.customers.queries import contact_points_of, customer_at, customer_for, customers_after
from golddraht.customers.queries.record import said_of
from golddraht.customers.rules import Salutation, Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.ground.addresses import folded_address, folded_phone, is_plausible_address
from golddraht.journey.queries import journey_of
from golddraht.journey.rules import Group
from golddraht.promises.queries import promises_of_customer
from golddraht.search.queries import people_found
from golddraht.team.rules import Area

router = Router(tags=["customers"], auth=Token(Area.CUSTOMERS))


@router.get("", response=Customers)
def list_customers(
    request: HttpRequest, cursor: Cursor = None, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> Customers:
    """In the order in which you met them."""
    with reading(request) as visitor:
        found = customers_after(viewer=visitor.viewer, after_id=id_in(cursor), limit=limit + 1)
        page = found[:limit]
        visitor.seen += [("customers_customer", one.id) for one in page]
        following = str(page[-1].id) if len(found) > limit else None
        return Customers(customers=[CustomerOut.of(one) for one in page], next=following)


@router.get("/search", response=FoundCustomers)
def find_customers(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> FoundCustomers:
    """Those whose name, address or number begins like that, then those whose name resembles it."""
    with reading(request) as visitor:
        found = people_found(viewer=visitor.viewer, typed=q, limit=limit)
        visitor.seen += [("customers_customer", one.id) for one in found]
        return FoundCustomers(customers=[CustomerOut.of(one) for one in found])


@router.get("/{customer_id}", response=CustomerWithSources)
def read_customer(request: HttpRequest, customer_id: IdInPath) -> HttpResponse:
    """Everything that is known of one customer, with its source. Reading it is noted."""
    with reading(request) as visitor:
        return answered(request, _shown(visitor, customer_id))


def _shown(visitor: Visitor, customer_id: int) -> CustomerWithSources:
    person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
    visitor.sees_customer(person.pk)
    return CustomerWithSources.of(person, contact_points_of(customer_id=person.pk))


@router.patch("/{customer_id}", response=CustomerWithSources)
def correct_customer(request: HttpRequest, customer_id: IdInPath, told: CorrectionIn) -> HttpResponse:
    """Correct what is known; the member of the token is its source."""

    def act(visitor: Visitor) -> tuple[int, CustomerWithSources]:
        refuse_if_changed(request, lambda: _shown(visitor, customer_id))
        _correct(customer_for(viewer=visitor.viewer, customer_id=customer_id), told, at=visitor.at)
        return 200, _shown(visitor, customer_id)

    return writing(request, act)


def _correct(person: Any, told: CorrectionIn, *, at: datetime) -> None:
    """Only what changes gets a new source."""
    if told.name and told.name.strip() and told.name != person.name:
        rename(customer_id=person.pk, name=told.name, source=Source.MEMBER, at=at)
    if told.salutation is not None and told.salutation != person.salutation:
        declare_salutation(customer_id=person.pk, salutation=Salutation(told.salutation), at=at)
    if told.language and told.language != person.language:
        note_language(customer_id=person.pk, language=told.language, source=Source.MEMBER, at=at)
    if told.matters is not None and told.matters != person.matters:
        note_what_matters(customer_id=person.pk, words=told.matters, source=Source.MEMBER, at=at)


@router.get("/{customer_id}/facts", response=RecordOut)
def record_of_customer(request: HttpRequest, customer_id: IdInPath) -> RecordOut:
    """What is held to be true of a customer, and everything that was ever said: source, moment, certainty, words."""
    with reading(request) as visitor:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        visitor.sees_customer(person.pk)
        return RecordOut.of(said_of(customer_id=person.pk), visitor.at)


@router.post("/{customer_id}/facts", response={201: RecordOut})
def add_fact(request: HttpRequest, customer_id: IdInPath, told: FactIn) -> HttpResponse:
    """Take down what was said of a customer. Nothing is overwritten; the same said twice counts once."""

    def act(visitor: Visitor) -> tuple[int, RecordOut]:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        visitor.sees_customer(person.pk)
        said = Said(Attribute(told.attribute), told.value, told.source, told.evidence, denies=told.denies)
        learn(customer_id=person.pk, said=[said], at=min(told.said_at or visitor.at, visitor.at))
        return 201, RecordOut.of(said_of(customer_id=person.pk), visitor.at)

    return writing(request, act)


@router.get("/{customer_id}/conversations", response=ConcernsOfCustomer)
def concerns_of(request: HttpRequest, customer_id: IdInPath) -> ConcernsOfCustomer:
    """The customer's concerns on all channels, the latest first."""
    with reading(request) as visitor:
        _shown(visitor, customer_id)
        found = concerns_of_customer(viewer=visitor.viewer, customer_id=customer_id)
        return ConcernsOfCustomer(conversations=[ConcernLine.of(one) for one in found])


@router.get("/{customer_id}/journey", response=JourneyOut)
def journey_of_customer(
    request: HttpRequest,
    customer_id: IdInPath,
    group: Group | None = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> JourneyOut:
    """Everything that happened to this person, on all channels, the latest first; narrowed to words, promises, solutions or record."""
    with reading(request) as visitor:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        visitor.sees_customer(person.pk)
        behind = moment_and_id_in(cursor)
        found = journey_of(viewer=visitor.viewer, customer_id=person.pk, group=group, behind=behind, limit=limit)
        return JourneyOut.of(found)


@router.get("/{customer_id}/promises", response=PromiseCards)
def promises_to(request: HttpRequest, customer_id: IdInPath) -> PromiseCards:
    """What was promised to this customer, the next due first, settled ones last."""
    with reading(request) as visitor:
        _shown(visitor, customer_id)
        cards = promises_of_customer(customer_id=customer_id, at=visitor.at)
        return PromiseCards(promises=[PromiseCardOut.of(card) for card in cards])


@router.get("/{customer_id}/orders", response=KnownOfCustomer)
def orders_of(request: HttpRequest, customer_id: IdInPath) -> KnownOfCustomer:
    """What this person ordered, and what is brought, done and given back: as their sources say by now."""
    with reading(request) as visitor:
        person = customer_for(viewer=visitor.viewer, customer_id=customer_id)
        visitor.sees_customer(person.pk)
        known = known_of_customer(customer_id=person.pk)
        return KnownOfCustomer(
            orders=[OrderOut.of(one) for one in known.orders],
            deliveries=[DeliveryOut.of(one) for one in known.deliveries],
            appointments=[AppointmentOut.of(one) for one in known.visits],
            returns=[ReturnOut.of(one) for one in known.returns],
        )


def customer_of(person: Person, *, at: datetime) -> Any:
    """Whoever owns the address or number, else somebody new. Raises Problem."""
    points = _points(person)
    if not points and not person.name.strip():
        raise Problem(
            422, "nobody-named", "Say who the customer is.", "Give at least a name, an e-mail address or a number."
        )
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
            raise Problem(422, "no-address", "This is no e-mail address.", email)
        found.append(("EMAIL", folded_address(email), email))
    if phone:
        folded = folded_phone(phone)
        if folded is None:
            raise Problem(422, "no-telephone-number", "This is no telephone number.", phone)
        found.append(("PHONE", folded, phone))
    return found
