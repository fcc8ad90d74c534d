"""What was approved and is not done yet is taken up again, whatever has happened to its job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from golddraht.plumbing import bus
from golddraht.privacy.events import ErasureApproved
from golddraht.privacy.models import Erasure, Locked

PATIENCE = timedelta(minutes=10)
"""So long a job may take before it is asked for again."""


@dataclass(frozen=True)
class Swept:
    nudged: int

    @property
    def is_done(self) -> bool:
        return True


def purge_locked(*, at: datetime) -> int:
    """Delete what the law wants kept no longer; gives how much. The database refuses what is not over yet."""
    count, _ = Locked.objects.filter(over_on__lte=timezone.localdate(at)).delete()
    return count


def sweep(*, at: datetime) -> Swept:
    purge_locked(at=at)
    waiting = Erasure.objects.filter(done_at=None, approved_at__lt=at - PATIENCE, refused_at=None, withdrawn_at=None)
    ids = list(waiting.values_list("pk", flat=True))
    for erasure_id in ids:
        bus.publish(ErasureApproved(erasure_id, at))
    return Swept(len(ids))
