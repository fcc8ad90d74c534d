"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

import contextlib
from datetime import datetime

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.notices.sending import tell
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id


@app.task(name="notices.tell", queue="notices")
def tell_device(tenant_id: int, device_id: int) -> None:
    tell(tenant_id=tenant_id, device_id=device_id, clock=now)


def nudge(device_id: int, *, at: datetime) -> None:
    """Have the device told at that moment; at most one such job waits for it."""
    lock = f"notices.tell:{current_tenant_id()}:{device_id}:{at:%Y%m%d%H%M%S}"
    arguments = {"tenant_id": current_tenant_id(), "device_id": device_id}
    # Without the savepoint a lock that is taken would spoil the caller's transaction.
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        tell_device.configure(schedule_at=at, queueing_lock=lock).defer(**arguments)
