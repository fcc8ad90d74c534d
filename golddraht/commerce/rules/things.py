"""The things that a shop, a carrier or a planner of visits knows of, and what can be said of each."""

from __future__ import annotations

from enum import StrEnum


class Thing(StrEnum):
    PRODUCT = "product"
    ORDER = "order"
    DELIVERY = "delivery"
    APPOINTMENT = "appointment"  # A visit of a technician.
    RETURN = "return"


def outside_name(source: str, number: str) -> str:
    """What a thing is called in the ledger of erasures: numbers count within their source."""
    return f"{source[:60]}\x00{number}"


class Form(StrEnum):
    """How a value is written."""

    WORDS = "words"
    MOMENT = "moment"  # With its time zone.
    DAY = "day"
    CENTS = "cents"
    YES_NO = "yes_no"
    ID = "id"
    LINES = "lines"
    EMAIL = "email"


WHOSE = {"customer_number": Form.WORDS, "email": Form.EMAIL, "customer_id": Form.ID}
"""How the customer is named: by their number in this source, an address, or our own id."""

MONEY = {"cents": Form.CENTS, "currency": Form.WORDS}
DATE = {"promised_from": Form.MOMENT, "promised_until": Form.MOMENT, "promised_on": Form.DAY}
TERMS = {"agreed": Form.YES_NO, "why": Form.WORDS}
"""Of a date: whether the customer agreed to it, and why it is another one than before."""

FIELDS: dict[Thing, dict[str, Form]] = {
    Thing.PRODUCT: {"name": Form.WORDS, **MONEY},
    Thing.ORDER: {
        **WHOSE,
        **MONEY,
        "ordered_at": Form.MOMENT,
        "cancelled_at": Form.MOMENT,
        "lines": Form.LINES,
    },
    Thing.DELIVERY: {
        **WHOSE,
        **DATE,
        **TERMS,
        **dict.fromkeys(("order", "what", "carrier", "tracking", "tour"), Form.WORDS),
        **dict.fromkeys(("packed_at", "sent_at", "near_at", "tried_at", "arrived_at", "cancelled_at"), Form.MOMENT),
    },
    Thing.APPOINTMENT: {
        **WHOSE,
        **DATE,
        **TERMS,
        **dict.fromkeys(("order", "what", "technician", "tour"), Form.WORDS),
        **dict.fromkeys(("done_at", "cancelled_at"), Form.MOMENT),
    },
    Thing.RETURN: {
        **WHOSE,
        **MONEY,
        **dict.fromkeys(("order", "what", "why"), Form.WORDS),
        **dict.fromkeys(("announced_at", "received_at", "refunded_at"), Form.MOMENT),
    },
}
"""Everything that can be said of each thing, besides its number."""

LONGEST = {
    "customer_number": 60,
    "email": 254,
    "order": 80,
    "number": 80,
    "what": 200,
    "name": 200,
    "carrier": 80,
    "tracking": 80,
    "tour": 80,
    "technician": 120,
    "why": 200,
    "currency": 3,
    "title": 200,
    "product": 80,
}
"""How many signs a value may have."""
