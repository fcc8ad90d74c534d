"""What time does to promises: owners are reminded, what ran out is broken, dangers not yet told are told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, QuerySet

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations.promising import pull_next_touch, was_escalated_since
from golddraht.conversations.queries.braking import is_brake_pulled
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint
from golddraht.promises.models import Promise
from golddraht.promises.operations.disturbing import AT_ONCE, announce_to_each
from golddraht.promises.operations.endangering import place_of
from golddraht.promises.operations.following import promise_the_moved_date
from golddraht.promises.operations.keeping import settle
from golddraht.promises.operations.making import note
from golddraht.promises.queries.finding import conversation_of
from golddraht.promises.rules import GRACE, OURS_TO_DO, SOON, Kind, State, remind_at

log = logging.getLogger(__name__)

NOTHING_OWED = frozenset({Status.QUIET, Status.SPAM})
"""It turned out that no answer was needed, so none was promised either."""


@dataclass(frozen=True)
class Swept:
    """Promises reminded of and broken, customers told of a danger; `is_done` when nothing is left for now."""

    reminded: int
    broken: int
    announced: int
    is_done: bool


def sweep(*, at: datetime, limit: int = 200) -> Swept:
    """One batch of each for the tenant being seen. Safe to run twice, and beside another one: locked rows are left out."""
    broken = break_overdue(at=at, limit=limit)
    reminded = remind_owners(at=at, limit=limit)
    announced = announce_untold(at=at)
    is_done = max(broken, reminded) < limit and announced < AT_ONCE
    return Swept(reminded, broken, announced, is_done=is_done)


@transaction.atomic
def break_overdue(*, at: datetime, limit: int) -> int:
    """Open promises whose time has passed are broken, and their live conversations due now."""
    overdue = Promise.objects.filter(state=State.OPEN, due_at__lt=at - GRACE).order_by("due_at")
    return _each(overdue, limit, lambda promise: _run_out(promise, at=at))


def _run_out(promise: Promise, *, at: datetime) -> None:
    conversation = conversation_of(promise)
    if promise.kind == Kind.FIRST_ANSWER and conversation is not None and conversation.status in NOTHING_OWED:
        promise.delete()
        return
    if promise.kind in OURS_TO_DO and _is_out_of_sight(conversation):
        # Nobody would hear of it: the lead is told in a concern of its own. What was done may only not be recorded,
        # so the customer is not written to.
        place_of([promise], at=at)
        settle(promise, State.BROKEN, by=None, at=at)
        return
    settle(promise, State.BROKEN, by=None, at=at)
    promise_the_moved_date(promise, at=at)
    if conversation is not None and not was_escalated_since(conversation_id=conversation.pk, since=promise.due_at):
        # What others bring may have arrived unrecorded: then the lead asks, and the customer is not written to.
        is_ours = promise.kind in OURS_TO_DO or conversation.status == Status.PROPOSED
        pull_next_touch(conversation_id=conversation.pk, latest_at=at, at=at, is_ours=is_ours)


def _is_out_of_sight(conversation: Conversation | None) -> bool:
    return conversation is None or not (conversation.is_live() or conversation.status == Status.SPAM)


@transaction.atomic
def remind_owners(*, at: datetime, limit: int) -> int:
    """Each owner once, shortly before. A first answer is reminded of by its next touch."""
    near = Promise.objects.filter(state=State.OPEN, reminded_at=None, due_at__gt=at, due_at__lte=at + SOON)
    # `remind_at` in SQL: three quarters of the time have passed.
    ripe = near.filter(made_at__lte=at - (F("due_at") - F("made_at")) * 3 / 4).exclude(kind=Kind.FIRST_ANSWER)
    return _each(ripe.order_by("due_at"), limit, lambda promise: _remind(promise, at=at))


def _remind(promise: Promise, *, at: datetime) -> None:
    if at < remind_at(made_at=promise.made_at, due_at=promise.due_at):
        return
    promise.reminded_at = at
    promise.save(update_fields=["reminded_at"])
    note(promise, "PROMISE_DUE", by=None, at=at)


@transaction.atomic
def announce_untold(*, at: datetime) -> int:
    """Customers who have not heard of a danger yet (many at once, the hourly brake, a failure): now, while it is time."""
    if is_brake_pulled(at=at):
        return 0
    reachable = ContactPoint.objects.filter(
        customer_id=OuterRef("customer_id"), channel="EMAIL", unreachable_since=None
    )
    untold = Promise.objects.filter(
        Exists(reachable), state=State.OPEN, endangered_at__isnull=False, announced_at=None, due_at__gt=at
    )
    # Whole customers, so that each hears of everything in one message.
    first = untold.order_by().values("customer_id").annotate(due=Min("due_at")).order_by("due", "customer_id")
    rows = untold.filter(customer_id__in=[row["customer_id"] for row in first[:AT_ONCE]])
    rows = rows.select_related("customer", "owner", "conversation__team")
    return announce_to_each(rows.select_for_update(of=("self",), skip_locked=True), at=at)


def _each(rows: QuerySet[Promise], limit: int, act: Callable[[Promise], None]) -> int:
    """Do it for each that nobody else is working on; its conversation is locked first, as an answer does."""
    done = 0
    for promise_id, conversation_id in rows.values_list("pk", "conversation_id")[:limit]:
        if conversation_id is not None and not _is_free(conversation_id):
            continue
        promise = rows.filter(pk=promise_id).select_for_update(of=("self",), skip_locked=True)
        if (found := promise.select_related("customer", "owner", "conversation").first()) is not None:
            done += _is_done(found, act)
    return done


def _is_done(promise: Promise, act: Callable[[Promise], None]) -> bool:
    """One that fails is logged and stops no other."""
    try:
        with transaction.atomic():
            act(promise)
    except Exception:
        log.exception("Promise %s could not be swept.", promise.pk)
        return False
    return True


def _is_free(conversation_id: int) -> bool:
    row = Conversation.objects.filter(pk=conversation_id).select_for_update(no_key=True, skip_locked=True)
    return row.first() is not None
