"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

import contextlib

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.operations.erasing import carry_out
from golddraht.privacy.operations.keeping import carry_on


@app.task(name="privacy.erase", queue="errands")
def erase(tenant_id: int, erasure_id: int) -> None:
    carry_out(tenant_id=tenant_id, erasure_id=erasure_id, at=now())


def nudge(erasure_id: int) -> None:
    """Have it carried out soon; at most one such job waits."""
    lock = f"privacy.erase:{current_tenant_id()}:{erasure_id}"
    # Without the savepoint a lock that is taken would spoil the caller's transaction.
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        erase.configure(queueing_lock=lock).defer(tenant_id=current_tenant_id(), erasure_id=erasure_id)


@app.task(name="privacy.keep", queue="errands")
def keep(tenant_id: int, run_id: int) -> None:
    """Portion by portion until nothing is left; whoever was killed on the way is called again by the sweeper."""
    while carry_on(tenant_id=tenant_id, run_id=run_id, at=now()):
        pass


def nudge_run(run_id: int) -> None:
    """Have the run go on soon; at most one such job waits."""
    lock = f"privacy.keep:{current_tenant_id()}:{run_id}"
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        keep.configure(queueing_lock=lock).defer(tenant_id=current_tenant_id(), run_id=run_id)
