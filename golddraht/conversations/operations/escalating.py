"""Telling the lead that a next touch went by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from golddraht.conversations.events import ConversationChanged, NextTouchPassed
from golddraht.conversations.models import Conversation, Escalation
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.outlook import Outlook
from golddraht.conversations.operations.owning import hand_over
from golddraht.conversations.rules import LIVE, TOLD_AGAIN_AFTER, Happening
from golddraht.plumbing import bus


def escalate(conversation: Conversation, *, at: datetime, outlook: Outlook) -> Escalation | None:
    """Tell the lead on duty about the moment that was missed; None when they know it already."""
    assert conversation.next_touch_at is not None
    lead = outlook.lead_of(conversation.team)
    escalation, is_new = Escalation.objects.get_or_create(
        conversation=conversation,
        missed_at=conversation.next_touch_at,
        defaults={"lead": lead, "at": at, "told_at": at},
    )
    if not is_new:
        return None
    mark(conversation.pk, Happening.ESCALATED, at=at, words=lead.name)
    bus.publish(NextTouchPassed(conversation.pk, escalation.pk, at))
    told: Escalation = escalation
    return told


@transaction.atomic
def tell_leads_again(*, at: datetime, outlook: Outlook | None = None) -> int:
    """Once a day for as long as the missed moment stays missed; gives how many were told again."""
    outlook = outlook or Outlook(at)
    rows = Escalation.objects.filter(
        Q(conversation__next_touch_at=F("missed_at")),
        conversation__status__in=sorted(LIVE),
        told_at__lte=at - TOLD_AGAIN_AFTER,
    )
    stale = list(rows.select_related("conversation__team").select_for_update(of=("self",), skip_locked=True))
    for escalation in stale:
        escalation.lead = outlook.lead_of(escalation.conversation.team)
        escalation.told_at = at
        escalation.save(update_fields=["lead", "told_at"])
        bus.publish(NextTouchPassed(escalation.conversation_id, escalation.pk, at))
    return len(stale)


@transaction.atomic
def take_escalation(*, escalation_id: int, by: int, at: datetime) -> None:
    """A lead cares for it themselves from now on; what was missed stays missed until the customer hears from them.

    Raises CannotCare.
    """
    escalation = Escalation.objects.select_for_update().get(pk=escalation_id)
    if escalation.taken_at is None:
        escalation.taken_at, escalation.taken_by_id = at, by
        escalation.save(update_fields=["taken_at", "taken_by"])
    if escalation.conversation.is_live():
        hand_over(conversation_id=escalation.conversation_id, to_id=by, by=by, at=at)
    bus.publish(ConversationChanged(escalation.conversation_id, at))
