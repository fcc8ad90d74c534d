"""Raising the alarm when somebody is needed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.events import AlarmCleared, AlarmRaised
from golddraht.team.models import Alarm


@transaction.atomic
def raise_alarm(*, kind: str, subject: str, words: str, at: datetime) -> Alarm | None:
    """Tell somebody about a trouble, once until it is cleared. Gives None when it is known already."""
    alarm, is_new = Alarm.objects.get_or_create(
        kind=kind, subject=subject, cleared_at=None, defaults={"words": words, "raised_at": at}
    )
    if not is_new:
        return None
    bus.publish(AlarmRaised(alarm.pk, at))
    return alarm


@transaction.atomic
def clear_alarm(*, kind: str, subject: str, at: datetime) -> None:
    """The trouble is over."""
    for alarm in Alarm.objects.filter(kind=kind, subject=subject, cleared_at=None):
        alarm.cleared_at = at
        alarm.save(update_fields=["cleared_at"])
        bus.publish(AlarmCleared(alarm.pk, at))


@transaction.atomic
def note_alarm_told(*, alarm_id: int, at: datetime) -> None:
    Alarm.objects.filter(pk=alarm_id, tenant_id=current_tenant_id(), told_at=None).update(told_at=at)
