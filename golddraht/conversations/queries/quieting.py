"""Whether what arrives needs an answer."""

from __future__ import annotations

from golddraht.conversations.models import Conversation
from golddraht.conversations.rules import LIVE
from golddraht.ground.needs_no_answer import Contact, needs_answer


def quiet_reason_for(
    *,
    customer_id: int | None,
    text: str,
    subject: str = "",
    sender: str = "",
    is_bulk: bool = False,
    is_automatic: bool = False,
    conversation: Conversation | None = None,
) -> str:
    """Why no answer is needed, such as THANKS or NEWSLETTER; empty when one is. For `Words.quiet_reason`.

    Never for a new concern of a customer who has an open one, and never for a question. Within a known conversation
    the open concern is this one itself, and “Danke!” leaves it as it is: live if it was.
    """
    has_open_concern = conversation is None and customer_id is not None and _has_open_concern(customer_id)
    verdict = needs_answer(
        Contact(
            text=text,
            subject=subject,
            sender=sender,
            is_bulk=is_bulk,
            is_automatic=is_automatic,
            has_open_concern=has_open_concern,
        )
    )
    return "" if verdict.needs else verdict.reason.upper()


def _has_open_concern(customer_id: int) -> bool:
    return bool(Conversation.objects.filter(customer_id=customer_id, status__in=sorted(LIVE)).exists())
