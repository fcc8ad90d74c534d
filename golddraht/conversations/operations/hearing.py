"""Hearing that somebody wants no advertising, on whatever way they say it: it holds from that moment, and nobody has to read it first."""

from __future__ import annotations

from datetime import datetime

from golddraht.consent.operations import Origin, object_to
from golddraht.consent.rules.objecting import objection_in
from golddraht.conversations.models import Message
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.rules import Direction, Happening
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.rows import write_gathered
from golddraht.plumbing.transactions import joined

OF_MACHINES = frozenset({"NEWSLETTER", "INVOICE", "CONFIRMATION", "NOTIFICATION", "AUTOMATIC_REPLY"})
"""Reasons to rest of what machines send: below it stands how to leave *their* list."""


@joined
def hear_objection(*, message_id: int, at: datetime) -> bool:
    """Whether the words of a customer object to advertising; then it is noted with the sentence that says so."""
    message = in_hand(Message, message_id) or Message.objects.select_related("conversation").get(pk=message_id)
    if not _may_object(message):
        return False
    found = objection_in(message.text, subject=message.subject)
    if found is None:
        return False
    write_gathered()
    customer_id = message.customer_id or message.conversation.customer_id
    origin = Origin(message_id=message.pk)
    act = object_to(
        customer_id=customer_id, way=found.way, purpose=found.purpose, words=found.words, origin=origin, at=at
    )
    if act is not None:
        mark(message.conversation_id, Happening.WANTS_NO_ADVERTISING, at=at, words=found.words)
    return act is not None


def _may_object(message: Message) -> bool:
    is_theirs = message.direction == Direction.IN and message.inquiry_id is None and not message.machine_kind
    return is_theirs and message.conversation.quiet_reason not in OF_MACHINES


def hear_in_blocked(*, conversation_id: int, at: datetime) -> None:
    """Whoever is blocked is answered by nobody; an objection of theirs counts all the same."""
    write_gathered()
    rows = Message.objects.filter(conversation_id=conversation_id, direction=Direction.IN).order_by("-pk")
    latest = rows.values_list("pk", flat=True).first()
    if latest is not None:
        hear_objection(message_id=latest, at=at)
