"""What a conversation knows of its messages, counted anew after some were moved."""

from __future__ import annotations

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import (
    AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE,
    OUTSIDE_THE_BUDGET,
    Direction,
)
from golddraht.ground.text import one_line


def recount(conversation: Conversation) -> None:
    """Set who wrote last, the preview and the used nuisance budget from the messages; the caller saves."""
    spoken = Message.objects.filter(conversation=conversation, inquiry=None)
    latest = spoken.order_by("received_at", "pk").last()
    if latest is None:
        return
    said = spoken.filter(automatic="").order_by("received_at", "pk").last()
    conversation.latest_at = latest.received_at
    conversation.latest_channel = latest.channel
    conversation.latest_direction = said.direction if said else Direction.OUT
    conversation.preview = one_line((said or latest).text, 200)
    conversation.automatic_in_a_row = min(automatic_since_a_human(conversation), AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE)


def automatic_since_a_human(conversation: Conversation) -> int:
    """How many automatic messages within the budget were sent since a person of ours last wrote."""
    ours = Message.objects.filter(conversation=conversation, inquiry=None, direction=Direction.OUT)
    human = ours.filter(automatic="").order_by("pk").values_list("pk", flat=True).last()
    counted = ours.exclude(automatic="").exclude(automatic__in=sorted(OUTSIDE_THE_BUDGET))
    return counted.filter(pk__gt=human or 0).count()
