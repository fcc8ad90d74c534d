"""Concerns entered by hand: a call, a visit, a letter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.receiving import Words, receive_message
from golddraht.conversations.operations.touching import set_next_touch
from golddraht.conversations.operations.writing import NothingToSay
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.ground.language import language_of
from golddraht.ground.text import one_line
from golddraht.team.models import Seat


@transaction.atomic
def enter_concern(
    *,
    customer: Customer,
    channel: Channel,
    text: str,
    subject: str,
    by: int,
    at: datetime,
    conversation: Conversation | None = None,
    promised_at: datetime | None = None,
) -> Message:
    """Keep what a customer said on the phone, at the desk or by letter, in a known conversation or a new one.

    Whoever took a visitor cares for them, if they sit in a team; otherwise the arrival rules choose. `promised_at` is
    what the colleague told the customer. Raises NothingToSay, NextTouchRefused.
    """
    if not text.strip():
        raise NothingToSay("Write down what the customer said.")
    team_id = _team_of(by) if channel == Channel.VISIT else None
    message = receive_message(
        customer=customer,
        words=Words(
            channel=channel,
            text=text,
            subject=one_line(subject, 250),
            language=customer.language or language_of(text) or "",
            promised_at=promised_at,
        ),
        conversation=conversation,
        owner_id=by if team_id else None,
        team_id=team_id,
        at=at,
    )
    if promised_at is not None and conversation is not None:
        set_next_touch(conversation_id=message.conversation_id, next_touch_at=promised_at, by=by, at=at)
    return message


def _team_of(member_id: int) -> int | None:
    rows = Seat.objects.filter(member_id=member_id, member__active=True).order_by("pk")
    team_id: int | None = rows.values_list("team_id", flat=True).first()
    return team_id
