"""Customers and their ways of contact."""

from golddraht.customers.queries.finding import (
    CustomerLine,
    NoSuchCustomer,
    Seer,
    contact_point_at,
    contact_points_of,
    customer_at,
    customer_for,
    customer_lines,
    customers_after,
    customers_named,
    greeting_for,
    is_unwanted,
    mail_address_of,
    mail_addresses_of,
)
from golddraht.customers.queries.one_person import ids_of_person
from golddraht.customers.queries.salutation_gate import greeted_as_proven, refuse_unproven_greeting

__all__ = [
    "CustomerLine",
    "NoSuchCustomer",
    "Seer",
    "contact_point_at",
    "contact_points_of",
    "customer_at",
    "customer_for",
    "customer_lines",
    "customers_after",
    "customers_named",
    "greeted_as_proven",
    "greeting_for",
    "ids_of_person",
    "is_unwanted",
    "mail_address_of",
    "mail_addresses_of",
    "refuse_unproven_greeting",
]
