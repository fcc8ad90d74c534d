"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

import contextlib
from datetime import datetime

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.programs.sending import tell


@app.task(name="programs.tell", queue="hooks")
def tell_webhook(tenant_id: int, webhook_id: int) -> None:
    tell(tenant_id=tenant_id, webhook_id=webhook_id, clock=now)


def nudge(webhook_id: int, *, at: datetime | None = None) -> None:
    """Have the webhook told soon, or at a moment; at most one such job waits."""
    lock = f"programs.tell:{current_tenant_id()}:{webhook_id}" + (f":{at:%Y%m%d%H%M%S}" if at else "")
    arguments = {"tenant_id": current_tenant_id(), "webhook_id": webhook_id}
    # Without the savepoint a lock that is taken would spoil the caller's transaction.
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        tell_webhook.configure(schedule_at=at, queueing_lock=lock).defer(**arguments)
