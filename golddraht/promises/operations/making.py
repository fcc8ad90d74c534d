"""Giving our word: the first answer by itself, anything else by a colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min, Q

from golddraht.conversations.models import Conversation, Milestone
from golddraht.conversations.operations.promising import pull_next_touch
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.rows import added
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.plumbing.transactions import joined
from golddraht.promises.events import PromiseMade
from golddraht.promises.models import Promise
from golddraht.promises.queries.finding import conversation_of, in_matter
from golddraht.promises.rules import FARTHEST, OURS_TO_DO, RECORDED, Kind, State
from golddraht.team.models import Membership


class PromiseRefused(ValueError):
    """It cannot be promised like that. `reason`: KIND, WORDS, PAST, TOO_FAR, WINDOW, OWNER or CUSTOMER; the message says it in English."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


_LOCKED: Question[Conversation] = Question(
    lambda: Conversation.objects.select_for_update(no_key=True).filter(pk=Asked("pk"))
)
_STANDING: Question[Promise] = Question(
    lambda: Promise.objects.filter(conversation=Asked("conversation"), kind=Kind.FIRST_ANSWER, state=State.OPEN)
)


@joined
def promise_an_answer(*, conversation_id: int, at: datetime) -> Promise | None:
    """The first answer, due at the next touch of the conversation as it arrived. The first promise stands.

    None when the conversation is not live and nothing is promised yet.
    """
    # Whoever has it in hand has made or locked it.
    conversation = in_hand(Conversation, conversation_id) or _LOCKED.one(pk=conversation_id)
    standing = _STANDING.first(conversation=conversation_id)
    if standing is not None or not conversation.is_live():
        return standing
    # A live conversation has both: PostgreSQL sees to it.
    assert conversation.owner_id is not None and conversation.next_touch_at is not None
    promise = added(
        Promise(
            customer_id=conversation.customer_id,
            conversation=conversation,
            owner_id=conversation.owner_id,
            kind=Kind.FIRST_ANSWER,
            what="",
            due_at=conversation.next_touch_at,
            made_at=at,
        )
    )
    bus.publish(PromiseMade(promise.pk, conversation.pk, at, promise.customer_id))
    return promise


@transaction.atomic
def make_promise(
    *,
    customer_id: int,
    conversation_id: int | None,
    owner_id: int,
    kind: Kind,
    what: str,
    due_at: datetime,
    by: int | None,
    at: datetime,
    starts_at: datetime | None = None,
    reference: str = "",
    tour: str = "",
    outside: str = "",
    dated_at: datetime | None = None,
) -> Promise:
    """Record what a customer was told with a date; `by` None means that a system did.

    What a person of ours must do pulls the conversation's next touch to at most its time. Raises PromiseRefused.
    """
    _check_time(starts_at=starts_at, due_at=due_at, at=at)
    _check_words(kind, what)
    _check_people(customer_id=customer_id, conversation_id=conversation_id, owner_id=owner_id)
    promise: Promise = Promise.objects.create(
        customer_id=customer_id,
        conversation_id=conversation_id,
        owner_id=owner_id,
        kind=kind,
        what=one_line(what, 300),
        reference=one_line(reference, 80),
        tour=one_line(tour, 80),
        starts_at=starts_at,
        due_at=due_at,
        made_at=at,
        made_by_id=by,
        outside=outside,
        dated_at=dated_at,
    )
    note(promise, "PROMISED", by=by, at=at)
    hold_next_touch(promise, at=at)
    bus.publish(PromiseMade(promise.pk, conversation_id, at, promise.customer_id))
    return promise


def _check_time(*, starts_at: datetime | None, due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise PromiseRefused("PAST", "A promise is about the future.")
    if due_at > at + FARTHEST:
        raise PromiseRefused("TOO_FAR", "That is more than a year away: agree on a date that somebody can be held to.")
    if starts_at is not None and starts_at > due_at:
        raise PromiseRefused("WINDOW", "The window ends before it starts.")


def _check_words(kind: Kind, what: str) -> None:
    if kind not in RECORDED:
        raise PromiseRefused("KIND", "The first answer is promised by itself when a concern arrives.")
    if kind != Kind.CALLBACK and not what.strip():
        raise PromiseRefused("WORDS", "Say in a few words what you promise.")


def _check_people(*, customer_id: int, conversation_id: int | None, owner_id: int) -> None:
    if not Membership.objects.filter(pk=owner_id, tenant_id=current_tenant_id(), active=True).exists():
        raise PromiseRefused("OWNER", "Choose a colleague who works here and is active.")
    if conversation_id is None:
        return
    # A person may have merged the concerns of two customers: then each is promised something in the same one.
    here = Q(pk=conversation_id) | Q(merged_into_id=conversation_id)
    if not Conversation.objects.filter(here, customer_id=customer_id).exists():
        raise PromiseRefused("CUSTOMER", "This concern belongs to another customer.")


def hold_next_touch(promise: Promise, *, at: datetime) -> None:
    """What we must do ourselves cannot be due before the conversation's next touch."""
    if promise.conversation_id is not None and promise.kind in OURS_TO_DO:
        pull_next_touch(conversation_id=promise.conversation_id, latest_at=promise.due_at, at=at)


@transaction.atomic
def hold_promised_times(*, conversation_id: int, at: datetime) -> None:
    """After an answer has moved the next touch: no later than the next thing we promised to do ourselves."""
    rows = Promise.objects.filter(in_matter(conversation_id), state=State.OPEN, due_at__gt=at)
    earliest = rows.filter(kind__in=sorted(OURS_TO_DO)).aggregate(earliest=Min("due_at"))["earliest"]
    if earliest is not None:
        pull_next_touch(conversation_id=conversation_id, latest_at=earliest, at=at)


@transaction.atomic
def pass_promises_on(*, conversation_id: int, from_id: int | None, to_id: int) -> None:
    """Who cares for the concern from now on keeps what the previous owner promised to do in it."""
    rows = Promise.objects.filter(in_matter(conversation_id), state=State.OPEN, kind__in=sorted(OURS_TO_DO))
    rows.filter(owner_id=from_id).update(owner_id=to_id)


def note(promise: Promise, kind: str, *, by: int | None, at: datetime, words: str = "") -> None:
    """One line in the thread of the promise's conversation, or of the one it was merged into."""
    conversation = conversation_of(promise) if promise.kind != Kind.FIRST_ANSWER else None
    if conversation is None:
        return
    Milestone.objects.create(
        conversation=conversation, kind=kind, by_id=by, at=at, words=one_line(words or promise.what, 400)
    )
