"""One answer for a group of like concerns, as a personal message each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations.reopening import in_order, locked
from golddraht.conversations.operations.writing import NothingToSay, NotLive, StaleAnswer, reply
from golddraht.customers.queries import greeting_for, mail_address_of
from golddraht.customers.rules import UnprovenSalutation, address_of, refuse_unproven
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership
from golddraht.team.rules import Act, Role

GREETING = "{greeting}"
UNPROVEN = "The first line says Frau or Herr, and nothing shows that it is right. Begin with {greeting} instead."


class OnlyLeads(PermissionError):
    """Answering a group at once is the leads' to do."""


@dataclass(frozen=True)
class Answered:
    """What was done for one conversation: the message, or why there is none (empty when there is one)."""

    conversation_id: int
    number: int
    message_id: int | None = None
    why_not: str = ""


def answer_many(
    *,
    conversation_ids: list[int],
    author_id: int,
    text: str,
    at: datetime,
    seen_message_ids: dict[int, int] | None = None,
) -> list[Answered]:
    """Answer each of these conversations; `{greeting}` in the text becomes the customer's own greeting.

    Each stands for itself: one that cannot be answered is reported and stops none of the others. `seen_message_ids`
    tells, by conversation, what the author had read. Raises OnlyLeads, NothingToSay.
    """
    _refuse_others(author_id)
    if not text.replace(GREETING, "").strip():
        raise NothingToSay("Write an answer first.")
    seen = seen_message_ids or {}
    return [_answer(pk, author_id, text, seen.get(pk), at=at) for pk in in_order(conversation_ids)]


def _refuse_others(author_id: int) -> None:
    rows = Membership.objects.filter(pk=author_id, tenant_id=current_tenant_id(), active=True)
    role = rows.values_list("role", flat=True).first()
    if role is None or not Role(role).may(Act.ANSWER_MANY):
        raise OnlyLeads("Only leads answer many concerns at once.")


def _answer(conversation_id: int, author_id: int, text: str, seen: int | None, *, at: datetime) -> Answered:
    try:
        with transaction.atomic():
            conversation = locked(conversation_id)
            message = _answer_one(conversation, author_id, text, seen, at=at)
            return Answered(conversation_id, conversation.number, message.pk)
    except Conversation.DoesNotExist:
        return Answered(conversation_id, 0, why_not="This concern does not exist.")
    except UnprovenSalutation:
        return Answered(conversation_id, conversation.number, why_not=UNPROVEN)
    except (NotLive, StaleAnswer) as refusal:
        return Answered(conversation_id, conversation.number, why_not=str(refusal))


def _answer_one(conversation: Conversation, author_id: int, text: str, seen: int | None, *, at: datetime) -> Message:
    if not conversation.is_live():
        raise NotLive("This concern is not open any more.")
    if mail_address_of(customer_id=conversation.customer_id) is None:
        raise NotLive("This customer cannot be reached by mail.")
    customer = conversation.customer
    said = text.replace(GREETING, greeting_for(customer, language=conversation.language))
    refuse_unproven(said, address_of(name=customer.name, salutation=customer.salutation)[1])
    return reply(
        conversation_id=conversation.pk,
        author_id=author_id,
        text=said,
        seen_message_id=seen,
        at=at,
    )
