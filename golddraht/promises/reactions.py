"""What promises make of what happens elsewhere. All of it holds at once, in the transaction of whoever publishes."""

from __future__ import annotations

import logging

from golddraht.commerce.events import DatePromised, DateWithdrawn, DeliveryPromised, VisitPromised
from golddraht.conversations.events import (
    AnswerArrived,
    AnswerLost,
    ConcernReopened,
    ConcernSolved,
    HandedOver,
    MessageReceived,
    MessageWritten,
)
from golddraht.plumbing.transactions import is_at_a_stretch
from golddraht.promises.operations import (
    Thing,
    acknowledge,
    follow_word,
    hold_promised_times,
    keep_first_answer,
    pass_promises_on,
    promise_an_answer,
    unsay_word,
    waive_promises,
    withdraw_answer,
)
from golddraht.promises.rules import Kind, Word

log = logging.getLogger(__name__)


def promise_on_arrival(event: MessageReceived) -> None:
    if event.is_new_conversation and event.needs_answer:
        promise_an_answer(conversation_id=event.conversation_id, at=event.at)


def acknowledge_arrival(event: MessageReceived) -> None:
    if not (event.is_new_conversation and event.needs_answer):
        return
    try:
        acknowledge(conversation_id=event.conversation_id, message_id=event.message_id, at=event.at)
    except Exception:
        if is_at_a_stretch():
            raise
        # What arrived is worth more than its receipt: owner and next touch stand without it.
        log.exception("No receipt for conversation %s.", event.conversation_id)


def promise_on_return(event: ConcernReopened) -> None:
    promise_an_answer(conversation_id=event.conversation_id, at=event.at)


def keep_on_answer(event: MessageWritten) -> None:
    if not event.is_automatic and event.is_heard:
        keep_first_answer(conversation_id=event.conversation_id, message_id=event.message_id, at=event.at)
        hold_promised_times(conversation_id=event.conversation_id, at=event.at)


def withdraw_on_loss(event: AnswerLost) -> None:
    withdraw_answer(conversation_id=event.conversation_id, message_id=event.message_id, at=event.at)


def keep_on_late_arrival(event: AnswerArrived) -> None:
    keep_first_answer(conversation_id=event.conversation_id, message_id=event.message_id, at=event.at)


def settle_on_solution(event: ConcernSolved) -> None:
    keep_first_answer(conversation_id=event.conversation_id, at=event.at)
    if event.confirmed:
        waive_promises(conversation_id=event.conversation_id, at=event.at)


def pass_on_with_the_concern(event: HandedOver) -> None:
    pass_promises_on(conversation_id=event.conversation_id, from_id=event.from_id, to_id=event.to_id)


def follow_delivery(event: DeliveryPromised) -> None:
    _follow(Kind.DELIVERY, event)


def follow_visit(event: VisitPromised) -> None:
    _follow(Kind.VISIT, event)


def take_word_back(event: DateWithdrawn) -> None:
    unsay_word(mark=event.mark, said_at=event.said_at, done_at=event.done_at, at=event.at)


def _follow(kind: Kind, event: DatePromised) -> None:
    thing = Thing(
        mark=event.mark,
        kind=kind,
        customer_id=event.customer_id,
        what=event.what,
        reference=event.reference,
        tour=event.tour,
        why=event.why,
        conversation_id=event.conversation_id,
    )
    word = Word(
        starts_at=event.starts_at,
        due_at=event.due_at,
        said_at=event.said_at,
        agreed=event.agreed,
        done_at=event.done_at,
        cancelled_at=event.cancelled_at,
    )
    follow_word(thing=thing, word=word, at=event.at)
