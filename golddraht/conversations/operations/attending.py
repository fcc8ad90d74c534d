"""Who reads or writes in a conversation right now: told to colleagues who have it open, and kept no longer than that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import AttendanceChanged
from golddraht.conversations.models import Attendance
from golddraht.conversations.rules import ATTENDS_FOR
from golddraht.plumbing import bus


@transaction.atomic
def attend(*, conversation_id: int, member_id: int, is_typing: bool, at: datetime) -> None:
    """The member has it open; said again every few seconds. Colleagues are told only when that changes what they see."""
    rows = Attendance.objects.filter(conversation_id=conversation_id, member_id=member_id)
    before = rows.select_for_update().first()
    Attendance.objects.bulk_create(
        [
            Attendance(
                conversation_id=conversation_id,
                member_id=member_id,
                seen_at=at,
                typing_at=at if is_typing else None,
            )
        ],
        update_conflicts=True,
        unique_fields=["tenant", "conversation", "member"],
        update_fields=["seen_at", "typing_at"],
    )
    was_typing = before is not None and before.typing_at is not None
    if before is None or before.seen_at < at - ATTENDS_FOR or was_typing != is_typing:
        bus.publish(AttendanceChanged(conversation_id, at))


@transaction.atomic
def stop_attending(*, conversation_id: int, member_id: int, at: datetime) -> None:
    """The member has closed it, or looks at something else."""
    gone, _each = Attendance.objects.filter(conversation_id=conversation_id, member_id=member_id).delete()
    if gone:
        bus.publish(AttendanceChanged(conversation_id, at))


@transaction.atomic
def forget_absent(*, at: datetime) -> None:
    """Whoever has not been heard of is gone: a lid was closed, a line was cut."""
    absent = Attendance.objects.filter(seen_at__lt=at - ATTENDS_FOR)
    conversation_ids = set(absent.values_list("conversation_id", flat=True))
    if conversation_ids:
        absent.delete()
    for conversation_id in sorted(conversation_ids):
        bus.publish(AttendanceChanged(conversation_id, at))
