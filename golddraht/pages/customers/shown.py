"""What is known of a customer, each value with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from golddraht.conversations.queries import Concern
from golddraht.customers.queries import CustomerLine, contact_points_of
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules import Salutation
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.golden import Golden, Record
from golddraht.customers.rules.reaching import Way
from golddraht.customers.rules.ways import WayKind, page_url
from golddraht.pages.customers.record import why_words
from golddraht.pages.customers.wording import (
    attribute_name,
    share_words,
    source_words,
    value_words,
    way_name,
    way_not_written_to,
)
from golddraht.pages.shown import day, hue_of, person_initials, person_name, status_word
from golddraht.promises.queries import PromiseCard
from golddraht.team.queries import Viewer


@dataclass(frozen=True)
class Fact:
    term: str
    text: str
    why: str = ""
    # Of a way of contact: that nothing is sent there, and the id by which it is called theirs no longer.
    but: str = ""
    id: int = 0


@dataclass(frozen=True)
class PersonShown:
    """A customer beside a concern and on their own page."""

    id: int
    name: str
    greeted: str
    initials: str
    hue: int
    salutation_text: str
    salutation_why: str
    facts: list[Fact]
    ways: list[Fact]
    around: list[Fact]
    url: str
    edit_url: str


def person_shown(customer: Any, viewer: Viewer, *, at: datetime, number: int | None = None) -> PersonShown:
    """The customer with everything that is known of them; `number` is the concern they are looked at from."""
    points = contact_points_of(customer_id=customer.pk)
    record = record_of(customer_id=customer.pk)
    name = person_name(customer.name, points[0].shown if points else "")
    return PersonShown(
        id=customer.pk,
        name=name,
        greeted=_greeted(customer, name),
        initials=person_initials(customer.name),
        hue=hue_of(customer.pk),
        salutation_text=_salutation_text(customer),
        salutation_why=_salutation_why(record, at),
        facts=[*_ways(points, at), *_known(record, at), *_around(customer, at)],
        ways=list(_ways(points, at)),
        around=list(_around(customer, at)),
        url=reverse("customer", args=[viewer.tenant_slug, customer.pk]),
        edit_url=reverse("correct_customer", args=[viewer.tenant_slug, customer.pk])
        + (f"?conversation={number}" if number else ""),
    )


def _greeted(customer: Any, name: str) -> str:
    title = {Salutation.FRAU: gettext("Ms"), Salutation.HERR: gettext("Mr")}.get(customer.salutation, "")
    return f"{title} {name}".strip()


def _salutation_text(customer: Any) -> str:
    if customer.salutation:
        return gettext("Salutation: %(source)s") % {"source": source_words(customer.salutation_source)}
    if customer.name_source:
        return gettext("Name %(source)s; greeted neutrally") % {"source": source_words(customer.name_source)}
    return gettext("Greeted neutrally, nobody has told us a name")


def _salutation_why(record: Record, at: datetime) -> str:
    speaking = record.get(Attribute.SALUTATION) or record.get(Attribute.NAME) or ()
    return why_words(speaking[0], at) if speaking else ""


def _address(point: Any) -> str:
    """The address, which may be broken into lines before its @."""
    text = _shown(point)
    told = _troubles(point)
    return format_html("{} ({})", text, " · ".join(told)) if told else text


def _shown(point: Any) -> str:
    if point.channel == WayKind.WEB:
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', page_url(point.shown), point.shown)
    local, at_sign, domain = point.shown.rpartition("@")
    return format_html("{}<wbr>@{}", local, domain) if at_sign else str(point.shown)


def _troubles(point: Any) -> list[str]:
    """What was said of the address, in the words of whoever said it."""
    found = []
    if point.unreachable_since and point.unreachable_evidence:
        found.append(gettext("mail comes back: %(words)s") % {"words": point.unreachable_evidence})
    elif point.unreachable_since:
        found.append(gettext("mail comes back"))
    if point.complained_at:
        found.append(gettext("called our mail unwanted: %(words)s") % {"words": point.complaint})
    return found


def _ways(points: list[Any], at: datetime) -> Iterator[Fact]:
    for point in points:
        name, text = way_name(point.channel, point.address), _address(point)
        yield Fact(name, text, _why_reached(point, at), way_not_written_to(point.channel), point.pk)


def _why_reached(point: Any, at: datetime) -> str:
    """Where it was read, how sure it is by now that it reaches them, and when it was used last."""
    way = Way(point.source, point.first_seen_at, point.last_used_at, point.unreachable_since is not None)
    told = {"source": source_words(point.source), "share": share_words(way.certainty(at))}
    words = gettext("%(source)s, sure to %(share)s") % told
    used = gettext("last used: %(day)s") if way.was_used else gettext("first seen: %(day)s")
    return f"{words}; {used % {'day': day(point.last_used_at, at)}}"


def _known(record: Record, at: datetime) -> Iterator[Fact]:
    for attribute in BESIDE:
        for one in record.get(attribute, ())[:BESIDE_AT_MOST]:
            yield _fact(attribute, one, at)


def _around(customer: Any, at: datetime) -> Iterator[Fact]:
    if customer.organisation:
        yield Fact(gettext("Company"), customer.organisation.name, source_words(customer.organisation.name_source))
    yield Fact(gettext("Known since"), day(customer.known_since, at))


BESIDE = [one for one in Attribute if one not in (Attribute.NAME, Attribute.SALUTATION)]
"""Everything but what stands in large letters above."""
BESIDE_AT_MOST = 12
"""So many values of one kind stand beside a concern; the customer's page has them all."""


def _fact(attribute: Attribute, one: Golden, at: datetime) -> Fact:
    term = gettext("Important") if attribute in (Attribute.MATTERS, Attribute.WISH) else attribute_name(attribute)
    return Fact(term, value_words(one.statement), why_words(one, at))


@dataclass(frozen=True)
class LineShown:
    """A customer in the list."""

    name: str
    address: str
    initials: str
    hue: int
    url: str
    known_since: datetime


@dataclass(frozen=True)
class ConcernShown:
    number: str
    subject: str
    status_text: str
    when: datetime
    url: str


@dataclass(frozen=True)
class PromiseShown:
    """What components/promise_card.html takes."""

    title: str
    when_text: str
    state: str
    state_text: str
    owner_name: str


def customer_lines(found: list[CustomerLine], viewer: Viewer) -> list[LineShown]:
    return [
        LineShown(
            name=person_name(line.name, line.address),
            address=line.address,
            initials=person_initials(line.name),
            hue=hue_of(line.id),
            url=reverse("customer", args=[viewer.tenant_slug, line.id]),
            known_since=line.known_since,
        )
        for line in found
    ]


def concern_lines(found: list[Concern], viewer: Viewer) -> list[ConcernShown]:
    return [
        ConcernShown(
            number=one.spoken,
            subject=one.subject,
            status_text=status_word(one.status),
            when=one.latest_at,
            url=reverse("conversation", args=[viewer.tenant_slug, one.number]),
        )
        for one in found
    ]


def promise_lines(found: list[PromiseCard]) -> list[PromiseShown]:
    return [
        PromiseShown(
            title=card.title,
            when_text=card.when_text,
            state="soon" if card.state == "danger" else card.state,
            state_text=card.state_text,
            owner_name=card.owner_name,
        )
        for card in found
    ]
