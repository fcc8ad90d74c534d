"""What happened in a concern after something was written."""

from __future__ import annotations

from golddraht.conversations.models import Message
from golddraht.plumbing.asking import Asked, Question

_SPOKEN: Question[int] = Question(
    lambda: Message.objects.filter(
        conversation=Asked("conversation"), pk__gt=Asked("message"), automatic="", machine_kind="", inquiry=None
    ).values_list("pk", flat=True)[:1]
)


def has_spoken_since(message: Message) -> bool:
    """Whether a person, the customer or a colleague, has said something to the other in this concern after this message."""
    return bool(_SPOKEN.all(conversation=message.conversation_id, message=message.pk))
