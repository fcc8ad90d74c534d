"""Recognising people by their addresses."""

from __future__ import annotations

from datetime import datetime

from golddraht.customers.models import ContactPoint, Customer
from golddraht.customers.operations.correcting import rename
from golddraht.customers.operations.learning import Said, fact_of
from golddraht.customers.queries import contact_point_at
from golddraht.customers.rules import Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.ground.text import one_line, sort_key
from golddraht.plumbing.asking import Asked, Change
from golddraht.plumbing.rows import added, added_once, all_added
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
        rename(customer_id=point.customer_id, name=name, source=source, at=at)
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
    met = added(
        Customer(
            name=name,
            name_source=source if name else "",
            sort_name=sort_key(name)[:220],
            language=language,
            language_source=Source.OWN_WORDS if language else "",
            known_since=at,
        )
    )
    said = [Said(Attribute.NAME, name, source), Said(Attribute.LANGUAGE, language, Source.OWN_WORDS)]
    all_added([fact_of(met.pk, one, at=at) for one in said if one.value])
    return met


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
