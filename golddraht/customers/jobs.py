"""Nudges: the truth is in the rows, and what a job does is safe to do twice."""

from __future__ import annotations

import contextlib

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.customers.operations.going_through import PORTIONS, look_on
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id, seeing


@app.task(name="customers.look", queue="errands")
def look(tenant_id: int) -> None:
    """A few portions, each in a transaction of its own; the sweeper asks again while somebody waits."""
    for _ in range(PORTIONS):
        with seeing(tenant_id):
            is_left = look_on(at=now())
        if not is_left:
            return


def nudge_look() -> None:
    """At most one such job waits for a company."""
    tenant_id = current_tenant_id()
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        look.configure(queueing_lock=f"customers.look:{tenant_id}").defer(tenant_id=tenant_id)
