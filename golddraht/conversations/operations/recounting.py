"""What a conversation knows of its messages, counted anew after some were moved."""

from __future__ import annotations

from collections.abc import Sequence

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.rules import (
    AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE,
    OUTSIDE_THE_BUDGET,
    Direction,
)
from golddraht.ground.text import one_line
from golddraht.plumbing.asking import Asked, Question

_THREAD: Question[Message] = Question(
    lambda: (
        Message.objects.filter(conversation=Asked("conversation"), inquiry=None)
        .defer("html", "quoted_text", "signature")
        .order_by("received_at", "pk")
    )
)


def thread(conversation: Conversation) -> list[Message]:
    """What was said between the customer and us, in order."""
    return _THREAD.all(conversation=conversation.pk)


def recount(conversation: Conversation) -> None:
    """Set who wrote last, the preview and the used nuisance budget from the messages; the caller saves."""
    count_anew(conversation, thread(conversation))


def count_anew(conversation: Conversation, messages: Sequence[Message]) -> None:
    """The same, where the messages are there already."""
    if not messages:
        return
    latest = messages[-1]
    said = next((message for message in reversed(messages) if not message.automatic), None)
    conversation.latest_at = latest.received_at
    conversation.latest_channel = latest.channel
    conversation.latest_direction = said.direction if said else Direction.OUT
    conversation.preview = one_line((said or latest).text, 200)
    conversation.automatic_in_a_row = min(automatic_since_a_human(messages), AUTOMATIC_MESSAGES_WITHOUT_A_HUMAN_ONE)


def automatic_since_a_human(messages: Sequence[Message]) -> int:
    """How many automatic messages within the budget were sent since a person of ours last wrote."""
    ours = [message for message in messages if message.direction == Direction.OUT]
    human = max((message.pk for message in ours if not message.automatic), default=0)
    counted = (one for one in ours if one.automatic and one.automatic not in OUTSIDE_THE_BUDGET)
    return sum(1 for message in counted if message.pk > human)
