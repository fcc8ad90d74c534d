"""The next touch: when the customer hears from us at the latest. Snoozing exists only as a new one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Escalation, Milestone
from golddraht.conversations.rules import FOLLOW_UP_AFTER, Happening
from golddraht.plumbing import bus
from golddraht.team.queries import touch_time
from golddraht.team.rules import Priority, latest_next_touch


class NextTouchRefused(ValueError):
    """The moment is in the past or too far away; `latest_at` is the latest that is allowed."""

    def __init__(self, latest_at: datetime) -> None:
        super().__init__(f"The next touch must lie in the future and not after {latest_at:%Y-%m-%d %H:%M}.")
        self.latest_at = latest_at


def checked_next_touch(conversation: Conversation, next_touch_at: datetime, *, at: datetime) -> datetime:
    """`next_touch_at` if it may stand. Raises NextTouchRefused."""
    latest = latest_allowed(conversation)
    if not at < next_touch_at <= latest:
        raise NextTouchRefused(latest)
    return next_touch_at


def latest_allowed(conversation: Conversation) -> datetime:
    """The last moment at which the customer must have heard from a person again."""
    return latest_next_touch(last_human_touch_at=conversation.touched_at, longest_silence=conversation.longest_silence)


def follow_up_after(conversation: Conversation, said_at: datetime) -> datetime:
    """When the customer hears from us again where nothing else was agreed: as the team promises, else after the usual days."""
    promised = touch_time(team=conversation.team, priority=Priority(conversation.priority), at=said_at)
    usual = said_at + FOLLOW_UP_AFTER
    return min(promised or usual, said_at + conversation.longest_silence)


@transaction.atomic
def set_next_touch(*, conversation_id: int, next_touch_at: datetime, by: int | None, at: datetime) -> None:
    """Move the next touch of a live conversation. Raises NextTouchRefused."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    conversation.next_touch_at = checked_next_touch(conversation, next_touch_at, at=at)
    conversation.reminded_at = None
    conversation.save(update_fields=["next_touch_at", "reminded_at"])
    take_escalations(conversation_id=conversation_id, by=by, at=at)
    Milestone.objects.create(
        conversation=conversation, kind=Happening.NEXT_TOUCH, by_id=by, at=at, words=next_touch_at.isoformat()
    )
    bus.publish(ConversationChanged(conversation_id, at))


def take_escalations(*, conversation_id: int, by: int | None, at: datetime) -> None:
    """Whatever was escalated is in hand now."""
    Escalation.objects.filter(conversation_id=conversation_id, taken_at=None).update(taken_at=at, taken_by_id=by)
