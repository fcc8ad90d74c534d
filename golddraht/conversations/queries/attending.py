"""Who else has a conversation open right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.conversations.models import Attendance
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import ATTENDS_FOR


@dataclass(frozen=True)
class Attending:
    """A colleague who reads, or writes an answer."""

    member_id: int
    name: str
    is_typing: bool


def attending(*, viewer: Seer, conversation_id: int, at: datetime) -> list[Attending]:
    """The others, whoever writes first."""
    rows = Attendance.objects.filter(
        tenant_id=viewer.tenant_id, conversation_id=conversation_id, seen_at__gte=at - ATTENDS_FOR
    ).exclude(member_id=viewer.membership_id)
    found = rows.select_related("member").order_by("member__name")
    others = [Attending(row.member_id, row.member.name, row.typing_at is not None) for row in found]
    return sorted(others, key=lambda one: not one.is_typing)
