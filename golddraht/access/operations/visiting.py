"""A visit begins with a code or a link, and ends with a button or by itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from golddraht.access.models import Visit
from golddraht.access.operations.codes import code_that_fits
from golddraht.access.queries.visits import digest_of, names_at, numbers_known
from golddraht.access.rules import MOST_TRIES, VISIT_LASTS, Proof, Purpose, is_same_number, is_shared
from golddraht.customers.models import ContactPoint


@dataclass(frozen=True)
class Entered:
    """A visit that has begun. The key is given out once and kept nowhere."""

    visit_id: int
    key: str
    ends_at: datetime


@transaction.atomic
def enter_with_code(*, code_id: int, digits: str, at: datetime) -> Entered | None:
    """A visit of whoever reads the mailbox; None where the digits do not fit, which counts as a try."""
    code = code_that_fits(code_id=code_id, purpose=Purpose.ENTER, digits=digits, at=at)
    return _begin(code.point, Proof.CODE, at) if code is not None and code.point is not None else None


@transaction.atomic
def enter_by_link(*, point_id: int, at: datetime) -> Entered | None:
    """A visit of whoever holds a link of ours; None when the address is gone."""
    point = ContactPoint.objects.filter(pk=point_id, channel="EMAIL").first()
    return _begin(point, Proof.LINK, at) if point is not None else None


def _begin(point: ContactPoint, proof: Proof, at: datetime) -> Entered:
    key = secrets.token_urlsafe(32)
    visit = Visit.objects.create(
        digest=digest_of(key),
        point=point,
        customer_id=point.customer_id,
        proof=proof,
        is_shared=is_shared(point.address, names_at(point)),
        began_at=at,
        ends_at=at + VISIT_LASTS,
    )
    return Entered(visit.pk, key, visit.ends_at)


@transaction.atomic
def prove_by_number(*, visit_id: int, number: str, at: datetime) -> bool:
    """Whether it is a customer number of theirs; then everything is shown. Each try counts: a visit has five."""
    rows = Visit.objects.filter(pk=visit_id, proof=Proof.CODE, ended_at=None, ends_at__gt=at)
    if not rows.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    visit = rows.get()
    if not any(is_same_number(number, one) for one in numbers_known(customer_id=visit.customer_id)):
        return False
    return bool(rows.update(proof=Proof.FACT))


@transaction.atomic
def leave(*, visit_id: int, at: datetime) -> None:
    """The visit is over; its key opens nothing any more."""
    Visit.objects.filter(pk=visit_id, ended_at=None).update(ended_at=at)
