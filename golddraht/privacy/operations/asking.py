"""Asking for somebody to be erased, and deciding about it. Only a person refuses, and says why."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from golddraht.customers.queries import ids_of_person
from golddraht.ground.retention_law import answer_clock, months_after
from golddraht.plumbing import bus
from golddraht.privacy.events import ErasureApproved, ErasureAsked
from golddraht.privacy.models import Erasure
from golddraht.privacy.queries.periods import is_held
from golddraht.privacy.queries.persons import person_of
from golddraht.privacy.queries.requests import NoSuchErasure
from golddraht.privacy.rules import Asker
from golddraht.privacy.rules.asking import MORE_MONTHS
from golddraht.team.queries import current_tenant


class ErasureRefused(ValueError):
    """This cannot be done with the request any more; the sentence says why."""


@transaction.atomic
def ask_erasure(*, customer_id: int, by: int | None, at: datetime, asked_by_customer: bool = False) -> int:
    """The person behind this customer is to be erased; gives the number of the request, of the open one if there is one.

    `by` is the colleague who enters it, None for the person themselves; `asked_by_customer` says that the colleague only
    takes down what the person wishes. Nothing is erased before somebody approves. Raises NoSuchCustomer.
    """
    person = person_of(customer_id)
    open_one = _open().select_for_update().filter(customer_id__in=person.customer_ids).first()
    if open_one is not None:
        return int(open_one.pk)
    erasure = Erasure.objects.create(
        request=uuid4(),
        customer_id=person.customer_ids[0],
        asker=Asker.COLLEAGUE if by and not asked_by_customer else Asker.CUSTOMER,
        asked_at=at,
        asked_by_id=by,
        due_on=answer_clock(current_tenant().country).due_on(timezone.localdate(at)),
    )
    bus.publish(ErasureAsked(erasure.pk, at))
    return int(erasure.pk)


def _open() -> QuerySet[Erasure]:
    return Erasure.objects.filter(done_at=None, refused_at=None, withdrawn_at=None)


@transaction.atomic
def approve_erasure(*, erasure_id: int, by: int | None, released: list[int] | None = None, at: datetime) -> None:
    """It can begin: somebody has looked at what goes and what the law keeps. `released` are concerns that are no business letters.

    Twice is as good as once. Raises NoSuchErasure, ErasureRefused when it was refused or withdrawn, or
    while the person is held.
    """
    erasure = _locked(erasure_id)
    if erasure.approved_at is not None:
        return
    _refuse_closed(erasure)
    if is_held(ids_of_person(customer_id=erasure.customer_id)):
        raise ErasureRefused(
            "A claim is open, and what it needs is held: end the hold first (Article 17 (3) (e) GDPR)."
        )
    erasure.approved_at, erasure.approved_by_id = at, by
    erasure.released = sorted(set(released or []))
    erasure.save(update_fields=["approved_at", "approved_by", "released"])
    bus.publish(ErasureApproved(erasure.pk, at))


@transaction.atomic
def refuse_erasure(*, erasure_id: int, by: int, why: str, at: datetime) -> None:
    """Say no, with the reason that the person is told (Article 12 (4) GDPR). Raises NoSuchErasure, ErasureRefused."""
    erasure = _locked(erasure_id)
    _refuse_closed(erasure)
    if erasure.approved_at is not None:
        raise ErasureRefused("It has begun already.")
    if not why.strip():
        raise ErasureRefused("A refusal needs its reason: the person has to be told.")
    erasure.refused_at, erasure.refused_by_id, erasure.refused_why = at, by, why.strip()[:500]
    erasure.save(update_fields=["refused_at", "refused_by", "refused_why"])


@transaction.atomic
def withdraw_erasure(*, erasure_id: int, at: datetime) -> None:
    """Whoever asked does not wish it any more. Raises NoSuchErasure, ErasureRefused when it has begun."""
    erasure = _locked(erasure_id)
    if erasure.withdrawn_at is not None:
        return
    if erasure.approved_at is not None:
        raise ErasureRefused("It has begun already.")
    _refuse_closed(erasure)
    erasure.withdrawn_at = at
    erasure.save(update_fields=["withdrawn_at"])


@transaction.atomic
def extend_erasure(*, erasure_id: int, why: str, at: datetime) -> None:
    """Two more months, once, for a reason that the person is told within the first (Article 12 (3) GDPR). Raises ErasureRefused."""
    erasure = _locked(erasure_id)
    _refuse_closed(erasure)
    if erasure.extended_at is not None or timezone.localdate(at) > erasure.due_on or not why.strip():
        raise ErasureRefused("The time can be extended once, within the first month, and with a reason.")
    erasure.extended_at, erasure.extended_why = at, why.strip()[:500]
    erasure.due_on = months_after(erasure.due_on, MORE_MONTHS)
    erasure.save(update_fields=["extended_at", "extended_why", "due_on"])


def _locked(erasure_id: int) -> Erasure:
    erasure: Erasure | None = Erasure.objects.select_for_update().filter(pk=erasure_id).first()
    if erasure is None:
        raise NoSuchErasure(erasure_id)
    return erasure


def _refuse_closed(erasure: Erasure) -> None:
    if erasure.refused_at or erasure.withdrawn_at or erasure.done_at:
        raise ErasureRefused("This request is closed.")


def is_of_person(erasure: Erasure, customer_id: int) -> bool:
    """Whether it is about the person behind this customer."""
    return erasure.customer_id in ids_of_person(customer_id=customer_id)
