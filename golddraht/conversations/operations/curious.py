"""What we asked of a person beside their concern: noted once it has left, so that it is not asked again and again."""

from __future__ import annotations

from golddraht.conversations.models import Message
from golddraht.customers.operations import forget_asked, note_asked
from golddraht.plumbing.asking import Asked, Question
from golddraht.plumbing.memory import in_hand

_WRITTEN: Question[Message] = Question(lambda: Message.objects.select_related("conversation").filter(pk=Asked("pk")))


def note_question(*, message_id: int) -> int:
    """Note the polite question that a colleague's message to the customer carries; how many there were. Twice notes once."""
    message = in_hand(Message, message_id) or _WRITTEN.first(pk=message_id)
    if (
        message is None
        or message.automatic
        or message.inquiry_id is not None
        or message.conversation.customer_id is None
    ):
        return 0
    return note_asked(
        customer_id=message.conversation.customer_id,
        text=message.text,
        message_id=message.pk,
        by=message.author_id,
        at=message.received_at,
    )


def forget_question(*, message_id: int) -> None:
    """It did not arrive, so nobody was asked."""
    forget_asked(message_id=message_id)
