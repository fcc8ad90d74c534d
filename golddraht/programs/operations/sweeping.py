"""Finding what a dead worker left behind, and forgetting what was told long ago."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.plumbing import bus
from golddraht.programs.events import NewsWaits
from golddraht.programs.models import HookDelivery, Occurrence
from golddraht.programs.queries import waiting_webhook_ids
from golddraht.programs.rules import KEPT_FOR, DeliveryState

AT_ONCE = 1000


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Safe to run at any time, any number of times."""
    for webhook_id in waiting_webhook_ids(at=at):
        bus.publish(NewsWaits(webhook_id, None, at))
    _forget(at)


def _forget(at: datetime) -> None:
    waiting = HookDelivery.objects.filter(state=DeliveryState.WAITING).values("occurrence_id")
    old = Occurrence.objects.filter(at__lt=at - KEPT_FOR).exclude(pk__in=waiting)
    Occurrence.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:AT_ONCE])).delete()
