"""Our words did not arrive: whoever cares must know, and the next word is ours again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.channels.queries import where_it_went
from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Conversation, Milestone
from golddraht.conversations.rules import LIVE, Status
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.team.queries import answer_time, lead_on_duty, team_by_id
from golddraht.team.rules import Priority


@transaction.atomic
def wake(*, conversation_id: int, kind: str, words: str, at: datetime) -> None:
    """Put the conversation before its owner again, with a milestone that says why. Spam stays asleep."""
    conversation = where_it_went(Conversation.objects.get(pk=conversation_id))
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    Milestone.objects.create(conversation=conversation, kind=kind, at=at, words=one_line(words, 400))
    if conversation.status not in {Status.SPAM, Status.MERGED}:
        _bring_forward(conversation, at)
    bus.publish(ConversationChanged(conversation.pk, at))


def _bring_forward(conversation: Conversation, at: datetime) -> None:
    team = team_by_id(conversation.team_id)
    if conversation.owner is None or not conversation.owner.active:
        conversation.owner_id = lead_on_duty(team=team, at=at)
    if conversation.status not in LIVE:
        conversation.touched_at = at
        conversation.next_touch_at = None
    soon = answer_time(team=team, waiting=0, priority=Priority(conversation.priority), at=at)
    latest = conversation.touched_at + conversation.longest_silence
    wanted = [one for one in (conversation.next_touch_at, soon, latest) if one]
    conversation.status = Status.OPEN
    conversation.next_touch_at = min(wanted)
    conversation.reminded_at = None
    conversation.solved_at = None
    conversation.quiet_reason = ""
    conversation.save()
