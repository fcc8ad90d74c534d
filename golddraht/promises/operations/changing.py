"""Another date: with the customer's agreement it is a change, without it the first promise is broken."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.promises.models import Promise
from golddraht.promises.operations.keeping import AlreadySettled, settle
from golddraht.promises.operations.making import PromiseRefused, make_promise
from golddraht.promises.queries.finding import locked_promise
from golddraht.promises.rules import Kind, State


@transaction.atomic
def change_promise(
    *,
    promise_id: int,
    due_at: datetime,
    agreed: bool,
    by: int | None,
    at: datetime,
    starts_at: datetime | None = None,
    what: str | None = None,
    owner_id: int | None = None,
) -> Promise:
    """The promise that stands instead. Without the customer's agreement the old one counts as broken (M4).

    Raises AlreadySettled, NoSuchPromise, and PromiseRefused, also for a first answer: its first time stands.
    """
    promise = locked_promise(promise_id)
    if promise.kind == Kind.FIRST_ANSWER:
        raise PromiseRefused("KIND", "The time of a first answer stands as it was said.")
    if promise.state != State.OPEN:
        raise AlreadySettled("This promise is settled already.")
    fresh = renewed(promise, due_at=due_at, starts_at=starts_at, what=what, owner_id=owner_id, by=by, at=at)
    replace(promise, fresh, agreed=agreed, by=by, at=at)
    return fresh


def renewed(
    promise: Promise,
    *,
    due_at: datetime,
    by: int | None,
    at: datetime,
    starts_at: datetime | None = None,
    what: str | None = None,
    owner_id: int | None = None,
    kind: Kind | None = None,
) -> Promise:
    """A new promise to the same customer in the same matter. Raises PromiseRefused.

    It goes on following what the old one followed outside, unless something else is promised now.
    """
    is_same_thing = kind is None or kind == promise.kind
    return make_promise(
        customer_id=promise.customer_id,
        conversation_id=promise.conversation_id,
        owner_id=owner_id or promise.owner_id,
        kind=kind or Kind(promise.kind),
        what=what or promise.what,
        starts_at=starts_at,
        due_at=due_at,
        reference=promise.reference,
        outside=promise.outside if is_same_thing else "",
        dated_at=at if promise.outside else None,
        by=by,
        at=at,
    )


def replace(promise: Promise, fresh: Promise, *, agreed: bool, by: int | None, at: datetime) -> None:
    """Let `fresh` take the place of an open promise; one that is settled already stays what it is."""
    if promise.state != State.OPEN:
        return
    if agreed:
        promise.replaced_by = fresh
        promise.save(update_fields=["replaced_by"])
    settle(promise, State.CHANGED if agreed else State.BROKEN, by=by, at=at)
