"""Hearing that somebody wants no advertising, on whatever way they say it: it holds from that moment, and nobody has to read it first."""

from __future__ import annotations

from datetime import datetime

from golddraht.consent.operations import Origin, hold_back, object_to
from golddraht.consent.queries.hearing import act_read
from golddraht.consent.rules import Kind, MessageClass
from golddraht.consent.rules.noted import objection_noted
from golddraht.consent.rules.objecting import objection_in
from golddraht.conversations.models import Conversation, Message, Note
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.rules import Direction, Happening
from golddraht.plumbing.memory import in_hand
from golddraht.plumbing.rows import write_gathered
from golddraht.plumbing.transactions import joined

OF_MACHINES = frozenset({"NEWSLETTER", "INVOICE", "CONFIRMATION", "NOTIFICATION", "AUTOMATIC_REPLY"})
"""Reasons to rest of what machines send: below it stands how to leave *their* list."""


@joined
def hear_objection(*, message_id: int, at: datetime) -> bool:
    """Whether the words of a customer object to advertising; then it is noted with the sentence that says so.

    Where they only may, nothing more leaves from now on, and the concern asks whoever cares for it.
    """
    message = in_hand(Message, message_id) or Message.objects.select_related("conversation").get(pk=message_id)
    if not _may_object(message):
        return False
    found = objection_in(message.text, subject=message.subject, answers_advertising=_answers_advertising(message))
    if found is None:
        return False
    write_gathered()
    take_down = hold_back if found.is_doubtful else object_to
    act = take_down(
        customer_id=message.customer_id or message.conversation.customer_id,
        way=found.way,
        purpose=found.purpose,
        words=found.words,
        origin=Origin(message_id=message.pk),
        at=at,
    )
    if act is not None:
        what = Happening.MAY_OBJECT if found.is_doubtful else Happening.WANTS_NO_ADVERTISING
        mark(message.conversation_id, what, at=at, words=found.words)
    return act is not None


def hear_in_note(*, note: Note, at: datetime) -> bool:
    """Whether a colleague's note tells that the customer wants no advertising: noted with the sentence, as from the customer.

    Where it does not say plainly what they want, nothing more leaves until somebody has said what was meant.
    """
    found = objection_noted(note.text)
    if found is None:
        return False
    take_down = hold_back if found.is_doubtful else object_to
    customer_id = Conversation.objects.values_list("customer_id", flat=True).get(pk=note.conversation_id)
    told = {"way": found.way, "purpose": found.purpose, "words": found.words}
    act = take_down(customer_id=customer_id, origin=Origin(note_id=note.pk), at=at, **told)  # type: ignore[arg-type]  # As named above.
    if act is not None:
        what = Happening.MAY_OBJECT if found.is_doubtful else Happening.WANTS_NO_ADVERTISING
        mark(note.conversation_id, what, at=at, by=note.author_id, words=found.words)
    return act is not None


SHORT = 200
"""What is longer says what it wants in whole sentences, and is read without what stood before it."""


def _answers_advertising(message: Message) -> bool:
    """Whether the last words of ours before it were advertising or a surprise: under these a bare no is one to all of them."""
    if len(message.text) > SHORT:
        return False
    ours = Message.objects.filter(conversation_id=message.conversation_id, direction=Direction.OUT, pk__lt=message.pk)
    latest = ours.filter(inquiry__isnull=True).order_by("-pk").values_list("message_class", flat=True).first()
    return latest in (MessageClass.ADVERTISING, MessageClass.SURPRISE)


READ_AS = {
    Kind.UPHELD: Happening.OBJECTION_UPHELD,
    Kind.MISREAD: Happening.OBJECTION_MISREAD,
    Kind.UNSAID: Happening.OBJECTION_UNSAID,
}


@joined
def note_reading(*, message_id: int, note_id: int, act_id: int, reading: str, at: datetime) -> None:
    """What a colleague said of it stands in the concern in which it was read."""
    said = Message.objects.filter(pk=message_id) if message_id else Note.objects.filter(pk=note_id)
    conversation_id = said.values_list("conversation_id", flat=True).first()
    if conversation_id is None:
        return
    act = act_read(act_id)
    mark(conversation_id, READ_AS[Kind(reading)], at=at, by=act.actor_id, words=act.words)


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
