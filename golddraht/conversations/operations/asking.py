"""Asking those who must do their part: carrier, workshop, accounts. The customer does not see this thread."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import ConversationChanged, MessageWritten
from golddraht.conversations.models import Inquiry
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.reopening import locked
from golddraht.conversations.operations.writing import NothingToSay, NotLive, say
from golddraht.conversations.rules import LIVE, Happening, Status
from golddraht.ground.addresses import is_plausible_address
from golddraht.ground.text import one_line
from golddraht.plumbing import bus


class CannotAsk(ValueError):
    """The question cannot leave as given; the message says why."""


@transaction.atomic
def ask_third_party(
    *,
    conversation_id: int,
    asked: str,
    address: str,
    subject: str,
    text: str,
    due_at: datetime,
    by: int,
    at: datetime,
) -> Inquiry:
    """Ask somebody else by mail, with a time by which we need the answer. For the customer it is no touch.

    Raises NothingToSay, CannotAsk, NotLive.
    """
    _refuse(text=text, address=address, due_at=due_at, at=at)
    conversation = locked(conversation_id)
    if conversation.status in {Status.MERGED, Status.SPAM}:
        raise NotLive("This concern was merged or marked as spam.")
    inquiry: Inquiry = Inquiry.objects.create(
        conversation=conversation,
        asked=one_line(asked, 200) or one_line(address, 200),
        address=address.strip(),
        subject=one_line(subject, 250) or conversation.subject,
        due_at=due_at,
        asked_at=at,
        asked_by_id=by,
    )
    message = say(
        conversation,
        text=text,
        author_id=by,
        subject=inquiry.subject,
        inquiry=inquiry,
        recipients=[inquiry.address],
        at=at,
    )
    mark(conversation_id, Happening.ASKED, by=by, at=at, words=inquiry.asked)
    bus.publish(MessageWritten(conversation_id, message.pk, is_automatic=False, at=at, is_heard=False))
    return inquiry


def _refuse(*, text: str, address: str, due_at: datetime, at: datetime) -> None:
    if not text.strip():
        raise NothingToSay("Write your question first.")
    if not is_plausible_address(address.strip()) or len(address.strip()) > 254:
        raise CannotAsk("This is not an e-mail address.")
    if due_at <= at:
        raise CannotAsk("The answer must be due in the future.")


@transaction.atomic
def remind_of_inquiries(*, at: datetime) -> int:
    """Whoever was asked has not answered in time: the owner is told, once. Gives how many were overdue."""
    rows = Inquiry.objects.filter(
        answered_at=None, reminded_at=None, due_at__lte=at, conversation__status__in=sorted(LIVE)
    )
    overdue = list(rows.select_for_update(of=("self",), skip_locked=True))
    for inquiry in overdue:
        inquiry.reminded_at = at
        inquiry.save(update_fields=["reminded_at"])
        mark(inquiry.conversation_id, Happening.INQUIRY_OVERDUE, at=at, words=inquiry.asked)
        bus.publish(ConversationChanged(inquiry.conversation_id, at))
    return len(overdue)
