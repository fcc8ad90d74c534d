"""How far a member has read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from golddraht.conversations.events import MentionsChanged
from golddraht.conversations.models import Mention, Reading
from golddraht.plumbing import bus


@transaction.atomic
def note_read(*, conversation_id: int, member_id: int, at: datetime) -> None:
    """The member has seen everything up to `at`, notes that name them included; never moves backwards."""
    rows = Reading.objects.filter(conversation_id=conversation_id, member_id=member_id)
    if not rows.update(read_at=Greatest("read_at", Value(at))):
        Reading.objects.bulk_create(
            [Reading(conversation_id=conversation_id, member_id=member_id, read_at=at)], ignore_conflicts=True
        )
    named = Mention.objects.filter(note__conversation_id=conversation_id, member_id=member_id, read_at=None)
    if Mention.objects.filter(pk__in=list(named.values_list("pk", flat=True))).update(read_at=at):
        bus.publish(MentionsChanged(member_id, at))
