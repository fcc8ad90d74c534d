"""Nudges: the truth is in the rows, and what a job does is safe to do twice."""

from __future__ import annotations

from procrastinate.contrib.django import app

from golddraht.imports.operations.judging import Seen
from golddraht.imports.operations.working import work_on
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id, seeing


@app.task(name="imports.work", queue="errands")
def work(tenant_id: int, import_id: int) -> None:
    """Portion by portion, each in a transaction of its own, so that everybody sees how far it is."""
    seen, is_left = Seen(), True
    while is_left:
        with seeing(tenant_id):
            is_left = work_on(import_id=import_id, at=now(), seen=seen)


def nudge(import_id: int) -> None:
    work.defer(tenant_id=current_tenant_id(), import_id=import_id)
