"""What lies on each colleague's desk: for sharing the work, never for ranking people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from golddraht.conversations.models import AutomaticHour, Conversation
from golddraht.conversations.rules import LIVE


@dataclass(frozen=True)
class Desk:
    """How many live concerns somebody cares for, and how many of them are due by a moment."""

    live: int = 0
    due: int = 0


def desks(*, due_by: datetime) -> dict[int, Desk]:
    """By membership id, of everybody who cares for something."""
    rows = Conversation.objects.filter(status__in=sorted(LIVE)).order_by().values("owner_id")
    counted = rows.annotate(live=Count("pk"), due=Count("pk", filter=Q(next_touch_at__lt=due_by)))
    return {row["owner_id"]: Desk(row["live"], row["due"]) for row in counted}


def automatic_mails(*, at: datetime) -> int:
    """How many automatic mails were wanted in this hour, those that the brake held back included."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    count: int | None = AutomaticHour.objects.filter(hour=hour).values_list("count", flat=True).first()
    return count or 0
