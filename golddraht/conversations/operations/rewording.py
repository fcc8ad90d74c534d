"""Words that could not be read when they came, and can be read now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import MessageReworded
from golddraht.conversations.models import Attachment, Conversation, Message
from golddraht.conversations.operations.receiving import Words, keep_enclosures
from golddraht.ground.text import one_line
from golddraht.plumbing import bus


@transaction.atomic
def reword(*, message_id: int, words: Words, at: datetime) -> tuple[str, ...]:
    """Put what was understood later in the place of what was kept at first; owner, promise and next touch stay.

    Gives the names of stored files that belong to nothing any more once this is committed.
    """
    message: Message = Message.objects.select_for_update().get(pk=message_id)
    before = message.subject, message.text
    message.subject, message.text, message.html = one_line(words.subject, 998), words.text, words.html
    message.quoted_text, message.signature = words.quoted_text, words.signature
    message.problems = list(words.problems)
    message.save(update_fields=["subject", "text", "html", "quoted_text", "signature", "problems"])
    litter = _put_files(message, words)
    _show_in_lists(message, *before)
    bus.publish(MessageReworded(message.conversation_id, message.pk, at))
    return litter


def _put_files(message: Message, words: Words) -> tuple[str, ...]:
    before = Attachment.objects.filter(message=message)
    stored = tuple(before.values_list("file", flat=True))
    before.delete()
    keep_enclosures(message, words.enclosures)
    return stored


def _show_in_lists(message: Message, old_subject: str, old_text: str) -> None:
    """Subject and preview of the concern follow, where they came from this message."""
    conversation: Conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    if conversation.subject == (one_line(old_subject, 250) or one_line(old_text, 80)):
        conversation.subject = one_line(message.subject, 250) or one_line(message.text, 80)
    if conversation.preview == one_line(old_text, 200):
        conversation.preview = one_line(message.text, 200)
    conversation.save(update_fields=["subject", "preview"])
