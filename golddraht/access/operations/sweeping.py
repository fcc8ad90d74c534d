"""What is left lying: codes and copies whose job was lost, and what is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from golddraht.access.events import CodeAsked, CopyAsked
from golddraht.access.models import Code, Copy, Visit
from golddraht.access.operations.making import delete_file
from golddraht.access.rules.copying import FORGOTTEN_AFTER as COPY_FORGOTTEN_AFTER
from golddraht.access.rules.copying import CopyState
from golddraht.plumbing.bus import publish

LEFT_LYING = timedelta(seconds=15)
FORGOTTEN_AFTER = timedelta(days=1)


def sweep(*, at: datetime) -> None:
    """Codes that wait are sent, copies made and deleted in time, and what ended a day ago is forgotten."""
    _sweep_copies(at)
    waiting = Code.objects.filter(due_at__lt=at - LEFT_LYING, ends_at__gt=at).values_list("pk", flat=True)
    for code_id in list(waiting[:100]):
        publish(CodeAsked(code_id, at))
    Code.objects.filter(asked_at__lt=at - FORGOTTEN_AFTER - timedelta(minutes=10)).delete()
    Visit.objects.filter(ends_at__lt=at - FORGOTTEN_AFTER).delete()


def _sweep_copies(at: datetime) -> None:
    Copy.objects.filter(asked_at__lt=at - COPY_FORGOTTEN_AFTER).exclude(state=CopyState.READY).delete()
    for copy in Copy.objects.filter(state=CopyState.READY, ends_at__lte=at)[:100]:
        delete_file(copy)
    waiting = Copy.objects.filter(state__in=[CopyState.WAITING, CopyState.MAKING], asked_at__lt=at - LEFT_LYING)
    for copy_id in waiting.exclude(busy_until__gt=at).values_list("pk", flat=True)[:20]:
        publish(CopyAsked(copy_id, at))
