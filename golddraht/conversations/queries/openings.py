"""With which words the latest concerns began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import Direction, Status

LONGEST = 20_000


@dataclass(frozen=True)
class Opening:
    """The customer's first words in a concern, and the team that has it now."""

    number: int
    customer_name: str
    subject: str
    text: str
    recipients: tuple[str, ...]
    at: datetime
    team_id: int


def latest_openings(*, viewer: Seer, limit: int) -> list[Opening]:
    """Of the latest concerns that are no spam, the newest first; those that we began ourselves are left out."""
    first = Message.objects.filter(
        tenant_id=viewer.tenant_id, conversation_id=OuterRef("pk"), direction=Direction.IN
    ).order_by("pk")
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id).exclude(status__in=[Status.MERGED, Status.SPAM])
    concerns = list(
        rows.select_related("customer").annotate(first_id=Subquery(first.values("pk")[:1])).order_by("-pk")[:limit]
    )
    messages = Message.objects.in_bulk([one.first_id for one in concerns if one.first_id])
    return [_opening(one, messages[one.first_id]) for one in concerns if one.first_id in messages]


def _opening(concern: Any, message: Any) -> Opening:
    return Opening(
        number=concern.number,
        customer_name=concern.customer.name,
        subject=message.subject,
        text=message.text[:LONGEST],
        recipients=tuple(message.recipients),
        at=message.received_at,
        team_id=concern.team_id,
    )
