"""Internal notes. Never sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import ConversationChanged, MentionsChanged
from golddraht.conversations.models import Mention, Note
from golddraht.conversations.operations.hearing import hear_in_note
from golddraht.conversations.operations.writing import NothingToSay
from golddraht.ground.mentions import mentioned_in
from golddraht.plumbing import bus
from golddraht.team.queries import names_of_colleagues


@transaction.atomic
def add_note(*, conversation_id: int, by: int, text: str, at: datetime) -> Note:
    """Something for colleagues to know; whoever is named in it (`@Nina`) is told. Raises NothingToSay.

    An objection to advertising that it tells of holds from now on.
    """
    if not text.strip():
        raise NothingToSay("Write a note first.")
    note: Note = Note.objects.create(conversation_id=conversation_id, author_id=by, text=text.strip(), at=at)
    _tell_mentioned(note, at=at)
    hear_in_note(note=note, at=at)
    bus.publish(ConversationChanged(conversation_id, at))
    return note


def _tell_mentioned(note: Note, *, at: datetime) -> None:
    if "@" not in note.text:
        return
    for member_id in sorted(mentioned_in(note.text, names_of_colleagues()) - {note.author_id}):
        Mention.objects.create(note=note, member_id=member_id, at=at)
        bus.publish(MentionsChanged(member_id, at))
