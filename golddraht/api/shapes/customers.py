"""Customers over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import example
from golddraht.conversations.queries import Concern
from golddraht.customers.queries import CustomerLine
from golddraht.customers.rules.ways import messenger_of


class CustomerOut(Schema):
    """A customer in a list."""

    id: int
    name: str
    address: str
    known_since: datetime

    @staticmethod
    def of(line: CustomerLine) -> CustomerOut:
        return CustomerOut(id=line.id, name=line.name, address=line.address, known_since=line.known_since)


class Customers(Schema):
    """A page; `next` is the cursor of the following one, null on the last."""

    customers: list[CustomerOut]
    next: str | None
    model_config = example(customers=[samples.CUSTOMER], next="102")


class FoundCustomers(Schema):
    customers: list[CustomerOut]
    model_config = example(customers=[samples.CUSTOMER])


class ContactPointOut(Schema):
    """A way to reach somebody; mail to an unreachable one came back."""

    id: int
    channel: str
    messenger: str = Field(description="Which one, where the channel is MESSENGER.")
    address: str
    source: str
    last_used_at: datetime
    unreachable_since: datetime | None

    @staticmethod
    def of(point: Any) -> ContactPointOut:
        return ContactPointOut(
            id=point.pk,
            channel=point.channel,
            messenger=messenger_of(point.channel, point.address),
            address=point.shown,
            source=point.source,
            last_used_at=point.last_used_at,
            unreachable_since=point.unreachable_since,
        )


class CustomerWithSources(Schema):
    """What is known of a customer, each value with where it was read."""

    id: int
    name: str
    name_source: str
    language: str
    language_source: str
    salutation: str = Field(description="FRAU or HERR where the person said so themselves; else empty.")
    salutation_source: str
    matters: str = Field(description="What matters to this person.")
    matters_source: str
    organisation: str
    known_since: datetime
    contact_points: list[ContactPointOut]
    model_config = example(**samples.CUSTOMER_WITH_SOURCES)

    @staticmethod
    def of(person: Any, points: list[Any]) -> CustomerWithSources:
        names = CustomerWithSources.model_fields.keys() - {"organisation", "contact_points"}
        return CustomerWithSources(
            organisation=person.organisation.name if person.organisation else "",
            contact_points=[ContactPointOut.of(point) for point in points],
            **{name: getattr(person, name) for name in names},
        )


class CorrectionIn(Schema):
    """What is to be corrected; what is left out stays. A salutation only as the customer told it."""

    name: str | None = Field(None, min_length=1, max_length=200)
    salutation: Literal["", "FRAU", "HERR"] | None = None
    language: Literal["de", "en"] | None = None
    matters: str | None = Field(None, max_length=300)
    model_config = example(matters="Allein im Haus, bitte zweimal klingeln.")


class ConcernLine(Schema):
    """One concern of a customer."""

    number: str
    subject: str
    status: str
    latest_at: datetime

    @staticmethod
    def of(one: Concern) -> ConcernLine:
        return ConcernLine(number=one.spoken, subject=one.subject, status=one.status, latest_at=one.latest_at)


class ConcernsOfCustomer(Schema):
    conversations: list[ConcernLine]
    model_config = example(conversations=[samples.CONCERN_LINE])
