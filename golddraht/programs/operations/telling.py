"""Telling one webhook one thing after the other: what is next, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.programs.events import NewsWaits
from golddraht.programs.models import HookAttempt, HookDelivery, Webhook
from golddraht.programs.operations.setting_up import ALARM, locked_webhook
from golddraht.programs.queries import NoSuchWebhook
from golddraht.programs.rules import (
    GONE,
    PAUSED_AFTER,
    REFUSED_AT_MOST,
    DeliveryState,
    headers_for,
    is_refused,
    is_success,
    pause_after,
)
from golddraht.team.operations import clear_alarm, raise_alarm
from golddraht.team.queries import current_tenant

LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Letter:
    """What is to be sent now, to where."""

    webhook_id: int
    delivery_id: int
    url: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Outcome:
    """What came of a try: the receiver's status and first words, or why there was no answer."""

    status: int | None
    milliseconds: int
    answer: str = ""
    failure: str = ""


@transaction.atomic
def begin(*, webhook_id: int, at: datetime, goes_on: bool = False) -> Letter | None:
    """The oldest thing that waits, signed; None when there is none, it rests or is paused, or another worker is at it.

    Whoever has begun goes on with `goes_on`, and tells `rest` at the end.
    """
    webhook = _free(webhook_id, at, goes_on)
    if webhook is None:
        return None
    head = HookDelivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING).order_by("occurrence_id").first()
    if head is None:
        return None
    webhook.busy_until = at + LEASE
    webhook.save(update_fields=["busy_until"])
    message_id, body = f"evt_{head.occurrence_id}", head.occurrence.body
    headers = headers_for(
        secrets=_secrets_of(webhook, at), message_id=message_id, timestamp=int(at.timestamp()), body=body
    )
    return Letter(webhook.pk, head.pk, webhook.url, headers, body)


def _free(webhook_id: int, at: datetime, goes_on: bool) -> Webhook | None:
    try:
        webhook = locked_webhook(webhook_id)
    except NoSuchWebhook:
        return None
    is_busy = not goes_on and webhook.busy_until is not None and webhook.busy_until > at
    rests = webhook.next_try_at is not None and webhook.next_try_at > at
    return None if is_busy or rests or webhook.paused_at is not None else webhook


def _secrets_of(webhook: Webhook, at: datetime) -> list[str]:
    old = [webhook.old_secret] if webhook.old_secret_until and webhook.old_secret_until > at else []
    return [one.reveal() for one in [webhook.secret, *old]]


@transaction.atomic
def note_outcome(letter: Letter, outcome: Outcome, *, at: datetime) -> bool:
    """Write down what came of it; True when the next thing can be told at once."""
    delivery = HookDelivery.objects.select_for_update().filter(pk=letter.delivery_id).first()
    if delivery is None:
        return False
    HookAttempt.objects.create(
        delivery=delivery,
        at=at,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        answer=one_line(outcome.answer, 1000),
        failure=one_line(outcome.failure, 300),
    )
    delivery.attempts += 1
    if is_success(outcome.status):
        return _delivered(delivery, at=at)
    return _failed(delivery, outcome, at=at)


def _delivered(delivery: HookDelivery, *, at: datetime) -> bool:
    _settle(delivery, DeliveryState.DELIVERED, at=at)
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    if webhook.failures:
        webhook.failures, webhook.failing_since, webhook.next_try_at = 0, None, None
        webhook.save(update_fields=["failures", "failing_since", "next_try_at"])
        clear_alarm(kind=ALARM, subject=webhook.url[:254], at=at)
    return True


def _failed(delivery: HookDelivery, outcome: Outcome, *, at: datetime) -> bool:
    if is_refused(outcome.status) and outcome.status != GONE and delivery.attempts >= REFUSED_AT_MOST:
        _settle(delivery, DeliveryState.GIVEN_UP, at=at)
    else:
        delivery.save(update_fields=["attempts"])
    _let_rest(Webhook.objects.select_for_update().get(pk=delivery.webhook_id), outcome, at=at)
    return False


def _settle(delivery: HookDelivery, state: DeliveryState, *, at: datetime) -> None:
    delivery.state, delivery.settled_at = state, at
    delivery.save(update_fields=["state", "settled_at", "attempts"])


def _let_rest(webhook: Webhook, outcome: Outcome, *, at: datetime) -> None:
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or at
    webhook.next_try_at = at + pause_after(webhook.failures)
    if outcome.status == GONE or at - webhook.failing_since >= PAUSED_AFTER:
        webhook.paused_at = webhook.paused_at or at
        _alarm(webhook, at=at)
    webhook.save(update_fields=["failures", "failing_since", "next_try_at", "paused_at"])
    if webhook.paused_at is None:
        bus.publish(NewsWaits(webhook.pk, webhook.next_try_at, at))


def _alarm(webhook: Webhook, *, at: datetime) -> None:
    with translation.override(current_tenant().language):
        words = _(
            "The webhook “%(name)s” could not be told anything for a long time and is paused. Nothing is lost: mend the"
            " receiver, then resume it in the settings."
        ) % {"name": webhook.name}
        raise_alarm(kind=ALARM, subject=webhook.url[:254], words=words, at=at)


@transaction.atomic
def rest(*, webhook_id: int) -> None:
    """Whoever told it things is done for now."""
    Webhook.objects.filter(pk=webhook_id).update(busy_until=None)
