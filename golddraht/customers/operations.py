"""Recognising people, and correcting what is known of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.queries import contact_point_at
from golddraht.customers.rules import Salutation, Source
from golddraht.ground.text import one_line, sort_key
from golddraht.plumbing.asking import Asked, Change
from golddraht.plumbing.rows import added, added_once
from golddraht.plumbing.transactions import joined

_USED = Change(
    lambda: ContactPoint.objects.filter(pk=Asked("pk"), last_used_at__lt=Asked("at")),
    last_used_at=Asked("at"),
    unreachable_since=None,
    unreachable_source="",
    unreachable_evidence="",
)


@joined
def recognise(*, channel: str, address: str, shown: str, name: str, source: str, at: datetime) -> Customer:
    """The customer behind an address (already folded for comparison), known or new.

    An address belongs to one customer. A name is only taken over while none is known.
    """
    point = contact_point_at(channel=channel, address=address)
    if point is None:
        return meet_at(channel=channel, address=address, shown=shown, name=name, source=source, at=at)
    return recognised(point, name=name, source=source, at=at)


def recognised(point: ContactPoint, *, name: str, source: str, at: datetime) -> Customer:
    """The customer behind an address that was just looked up, who has used it again."""
    # Whoever writes from an address can be reached there again, whatever came back earlier.
    _USED.make(pk=point.pk, at=at)
    if name and not point.customer.name:
        rename(customer_id=point.customer_id, name=name, source=source)
        point.customer.refresh_from_db()
    customer: Customer = point.customer
    return customer


def meet_at(
    *, channel: str, address: str, shown: str, name: str, source: str, at: datetime, language: str = ""
) -> Customer:
    """The person behind an address that nobody has had so far, as whoever calls has just seen."""
    customer = meet(name=name, source=source, at=at, language=language)
    point = _point(customer.pk, channel=channel, address=address, shown=shown, source=source, at=at)
    if added_once(point) is not None:
        return customer
    # Another mail of the same person was a moment faster; theirs is the customer.
    customer.delete()
    standing = contact_point_at(channel=channel, address=address)
    assert standing is not None, "An address that was taken belongs to somebody."
    found: Customer = standing.customer
    return found


def meet(*, name: str, source: str, at: datetime, language: str = "") -> Customer:
    """A person we have not met before, with or without a name; `language` is what they wrote in, if they did."""
    name = one_line(name, 200)
    return added(
        Customer(
            name=name,
            name_source=source if name else "",
            sort_name=sort_key(name)[:220],
            language=language,
            language_source=Source.OWN_WORDS if language else "",
            known_since=at,
        )
    )


def add_contact_point(
    *, customer_id: int, channel: str, address: str, shown: str, source: str, at: datetime
) -> ContactPoint:
    """One more address of a customer. Raises IntegrityError when it belongs to somebody else."""
    return added(_point(customer_id, channel=channel, address=address, shown=shown, source=source, at=at))


def _point(customer_id: int, *, channel: str, address: str, shown: str, source: str, at: datetime) -> ContactPoint:
    return ContactPoint(
        customer_id=customer_id,
        channel=channel,
        address=address[:254],
        shown=shown[:254],
        source=source,
        first_seen_at=at,
        last_used_at=at,
    )


@transaction.atomic
def rename(*, customer_id: int, name: str, source: str) -> None:
    name = one_line(name, 200)
    Customer.objects.filter(pk=customer_id).update(name=name, name_source=source, sort_name=sort_key(name)[:220])


@transaction.atomic
def declare_salutation(*, customer_id: int, salutation: Salutation, source: str = Source.CUSTOMER) -> None:
    """How the person wants to be addressed, in their own words; nothing else ever sets it."""
    Customer.objects.filter(pk=customer_id).update(
        salutation=salutation, salutation_source=source if salutation else ""
    )


@joined
def note_language(*, customer_id: int, language: str, source: str) -> None:
    """Remember the language somebody wrote in, unless they declared one themselves."""
    rows = Customer.objects.filter(pk=customer_id).exclude(language_source=Source.CUSTOMER)
    rows.exclude(language=language).update(language=language, language_source=source)


@transaction.atomic
def note_what_matters(*, customer_id: int, words: str, source: str) -> None:
    Customer.objects.filter(pk=customer_id).update(matters=one_line(words, 300), matters_source=source if words else "")


@transaction.atomic
def note_unreachable(*, channel: str, address: str, source: str, evidence: str, at: datetime) -> None:
    """Mail to this address came back for good; nothing more is sent there until it is corrected or somebody writes from it."""
    ContactPoint.objects.filter(channel=channel, address=address, unreachable_since=None).update(
        unreachable_since=at, unreachable_source=source, unreachable_evidence=one_line(evidence, 400)
    )


@transaction.atomic
def note_complaint(*, channel: str, address: str, evidence: str, at: datetime) -> bool:
    """Its owner told their provider that our mail is unwanted. True when the address is known."""
    points = ContactPoint.objects.filter(channel=channel, address=address)
    return bool(points.update(complained_at=at, complaint=one_line(evidence, 400)))
