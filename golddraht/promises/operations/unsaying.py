"""What was said from outside was never meant: the promise that stood on it alone is none, and whoever heard of it is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.operations.promising import pull_next_touch
from golddraht.plumbing import bus
from golddraht.promises.events import PromiseBroken, PromiseReopened
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations.endangering import TOLD_BY_A_PERSON_WITHIN, withdraw_danger
from golddraht.promises.operations.keeping import settle
from golddraht.promises.operations.making import hold_next_touch, note
from golddraht.promises.queries.cards import title_of
from golddraht.promises.queries.finding import locked_promise
from golddraht.promises.rules import State, is_broken


@transaction.atomic
def unsay_word(*, mark: str, said_at: datetime | None, done_at: datetime | None, at: datetime) -> None:
    """The date that was named at `said_at`, or the proof that it took place, is taken back by whoever said it.

    What the customer chose, and what a colleague promised, stands. Whoever was told of another date hears that the promised
    one holds; whoever was told of a danger of what is no promise any more hears that from their owner, soon. Told again
    it changes nothing.
    """
    newest = Promise.objects.filter(outside=mark).order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return
    promise = locked_promise(newest)
    if done_at is not None:
        _open_again(promise, done_at, at=at)
    if said_at is not None and not _is_by_choice(promise):
        _take_back(promise, said_at, at=at)


def _is_by_choice(promise: Promise) -> bool:
    """What the customer has chosen is younger than what was said, and theirs; what a colleague said is ours."""
    chosen = Option.objects.filter(chosen_at__isnull=False)
    by_choice = chosen.filter(promise=promise).exists() or chosen.filter(made=promise).exists()
    return by_choice or promise.made_by_id is not None


def _open_again(promise: Promise, done_at: datetime, *, at: datetime) -> None:
    """It was settled by a proof that is none: open while there is time, else it ran out."""
    if promise.settled_by_id is not None or promise.settled_at != done_at or promise.state == State.WAIVED:
        return
    if is_broken(due_at=promise.due_at, at=at):
        promise.state, promise.settled_at = State.BROKEN, at
        told: PromiseBroken | PromiseReopened = PromiseBroken(
            promise.pk, promise.conversation_id, at, promise.customer_id
        )
    else:
        promise.state, promise.settled_at = State.OPEN, None
        told = PromiseReopened(promise.pk, promise.conversation_id, at)
    promise.save(update_fields=["state", "settled_at"])
    hold_next_touch(promise, at=at)
    bus.publish(told)


def _take_back(promise: Promise, said_at: datetime, *, at: datetime) -> None:
    if promise.dated_at == said_at:
        _waive(promise, at=at)
    elif promise.state == State.OPEN and promise.moved_to is not None:
        promise.moved_from = promise.moved_to = None
        promise.save(update_fields=["moved_from", "moved_to"])
        withdraw_danger(promise_id=promise.pk, by=None, at=at)


def _waive(promise: Promise, *, at: datetime) -> None:
    was_told, was_open = promise.announced_at is not None, promise.state == State.OPEN
    if promise.state != State.WAIVED:
        settle(promise, State.WAIVED, by=None, at=at)
    if was_told and was_open and promise.conversation_id is not None:
        note(promise, "WORD_TAKEN_BACK", by=None, at=at, words=title_of(promise))
        latest_at = at + TOLD_BY_A_PERSON_WITHIN
        pull_next_touch(conversation_id=promise.conversation_id, latest_at=latest_at, at=at, is_ours=True)
