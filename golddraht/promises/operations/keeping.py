"""Settling promises honestly: kept in time, or broken."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.plumbing import bus
from golddraht.promises.events import PromiseBroken, PromiseKept, PromiseWaived
from golddraht.promises.models import Promise
from golddraht.promises.operations.making import note
from golddraht.promises.queries.finding import in_matter, locked_promise
from golddraht.promises.rules import NEEDLESS_ONCE_SOLVED, Kind, State, is_broken


class AlreadySettled(ValueError):
    """The promise is kept, broken or changed; what was so cannot be made undone."""


class NotYet(ValueError):
    """Nothing can have been kept in the future."""


@transaction.atomic
def keep_promise(*, promise_id: int, by: int | None, at: datetime, kept_at: datetime | None = None) -> Promise:
    """It was done, at `kept_at` (now, if not given). What was done too late is recorded as broken.

    A promise that ran out only because nobody had recorded the keeping of it may be corrected with a `kept_at` in time;
    who says so stands in the record. Twice changes nothing. Raises AlreadySettled, NotYet, NoSuchPromise.
    """
    promise = locked_promise(promise_id)
    done_at = kept_at or at
    if done_at > at:
        raise NotYet("Choose a moment that has passed.")
    if promise.state == State.KEPT:
        return promise
    in_time = not is_broken(due_at=promise.due_at, at=done_at)
    if promise.state != State.OPEN and not (in_time and _ran_out_unrecorded(promise)):
        raise AlreadySettled("This promise is settled already.")
    settle(promise, State.KEPT if in_time else State.BROKEN, by=by, at=done_at)
    return promise


def _ran_out_unrecorded(promise: Promise) -> bool:
    # Our own answers are facts that the system saw itself; nobody can correct those.
    return promise.state == State.BROKEN and promise.settled_by_id is None and promise.kind != Kind.FIRST_ANSWER


def settle(promise: Promise, state: State, *, by: int | None, at: datetime) -> None:
    """Record what became of a promise, tell the thread and publish it."""
    promise.state = state
    promise.settled_at, promise.settled_by_id = at, by
    promise.save(update_fields=["state", "settled_at", "settled_by", "answered_with"])
    note(promise, f"PROMISE_{state}", by=by, at=at)
    told = {State.KEPT: PromiseKept, State.BROKEN: PromiseBroken, State.WAIVED: PromiseWaived}.get(state)
    if told is not None:
        bus.publish(told(promise.pk, promise.conversation_id, at, promise.customer_id))


@transaction.atomic
def keep_first_answer(
    *, conversation_id: int, at: datetime, by: int | None = None, message_id: int | None = None
) -> None:
    """A person has answered, so the open first answers of the conversation and of those merged into it are settled.

    `message_id` are the words that did it: should they never arrive, it is taken back. Called again it finds nothing.
    """
    rows = Promise.objects.filter(in_matter(conversation_id), kind=Kind.FIRST_ANSWER, state=State.OPEN)
    for promise in rows.select_for_update(of=("self",)).order_by("pk"):
        late = is_broken(due_at=promise.due_at, at=at)
        promise.answered_with_id = message_id
        settle(promise, State.BROKEN if late else State.KEPT, by=by, at=at)


@transaction.atomic
def waive_promises(*, conversation_id: int, at: datetime, by: int | None = None) -> int:
    """The customer said that it is solved: calls and the like that were still to come are not needed any more.

    They count neither as kept nor as broken; what had run out by then is broken. Gives how many there were.
    """
    rows = Promise.objects.filter(in_matter(conversation_id), kind__in=sorted(NEEDLESS_ONCE_SOLVED), state=State.OPEN)
    found = list(rows.select_for_update(of=("self",)).select_related("conversation").order_by("pk"))
    for promise in found:
        late = is_broken(due_at=promise.due_at, at=at)
        settle(promise, State.BROKEN if late else State.WAIVED, by=by, at=at)
    return len(found)
