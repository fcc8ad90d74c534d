"""Internal notes. Never sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Note
from golddraht.conversations.operations.writing import NothingToSay
from golddraht.plumbing import bus


@transaction.atomic
def add_note(*, conversation_id: int, by: int, text: str, at: datetime) -> Note:
    """Something for colleagues to know. Raises NothingToSay."""
    if not text.strip():
        raise NothingToSay("Write a note first.")
    note: Note = Note.objects.create(conversation_id=conversation_id, author_id=by, text=text.strip(), at=at)
    bus.publish(ConversationChanged(conversation_id, at))
    return note
