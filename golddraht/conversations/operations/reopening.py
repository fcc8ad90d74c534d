"""Making a conversation live again, or again ours to answer: with an owner who is there and an honest time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import Conversation, Solution
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.rules import Happening, Status
from golddraht.team.queries import lead_on_duty

OPEN_PROPOSAL = {"confirmed_at": None, "objected_at": None, "presumed_at": None, "withdrawn_at": None}
"""What no answer was given to yet."""


def locked(conversation_id: int) -> Conversation:
    """The conversation for changing it, with customer, owner and team. Raises Conversation.DoesNotExist."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("customer", "owner", "team")
    conversation: Conversation = rows.get(pk=conversation_id)
    return conversation


def in_order(conversation_ids: list[int]) -> list[int]:
    """Always locked in the same order, so that two people at once never wait for each other."""
    return sorted(set(conversation_ids))


@transaction.atomic
def make_live(conversation: Conversation, *, at: datetime, outlook: Outlook | None = None) -> None:
    """From a resting status to OPEN. Silence is counted from now: for the customer the concern arrives again."""
    ensure_owner(conversation, at=at)
    conversation.touched_at = max(conversation.touched_at, at)
    conversation.next_touch_at = (outlook or Outlook(at)).next_touch_of(conversation)
    conversation.status = Status.OPEN
    conversation.reminded_at = None
    conversation.solved_at = None
    conversation.quiet_reason = ""
    conversation.quiet_reviewed_at = None
    conversation.block_id = None
    conversation.save()


def ensure_owner(conversation: Conversation, *, at: datetime) -> None:
    """Whoever cared before, if they are still with us, else the lead on duty."""
    if conversation.owner is None or not conversation.owner.active:
        conversation.owner_id = lead_on_duty(team=conversation.team, at=at)


def withdraw_open_proposal(conversation_id: int, *, by: int | None, at: datetime) -> None:
    """Whatever was proposed as solved does not stand any more; the customer's link then says so."""
    rows = Solution.objects.filter(conversation_id=conversation_id, **OPEN_PROPOSAL)
    if rows.update(withdrawn_at=at):
        mark(conversation_id, Happening.WITHDRAWN, by=by, at=at)
