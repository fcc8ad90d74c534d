"""Making the played past the past: what was written then was delivered then, and everybody has read it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import F, QuerySet

from golddraht.channels.models import CaughtMail, Delivery, RawMail
from golddraht.channels.operations.composing import dispatch_of
from golddraht.channels.rules import DeliveryState, without_tag
from golddraht.conversations.models import AutomaticHour, Conversation
from golddraht.conversations.operations import note_read
from golddraht.house import announcements
from golddraht.house.demo.moments import moment
from golddraht.house.wiring import NUDGES, REACTIONS
from golddraht.plumbing import bus

UNREAD_FOR = "-180min"


@contextmanager
def history_is_quiet() -> Iterator[None]:
    """Inside, what happens is announced to no browser and nudges no worker: it has been over for long."""
    bus.use({event: [react for react in reactions if not _is_nudge(react)] for event, reactions in REACTIONS.items()})
    gc.disable()  # Thousands of short-lived rows: collecting them in between takes a tenth of the time.
    try:
        yield
    finally:
        gc.enable()
        bus.use(REACTIONS)


def _is_nudge(react: bus.Reaction) -> bool:
    return react in NUDGES or react.__module__ == announcements.__name__


def settle(*, conversation_id: int, at: datetime) -> None:
    """Deliveries of the script count as accepted, so that filling the demo sends nothing; what is recent stays unread."""
    recent = moment(UNREAD_FOR, at=at, at_work=True)
    played: Conversation = Conversation.objects.get(pk=conversation_id)
    waiting = Delivery.objects.filter(message__conversation=played, state=DeliveryState.WAITING)
    if played.latest_at >= recent:
        _catch(waiting)
    waiting.update(
        state=DeliveryState.ACCEPTED,
        changed_at=F("created_at"),
        next_attempt_at=None,
        attempts=1,
        answer="250 2.0.0 Ok",
    )
    RawMail.objects.filter(message__conversation=played).update(read_at=F("received_at"))
    AutomaticHour.objects.filter(hour__lte=at).delete()
    if played.latest_at < recent and played.owner_id is not None:
        note_read(conversation_id=played.pk, member_id=played.owner_id, at=played.latest_at)


def _catch(deliveries: QuerySet[Delivery]) -> None:
    """What was written lately lies in the mailboxes of its customers, so that a visitor can read and answer it."""
    written = deliveries.select_related("mailbox", "message__conversation", "message__inquiry", "message__author")
    CaughtMail.objects.bulk_create(_caught(delivery) for delivery in written.order_by("pk"))


def _caught(delivery: Delivery) -> CaughtMail:
    dispatch = dispatch_of(delivery)
    return CaughtMail(
        recipient=without_tag(dispatch.recipient),
        sender=dispatch.sender,
        subject=delivery.message.subject[:400],
        content=dispatch.content,
        caught_at=delivery.created_at,
    )
