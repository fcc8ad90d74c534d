"""The customer a form is about: known already, recognised by an address, or met for the first time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from golddraht.customers.operations import add_contact_point, meet, recognise
from golddraht.customers.queries import CustomerLine, contact_points_of, customer_at, customer_for, mail_address_of
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_address, folded_phone
from golddraht.pages.entry.forms import WhoForm
from golddraht.team.queries import Viewer


class CannotReach(ValueError):
    """There is no e-mail address that takes our mail."""


def reachable(customer: Any) -> Any:
    """The customer, if mail reaches them. Raises CannotReach."""
    if mail_address_of(customer_id=customer.pk) is None:
        raise CannotReach(gettext("There is no e-mail address that reaches this customer. Give one, or call them."))
    return customer


def line_of(*, viewer: Viewer, customer_id: int) -> CustomerLine:
    """One customer as a line to choose. Raises NoSuchCustomer."""
    customer = customer_for(viewer=viewer, customer_id=customer_id)
    points = contact_points_of(customer_id=customer.pk)
    return CustomerLine(customer.pk, customer.name, points[0].shown if points else "", customer.known_since)


def chosen_customer(form: WhoForm, *, viewer: Viewer, at: datetime) -> Any:
    """The chosen customer; else whoever owns the address or number; else somebody new. Raises NoSuchCustomer."""
    told = form.cleaned_data
    if told["customer"]:
        return customer_for(viewer=viewer, customer_id=int(told["customer"]))
    points = _points(told["email"], told["phone"])
    if not points:
        return meet(name=told["name"], source=Source.MEMBER, at=at)
    return _recognised(points, told["name"], at=at)


def _points(email: str, phone: str) -> list[tuple[str, str, str]]:
    """Channel, folded address and address as typed."""
    found = [("EMAIL", folded_address(email), email)] if email else []
    return [*found, ("PHONE", folded_phone(phone) or phone, phone)] if phone else found


def _recognised(points: list[tuple[str, str, str]], name: str, *, at: datetime) -> Any:
    """Whoever has the first address; the other one becomes theirs too while it is nobody's."""
    (channel, address, shown), *others = points
    customer = recognise(channel=channel, address=address, shown=shown, name=name, source=Source.MEMBER, at=at)
    for channel, address, shown in others:
        if customer_at(channel=channel, address=address) is None:
            add_contact_point(
                customer_id=customer.pk, channel=channel, address=address, shown=shown, source=Source.MEMBER, at=at
            )
    return customer
