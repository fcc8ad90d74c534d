"""The one gate for the form of address: no greeting of ours says Frau or Herr to somebody of whom it is not known (M15)."""

from __future__ import annotations

from golddraht.customers.models import Customer
from golddraht.customers.queries.finding import greeting_for
from golddraht.customers.rules.addressing import Address, UnprovenSalutation, called_in, greeted, refuse_unproven
from golddraht.customers.rules.evidence import Mode, declared


def refuse_unproven_greeting(text: str, *, customer_id: int, language: str) -> None:
    """Raises UnprovenSalutation, which names a greeting that is proven. The customer is looked up only where it matters."""
    if called_in(text) is None:
        return
    customer = Customer.objects.get(pk=customer_id)
    said = declared(customer.salutation)
    address = Address(said.mode if said else Mode.NEUTRAL, 1.0, "")
    refuse_unproven(text, address, instead=greeting_for(customer, language=language))


def greeted_as_proven(text: str, *, customer_id: int, language: str) -> str:
    """The same for what a machine says in somebody's words: it never falls silent, but greets as is proven."""
    try:
        refuse_unproven_greeting(text, customer_id=customer_id, language=language)
    except UnprovenSalutation as refusal:
        return greeted(text, refusal.instead)
    return text
