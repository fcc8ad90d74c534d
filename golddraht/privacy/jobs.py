"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

import contextlib

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.operations.erasing import carry_out


@app.task(name="privacy.erase", queue="errands")
def erase(tenant_id: int, erasure_id: int) -> None:
    carry_out(tenant_id=tenant_id, erasure_id=erasure_id, at=now())


def nudge(erasure_id: int) -> None:
    """Have it carried out soon; at most one such job waits."""
    lock = f"privacy.erase:{current_tenant_id()}:{erasure_id}"
    # Without the savepoint a lock that is taken would spoil the caller's transaction.
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        erase.configure(queueing_lock=lock).defer(tenant_id=current_tenant_id(), erasure_id=erasure_id)
