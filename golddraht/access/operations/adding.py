"""A further address of a customer, shown to be theirs by a code; and one that is no longer theirs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from golddraht.access.models import Code, Visit
from golddraht.access.operations.codes import code_that_fits, is_asked_too_often, new_code
from golddraht.access.rules import Purpose
from golddraht.customers.operations import Proposed, add_contact_point, propose, remove_contact_point
from golddraht.customers.queries import contact_point_at, ids_of_person
from golddraht.customers.rules import Source
from golddraht.ground.addresses import folded_address


class Added(StrEnum):
    """What became of an address for which the right code was given."""

    ADDED = "ADDED"
    ALREADY = "ALREADY"  # It stands in their record.
    ELSEWHERE = "ELSEWHERE"  # Somebody else has it; a colleague looks whether both are one person.


@transaction.atomic
def ask_to_add(*, visit_id: int, address: str, language: str, at: datetime) -> Code:
    """A code to the further address. Whether anybody else has it is told only to whoever reads it."""
    visit = Visit.objects.get(pk=visit_id)
    is_sent = not is_asked_too_often(address, at=at)
    return new_code(Purpose.ADD, address, language, at, visit=visit, is_sent=is_sent)


@transaction.atomic
def add_address(*, visit_id: int, code_id: int, digits: str, at: datetime) -> Added | None:
    """The address stands in the record; None where the digits do not fit, which counts as a try."""
    code = code_that_fits(code_id=code_id, purpose=Purpose.ADD, digits=digits, at=at)
    if code is None or code.visit_id != visit_id:
        return None
    customer_id, address = code.visit.customer_id, folded_address(code.recipient)
    known = contact_point_at(channel="EMAIL", address=address)
    if known is None:
        add_contact_point(
            customer_id=customer_id,
            channel="EMAIL",
            address=address,
            shown=code.recipient,
            source=Source.CUSTOMER,
            at=at,
        )
        return Added.ADDED
    if known.customer_id in ids_of_person(customer_id=customer_id):
        return Added.ALREADY
    _propose(customer_id, known.customer_id, at)
    return Added.ELSEWHERE


def _propose(customer_id: int, other_id: int, at: datetime) -> None:
    pair = Proposed(customer_id, other_id, certainty=0.97, reasons=("reads the mailboxes of both",))
    propose(pairs=[pair], found_by="rule:mailbox", at=at)


@transaction.atomic
def drop_address(*, visit_id: int, point_id: int) -> bool:
    """The address is no longer theirs, they say. False for the one by which they came, and for one of somebody else."""
    visit = Visit.objects.get(pk=visit_id)
    if point_id == visit.point_id:
        return False
    return remove_contact_point(customer_id=visit.customer_id, point_id=point_id)
