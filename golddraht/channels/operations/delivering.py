"""The steps of a delivery, each committed before the next one begins on the network.

WAITING → SENDING → HANDING_OVER → ACCEPTED, REFUSED or UNKNOWN. Every step is a conditional UPDATE that counts its
rows, so two workers never hand over the same mail, and what was left in between is found by `recover_stuck`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.channels.events import DeliveryChanged, DeliveryQueued
from golddraht.channels.mail.failures import Meaning, meaning
from golddraht.channels.models import Delivery, Mailbox
from golddraht.channels.operations.bouncing import note_failed
from golddraht.channels.operations.health import note_sending_failed, note_sent
from golddraht.channels.operations.reaching import review
from golddraht.channels.rules import GIVE_UP_AFTER, STUCK_AFTER, DeliveryState, pause_before
from golddraht.consent.operations import ask_again
from golddraht.consent.queries import leaves_at
from golddraht.consent.rules import State
from golddraht.conversations.models import Milestone
from golddraht.conversations.queries import has_spoken_since
from golddraht.conversations.rules import MAY_WAIT, MOOT_AFTER_A_WORD
from golddraht.customers.rules import Witness
from golddraht.ground.addresses import folded_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.asking import Asked, Change, Question
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.rows import changed
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class Outcome:
    """What a server, or the way to it, made of a mail.

    `state` is ACCEPTED, REFUSED, UNKNOWN, or WAITING for another try. `answer` are the server's words or ours.
    `is_gone` when the address itself was refused, `is_ours` when our own access failed and no mail would go through.
    """

    state: DeliveryState
    answer: str
    is_gone: bool = False
    is_ours: bool = False


def accepted(answer: str) -> Outcome:
    return Outcome(DeliveryState.ACCEPTED, answer)


def later(answer: str, *, is_ours: bool = False) -> Outcome:
    """Not now, but perhaps in a while."""
    return Outcome(DeliveryState.WAITING, answer, is_ours=is_ours)


def unknown(answer: str) -> Outcome:
    return Outcome(DeliveryState.UNKNOWN, answer)


def answered(code: int, status: str | None, answer: str, *, at_recipient: bool = False) -> Outcome:
    """What a reply code with its enhanced status (RFC 3463) means for the mail (RFC 5321 §4.2.1)."""
    meant = meaning(status, answer)
    if code < 500 or (at_recipient and meant is Meaning.PASSING):
        return later(answer)
    # A bare number about a recipient is about the recipient.
    is_bare = meant is Meaning.UNCLEAR and status in {None, "5.0.0", "5.1.0"}
    return Outcome(DeliveryState.REFUSED, answer, is_gone=at_recipient and (meant is Meaning.GONE or is_bare))


@transaction.atomic
def claim(*, delivery_id: int, at: datetime) -> Delivery | None:
    """WAITING → SENDING, for one worker alone; None when it is not due, another was faster, or everything is paused."""
    if is_paused():
        return None
    if _CLAIM.make(pk=delivery_id, at=at) != 1:
        return None
    delivery = _WHOLE.one(pk=delivery_id)
    return delivery if _may_still_leave(delivery, at) else None


def _may_still_leave(delivery: Delivery, at: datetime) -> bool:
    """The gate is asked once more at the last moment: whoever objected meanwhile is not written to."""
    if delivery.permission is None:
        return _is_awaited_or_awake(delivery, at)
    verdict = ask_again(
        delivery.permission,
        address=folded_address(delivery.recipient),
        conversation_id=delivery.message.conversation_id,
        at=at,
    )
    if verdict.state is State.ALLOWED:
        return True
    if verdict.state is State.HELD and verdict.until is not None:
        return _put_off(delivery, verdict.until, at)
    with translation.override(current_tenant().language):
        return _hold(delivery, _("It may not leave any more: the customer does not want it."), at)


def _is_awaited_or_awake(delivery: Delivery, at: datetime) -> bool:
    """What a machine says and nobody waits for keeps quiet hours, and falls silent when a person has spoken meanwhile."""
    message = delivery.message
    if message.automatic not in MAY_WAIT:
        return True
    if message.automatic in MOOT_AFTER_A_WORD and has_spoken_since(message):
        with translation.override(current_tenant().language):
            return _hold(delivery, _("It is not needed any more: somebody has written meanwhile."), at)
    until = leaves_at(customer_id=message.conversation.customer_id, at=at)
    return until <= at or _put_off(delivery, until, at)


def _put_off(delivery: Delivery, until: datetime, at: datetime) -> bool:
    """It waits for the end of their quiet hours."""
    delivery.state, delivery.next_attempt_at, delivery.attempts = DeliveryState.WAITING, until, 0
    changed(delivery, "state", "next_attempt_at", "attempts")
    bus.publish(DeliveryQueued(delivery.pk, at, due_at=until))
    return False


def _hold(delivery: Delivery, why: str, at: datetime) -> bool:
    delivery.state, delivery.answer, delivery.changed_at, delivery.next_attempt_at = DeliveryState.HELD, why, at, None
    changed(delivery, "state", "answer", "changed_at", "next_attempt_at")
    bus.publish(DeliveryChanged(delivery.pk, delivery.message.conversation_id, at))
    return False


_CLAIM = Change(
    lambda: Delivery.objects.filter(pk=Asked("pk"), state=DeliveryState.WAITING, next_attempt_at__lte=Asked("at")),
    state=DeliveryState.SENDING,
    attempts=F("attempts") + 1,
    changed_at=Asked("at"),
)
_WHOLE: Question[Delivery] = Question(
    lambda: Delivery.objects.select_related(
        "mailbox", "permission", "message__conversation", "message__inquiry", "message__author"
    ).filter(pk=Asked("pk"))
)
_HAND_OVER = Change(
    lambda: Delivery.objects.filter(pk=Asked("pk"), state=DeliveryState.SENDING),
    state=DeliveryState.HANDING_OVER,
    changed_at=Asked("at"),
)
_IN_HAND: Question[Delivery] = Question(
    lambda: Delivery.objects.select_for_update(of=("self",)).select_related("message", "mailbox").filter(pk=Asked("pk"))
)


@transaction.atomic
def begin_handing_over(*, delivery_id: int, at: datetime) -> bool:
    """SENDING → HANDING_OVER. False when the delivery was taken back meanwhile; then the final dot must not be sent."""
    return _HAND_OVER.make(pk=delivery_id, at=at) == 1


@transaction.atomic
def note_outcome(*, delivery_id: int, outcome: Outcome, at: datetime) -> None:
    """Write down what became of the attempt, and tell the owner when our words will not arrive."""
    delivery = _IN_HAND.one(pk=delivery_id)
    if delivery.state not in {DeliveryState.SENDING, DeliveryState.HANDING_OVER}:
        return
    outcome = _given_up(delivery, outcome)
    delivery.state = outcome.state
    delivery.answer = one_line(outcome.answer, 1_000)
    delivery.changed_at = at
    is_waiting = outcome.state is DeliveryState.WAITING
    delivery.next_attempt_at = at + pause_before(delivery.attempts) if is_waiting else None
    changed(delivery, "state", "answer", "changed_at", "next_attempt_at")
    _follow_up(delivery, outcome, at)
    bus.publish(DeliveryChanged(delivery.pk, delivery.message.conversation_id, at))


def _given_up(delivery: Delivery, outcome: Outcome) -> Outcome:
    if outcome.state is not DeliveryState.WAITING or delivery.attempts < GIVE_UP_AFTER:
        return outcome
    words = _("Given up after %(count)d tries. The last answer was: %(answer)s") % {
        "count": delivery.attempts,
        "answer": outcome.answer,
    }
    return Outcome(DeliveryState.REFUSED, words)


def _follow_up(delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    if delivery.mailbox is not None:
        _note_health(delivery.mailbox, outcome, at)
    if outcome.state is DeliveryState.WAITING:
        bus.publish(DeliveryQueued(delivery.pk, at, due_at=delivery.next_attempt_at))
    if outcome.state is DeliveryState.REFUSED:
        note_failed(delivery=delivery, is_gone=outcome.is_gone, reason=delivery.answer, source=Witness.SERVER, at=at)
    if outcome.state is DeliveryState.ACCEPTED and delivery.message.lost_at is not None:
        review(message_id=delivery.message_id, at=at)
    if outcome.state is DeliveryState.UNKNOWN:
        _mark_unknown(delivery, at)


def _note_health(mailbox: Mailbox, outcome: Outcome, at: datetime) -> None:
    if outcome.is_ours:
        note_sending_failed(mailbox_id=mailbox.pk, failure=outcome.answer, at=at)
    elif outcome.state is DeliveryState.ACCEPTED:
        note_sent(mailbox_id=mailbox.pk, at=at)


def _mark_unknown(delivery: Delivery, at: datetime) -> None:
    Milestone.objects.create(
        conversation_id=delivery.message.conversation_id,
        kind="DELIVERY_UNKNOWN",
        at=at,
        words=one_line(
            _("Whether our message to %(recipient)s arrived is unknown; it is not sent again by itself.")
            % {"recipient": delivery.recipient},
            400,
        ),
    )


def recover_stuck(*, at: datetime) -> int:
    """What a dead process left behind: SENDING handed nothing over and waits again, HANDING_OVER is honestly unknown.

    Gives how many were found.
    """
    with translation.override(current_tenant().language):
        return _recover(
            DeliveryState.SENDING, later(_("The program was interrupted before the mail was handed over.")), at
        ) + _recover(
            DeliveryState.HANDING_OVER,
            unknown(_("The program was interrupted while the mail was handed over; whether it arrived is unknown.")),
            at,
        )


def _recover(state: DeliveryState, outcome: Outcome, at: datetime) -> int:
    left = Delivery.objects.filter(state=state, changed_at__lt=at - STUCK_AFTER)
    ids = list(left.values_list("pk", flat=True)[:500])
    for delivery_id in ids:
        note_outcome(delivery_id=delivery_id, outcome=outcome, at=at)
    return len(ids)
