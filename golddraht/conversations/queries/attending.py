"""Who else has a conversation open right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.conversations.models import Attendance
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import ATTENDS_FOR
from golddraht.plumbing.asking import Asked, Question


@dataclass(frozen=True)
class Attending:
    """A colleague who reads, or writes an answer."""

    member_id: int
    name: str
    is_typing: bool


_OTHERS: Question[Attendance] = Question(
    lambda: (
        Attendance.objects.filter(
            tenant_id=Asked("tenant"), conversation_id=Asked("conversation"), seen_at__gte=Asked("since")
        )
        .exclude(member_id=Asked("me"))
        .select_related("member")
        .order_by("member__name")
    )
)


def attending(*, viewer: Seer, conversation_id: int, at: datetime) -> list[Attending]:
    """The others, whoever writes first."""
    found = _OTHERS.all(
        tenant=viewer.tenant_id, conversation=conversation_id, since=at - ATTENDS_FOR, me=viewer.membership_id
    )
    others = [Attending(row.member_id, row.member.name, row.typing_at is not None) for row in found]
    return sorted(others, key=lambda one: not one.is_typing)
