"""Words of ours that never reached the customer: they are no answer, and what was asked with them was not asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import AnswerArrived, AnswerLost
from golddraht.conversations.models import Conversation, Message, Solution
from golddraht.conversations.operations.reopening import OPEN_PROPOSAL, withdraw_open_proposal
from golddraht.conversations.rules import Direction, Status
from golddraht.plumbing import bus


@transaction.atomic
def note_lost(*, message_id: int, at: datetime) -> bool:
    """The message did not arrive and will not by itself. True the first time; a person's answer then counts as none."""
    rows = Message.objects.filter(pk=message_id, direction=Direction.OUT, inquiry=None)
    if not rows.filter(lost_at=None).update(lost_at=at):
        return False
    message = rows.get()
    _take_question_back(message, at=at)
    if not message.automatic:
        bus.publish(AnswerLost(message.conversation_id, message.pk, at))
    return True


def _take_question_back(message: Message, *, at: datetime) -> None:
    """Whoever was never asked whether it is solved cannot have been silent about it."""
    rows = Solution.objects.filter(
        conversation_id=message.conversation_id, proposed_at=message.received_at, asked_again_at=None, **OPEN_PROPOSAL
    )
    is_waiting = Conversation.objects.filter(pk=message.conversation_id, status=Status.PROPOSED).exists()
    if not message.automatic and not is_waiting and rows.exists():
        withdraw_open_proposal(message.conversation_id, by=None, at=at)


@transaction.atomic
def note_arrived(*, message_id: int, at: datetime) -> bool:
    """What counted as lost has reached the customer after all, because somebody sent it again. True the first time."""
    rows = Message.objects.filter(pk=message_id, lost_at__isnull=False)
    if not rows.update(lost_at=None):
        return False
    message = Message.objects.get(pk=message_id)
    if not message.automatic:
        bus.publish(AnswerArrived(message.conversation_id, message.pk, at))
    return True


def is_lost(message_id: int) -> bool:
    """Whether it is known already that the message does not reach the customer, for instance because it is held."""
    return Message.objects.filter(pk=message_id, lost_at__isnull=False).exists()
