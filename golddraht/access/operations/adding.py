"""A further address of a customer, shown to be theirs by a code; and one that is no longer theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.access.models import Code, Visit
from golddraht.access.operations.codes import code_that_fits, is_asked_too_often, new_code
from golddraht.access.rules import Purpose
from golddraht.customers.operations import Outcome, add_way, retire_way
from golddraht.customers.rules import Source
from golddraht.customers.rules.ways import Reached
from golddraht.ground.addresses import folded_address


@transaction.atomic
def ask_to_add(*, visit_id: int, address: str, language: str, at: datetime) -> Code:
    """A code to the further address. Whether anybody else has it is told only to whoever reads it."""
    visit = Visit.objects.get(pk=visit_id)
    is_sent = not is_asked_too_often(address, at=at)
    return new_code(Purpose.ADD, address, language, at, visit=visit, is_sent=is_sent)


@transaction.atomic
def add_address(*, visit_id: int, code_id: int, digits: str, at: datetime) -> Outcome | None:
    """The address stands in the record; None where the digits do not fit, which counts as a try."""
    code = code_that_fits(code_id=code_id, purpose=Purpose.ADD, digits=digits, at=at)
    if code is None or code.visit_id != visit_id:
        return None
    mailbox = Reached("EMAIL", folded_address(code.recipient), code.recipient)
    why = "reads the mailboxes of both"
    return add_way(customer_id=code.visit.customer_id, way=mailbox, source=Source.CUSTOMER, at=at, why=why).outcome


@transaction.atomic
def drop_address(*, visit_id: int, point_id: int, at: datetime) -> bool:
    """The address is no longer theirs, they say. False for the one by which they came, and for one of somebody else."""
    visit = Visit.objects.get(pk=visit_id)
    if point_id == visit.point_id:
        return False
    gone = retire_way(customer_id=visit.customer_id, point_id=point_id, source=Source.CUSTOMER, at=at)
    return gone is not None
