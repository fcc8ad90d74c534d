"""Files of orders, deliveries, visits, returns and products in words: meanings of columns, reasons, and rows as they are understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from golddraht.commerce.operations.foretelling import Foretold
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.sheets import targets_of
from golddraht.imports.rules.states import Verdict
from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.pages.orders.views import why_words

NOT_WITHOUT = frozenset({"NUMBER", "ERASED", "FELLOW"})
"""Reasons that cannot be helped by leaving a value out."""


def subject_words() -> dict[str, str]:
    """What a file can be about."""
    return {
        CUSTOMERS: gettext("Customers"),
        Thing.ORDER: gettext("Orders"),
        Thing.DELIVERY: gettext("Deliveries"),
        Thing.APPOINTMENT: gettext("Visits"),
        Thing.RETURN: gettext("Returns"),
        Thing.PRODUCT: gettext("Products"),
    }


def outside_target_words(about: str) -> dict[str, str]:
    words = _meanings()
    return {"": gettext("leave out"), **{name: words[name] for name in targets_of(Thing(about))}}


def _meanings() -> dict[str, str]:
    return {
        "number": gettext("Its own number, by which it is known again"),
        "order": gettext("Number of its order"),
        "customer_number": gettext("Customer number of this source"),
        "email": gettext("Customer’s e-mail address"),
        "customer_id": gettext("Customer’s id here"),
        "name": gettext("Name of the product"),
        "cents": gettext("Amount"),
        "currency": gettext("Currency"),
        "ordered_at": gettext("Ordered on"),
        "cancelled_at": gettext("Called off on"),
        "product": gettext("Line: number of the product"),
        "title": gettext("Line: what was ordered"),
        "quantity": gettext("Line: how many"),
        "line_cents": gettext("Line: price of one"),
        "what": gettext("What it is"),
        "carrier": gettext("Carrier"),
        "tracking": gettext("Tracking number"),
        "tour": gettext("Tour"),
        "promised_from": gettext("Promised from"),
        "promised_until": gettext("Promised until"),
        "promised_on": gettext("Promised day"),
        "agreed": gettext("Agreed with the customer (yes or no)"),
        "why": gettext("Reason, said to the customer in these words"),
        "packed_at": gettext("Packed on"),
        "sent_at": gettext("Sent on"),
        "near_at": gettext("With the driver since"),
        "tried_at": gettext("Nobody was there on"),
        "arrived_at": gettext("Arrived on"),
        "technician": gettext("Who comes"),
        "done_at": gettext("Done on"),
        "announced_at": gettext("Announced on"),
        "received_at": gettext("Came in on"),
        "refunded_at": gettext("Refunded on"),
        "said_at": gettext("As of (when the source said it)"),
        "lines": gettext("Line"),
    }


def outside_odd_words(file: Any, odd: Iterable[str]) -> list[str]:
    """Why a row is odd, in the names of its own columns."""
    return [_odd_words(file, *one.split(":", 1)) for one in odd]


def _odd_words(file: Any, reason: str, about: str = "") -> str:
    if reason == "NOBODY":
        return gettext("Nobody is known as “%(name)s” yet: it is theirs as soon as somebody is.") % {
            "name": about or gettext("nothing")
        }
    if reason == "FELLOW":
        return gettext("Row %(number)s of the same order cannot be understood: an order is taken whole.") % {
            "number": about
        }
    if reason == "WITHOUT":
        return gettext("Taken without “%(field)s”.") % {"field": _column(file, about)}
    if reason == "ERASED":
        day = date_format(date.fromisoformat(about), "DATE_FORMAT")
        return gettext("Names somebody who was erased on %(day)s, and is not taken down by itself.") % {"day": day}
    return why_words(reason, _column(file, about))


def _column(file: Any, target: str) -> str:
    """What the file calls it, else what it means."""
    named = dict(zip(file.targets, file.columns, strict=False))
    return str(named.get(target) or _meanings().get(target, target))


def can_do_without(odd: Sequence[str]) -> bool:
    return not {one.partition(":")[0] for one in odd} & NOT_WITHOUT


VERDICT_OF = {"new": Verdict.NEW, "changed": Verdict.CHANGED, "refused": Verdict.BAD}


def outside_verdict(one: Foretold) -> Verdict:
    verdict = VERDICT_OF.get(str(one.outcome), Verdict.KNOWN)
    return Verdict.DOUBTFUL if verdict is not Verdict.BAD and not one.is_somebodys else verdict


def outside_lines(file: Any, one: Foretold) -> list[tuple[str, str]]:
    """What is said of it, value by value, line by line."""
    words = _meanings()
    lines = [(words[name], str(value)) for name, value in one.cells.items() if name not in ("number", "lines")]
    for line in one.cells.get("lines", []):
        told = [line.get("quantity", ""), line.get("title") or line.get("product", ""), line.get("cents", "")]
        lines.append((words["lines"], " · ".join(filter(None, told))))
    return lines
