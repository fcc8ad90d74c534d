"""Switching the daily run on and off, choosing how long a class is kept, and holding what a claim needs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from golddraht.customers.queries import ids_of_person
from golddraht.ground.retention_law import Keeping, period
from golddraht.privacy.models import Hold, KeepingChoice, KeepingPolicy, KeepingRun
from golddraht.privacy.queries.persons import person_of
from golddraht.privacy.rules import may_choose
from golddraht.team.queries import current_tenant


class KeepingRefused(ValueError):
    """This cannot be done; the sentence says why."""


class NoSuchHold(LookupError):
    """There is none with this number in this company that has not ended."""


@transaction.atomic
def begin_keeping(*, seen_run: int, by: int, at: datetime) -> None:
    """Somebody has looked at what the trial `seen_run` found: from now on what is past its period goes.

    What today's trial has counted goes today. Twice is as good as once. Raises KeepingRefused when it was not the latest trial.
    """
    latest = KeepingRun.objects.filter(ended_at__isnull=False).order_by("-on").first()
    if latest is None or latest.pk != seen_run:
        raise KeepingRefused("Look at the latest preview first.")
    policy, _ = KeepingPolicy.objects.select_for_update().get_or_create()
    if policy.begun_at is not None and policy.stopped_at is None:
        return
    policy.begun_at, policy.begun_by_id = at, by
    policy.stopped_at, policy.stopped_by_id, policy.stopped_why = None, None, ""
    policy.save()
    KeepingRun.objects.filter(on=timezone.localdate(at), is_trial=True).delete()


@transaction.atomic
def stop_keeping(*, why: str, by: int, at: datetime) -> None:
    """Nothing goes by itself any more. Raises KeepingRefused without a reason, or when it does not run."""
    policy = KeepingPolicy.objects.select_for_update().filter(begun_at__isnull=False, stopped_at=None).first()
    if policy is None or not why.strip():
        raise KeepingRefused("It runs only once it was begun, and stops only for a reason.")
    policy.stopped_at, policy.stopped_by_id, policy.stopped_why = at, by, why.strip()[:300]
    policy.save()


@transaction.atomic
def choose_period(*, keeping: Keeping, months: int, by: int, at: datetime) -> None:
    """Keep a class shorter or longer, from the next run on. Raises KeepingRefused outside of what the law allows."""
    law = period(keeping, country=current_tenant().country, on=timezone.localdate(at))
    if law is None or not may_choose(law, months):
        raise KeepingRefused("The law does not allow to keep it so short, or so long.")
    values = {"months": months, "chosen_at": at, "chosen_by_id": by}
    KeepingChoice.objects.update_or_create(keeping=keeping.value, defaults=values)


@transaction.atomic
def begin_anew(*, why: str, at: datetime) -> None:
    """Another law counts: nothing goes before somebody has looked again, and choices that it does not allow are forgotten."""
    running = KeepingPolicy.objects.select_for_update().filter(begun_at__isnull=False, stopped_at=None)
    running.update(stopped_at=at, stopped_by=None, stopped_why=why[:300])
    for choice in KeepingChoice.objects.all():
        law = period(Keeping(choice.keeping), country=current_tenant().country, on=timezone.localdate(at))
        if law is None or not may_choose(law, choice.months):
            choice.delete()


@transaction.atomic
def forget_choice(*, keeping: Keeping) -> None:
    """The general line counts again."""
    KeepingChoice.objects.filter(keeping=keeping.value).delete()


@transaction.atomic
def hold(*, customer_id: int, why: str, by: int, at: datetime) -> int:
    """Nothing of this person goes while it stands, by itself or by an erasure. Raises NoSuchCustomer, KeepingRefused without a reason."""
    head = person_of(customer_id).customer_ids[0]
    if not why.strip():
        raise KeepingRefused("A hold needs its reason: the person may ask for it.")
    known = Hold.objects.filter(customer_id__in=ids_of_person(customer_id=head), ended_at=None).first()
    if known is not None:
        return int(known.pk)
    return int(Hold.objects.create(customer_id=head, why=why.strip()[:300], since=at, by_id=by).pk)


@transaction.atomic
def end_hold(*, hold_id: int, by: int, at: datetime) -> None:
    """It may go again when its time is over. Raises NoSuchHold."""
    row = Hold.objects.select_for_update().filter(pk=hold_id, ended_at=None).first()
    if row is None:
        raise NoSuchHold(hold_id)
    row.ended_at, row.ended_by_id = at, by
    row.save(update_fields=["ended_at", "ended_by"])
