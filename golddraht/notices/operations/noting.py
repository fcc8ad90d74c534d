"""Noting what a member's devices are to tell; nothing is sent here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.notices.events import NoticeWaits
from golddraht.notices.models import Device, Notice
from golddraht.notices.queries import SETTLES
from golddraht.notices.rules import Kind
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id


@transaction.atomic
def note(*, kind: Kind, member_id: int, conversation_id: int | None, at: datetime) -> None:
    """A row for each device of the member that wants to hear of this. The same matter again is told once more."""
    wanting = Device.objects.filter(member_id=member_id, kinds__contains=[kind.value])
    for device_id in wanting.values_list("pk", flat=True):
        put(device_id=device_id, kind=kind, conversation_id=conversation_id, at=at, due_at=at + SETTLES)


def put(*, device_id: int, kind: Kind, conversation_id: int | None, at: datetime, due_at: datetime) -> None:
    row = Notice(tenant_id=current_tenant_id(), device_id=device_id, kind=kind, conversation_id=conversation_id, at=at)
    Notice.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["tenant", "device", "kind", "conversation"],
        update_fields=["at", "told_at"],
    )
    bus.publish(NoticeWaits(device_id, due_at, at))
