"""How far somebody has read."""

from __future__ import annotations

from datetime import datetime

from golddraht.conversations.models import Conversation, Mention, Reading
from golddraht.conversations.rules import Direction
from golddraht.plumbing.asking import Asked, Question

_NAMED: Question[int] = Question(
    lambda: Mention.objects.filter(
        note__conversation_id=Asked("conversation"), member_id=Asked("member"), read_at=None
    ).values_list("pk", flat=True)[:1]
)


def is_mentioned(*, member_id: int, conversation: Conversation) -> bool:
    """Whether a note here names this member who has not read it yet."""
    return _NAMED.has_any(conversation=conversation.pk, member=member_id)


def is_unread_for(*, member_id: int, conversation: Conversation) -> bool:
    """Whether the last word is the customer's and this member has not seen it yet."""
    if conversation.latest_direction != Direction.IN:
        return False
    rows = Reading.objects.filter(conversation=conversation, member_id=member_id, read_at__gte=conversation.latest_at)
    return not rows.exists()


def newly_mentioned_in(*, member_id: int, at: datetime) -> list[int]:
    """The conversations whose notes named the member at that very moment."""
    named = Mention.objects.filter(member_id=member_id, at=at, read_at=None)
    return sorted(set(named.values_list("note__conversation_id", flat=True)))
