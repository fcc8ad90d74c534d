"""Concerns that wait for a word from us and are alike: found by tag or word, to be answered together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import Direction, Status
from golddraht.ground.numbers import spoken


@dataclass(frozen=True)
class Waiting:
    """A concern in which the customer had the last word. `seen_message_id` is their newest message, as it is shown here."""

    id: int
    number: int
    spoken: str
    customer_id: int
    customer_name: str
    customer_salutation: str
    language: str
    subject: str
    preview: str
    latest_at: datetime
    next_touch_at: datetime | None
    owner_name: str
    seen_message_id: int | None


def waiting_like(
    *,
    viewer: Seer,
    word: str = "",
    tag: str = "",
    conversation_ids: list[int] | None = None,
    limit: int = 200,
) -> list[Waiting]:
    """What waits for us and has this word in its subject or messages, or this tag, or one of these ids; the oldest first."""
    rows = Conversation.objects.filter(
        tenant_id=viewer.tenant_id, status=Status.OPEN, latest_direction=Direction.IN
    ).annotate(seen_message_id=Max("messages__pk", filter=Q(messages__direction=Direction.IN, messages__inquiry=None)))
    if conversation_ids is not None:
        rows = rows.filter(pk__in=conversation_ids)
    if tag:
        rows = rows.filter(tags__contains=[tag])
    if word:
        said = Message.objects.filter(
            conversation_id=OuterRef("pk"), inquiry=None, direction=Direction.IN, text__icontains=word
        )
        rows = rows.filter(Q(subject__icontains=word) | Q(Exists(said)))
    found = rows.select_related("customer", "owner").order_by("latest_at", "pk")[:limit]
    return [_waiting(row) for row in found]


def _waiting(row: Conversation) -> Waiting:
    return Waiting(
        id=row.pk,
        number=row.number,
        spoken=spoken(row.number),
        customer_id=row.customer_id,
        customer_name=row.customer.name,
        customer_salutation=row.customer.salutation,
        language=row.language,
        subject=row.subject,
        preview=row.preview,
        latest_at=row.latest_at,
        next_touch_at=row.next_touch_at,
        owner_name=row.owner.name if row.owner else "",
        seen_message_id=row.seen_message_id,  # type: ignore[attr-defined]  # Annotated.
    )


def tags_waiting(*, viewer: Seer) -> list[tuple[str, int]]:
    """The tags of what waits for us, the commonest first, with how many carry each."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id, status=Status.OPEN, latest_direction=Direction.IN)
    counts: dict[str, int] = {}
    for tags in rows.exclude(tags=[]).values_list("tags", flat=True):
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
