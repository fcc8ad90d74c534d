"""What is left lying at the door: codes whose job was lost, and what is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from golddraht.access.events import CodeAsked
from golddraht.access.models import Code, Visit
from golddraht.plumbing.bus import publish

LEFT_LYING = timedelta(seconds=15)
FORGOTTEN_AFTER = timedelta(days=1)


def sweep(*, at: datetime) -> None:
    """Codes that wait are sent, and what ended a day ago is forgotten."""
    waiting = Code.objects.filter(due_at__lt=at - LEFT_LYING, ends_at__gt=at).values_list("pk", flat=True)
    for code_id in list(waiting[:100]):
        publish(CodeAsked(code_id, at))
    Code.objects.filter(asked_at__lt=at - FORGOTTEN_AFTER - timedelta(minutes=10)).delete()
    Visit.objects.filter(ends_at__lt=at - FORGOTTEN_AFTER).delete()
