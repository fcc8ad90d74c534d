"""Nudges: the truth is in the rows, and what a job does is safe to do twice."""

from __future__ import annotations

import contextlib
from datetime import datetime

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.conversations.operations.errands import work_on
from golddraht.conversations.operations.gathering import gather_evidence
from golddraht.conversations.operations.sending import let_leave
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id, seeing


@app.task(name="conversations.let_answer_leave", queue="delivery")
def let_answer_leave(tenant_id: int, draft_id: int) -> None:
    with seeing(tenant_id):
        let_leave(draft_id=draft_id, at=now())


def wake_at(moment: datetime, *, draft_id: int, again: bool = False) -> None:
    """Have somebody let the answer leave then; with `again` at most one such job waits."""
    tenant_id = current_tenant_id()
    if not again:
        let_answer_leave.configure(schedule_at=moment).defer(tenant_id=tenant_id, draft_id=draft_id)
        return
    lock = f"conversations.let_answer_leave:{tenant_id}:{draft_id}"
    # Without the savepoint a lock that is taken would spoil the caller's transaction.
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        let_answer_leave.configure(queueing_lock=lock).defer(tenant_id=tenant_id, draft_id=draft_id)


@app.task(name="conversations.run_errand", queue="errands")
def run_errand(tenant_id: int, errand_id: int) -> None:
    """Portion by portion, each in a transaction of its own, so that everybody sees how far it is."""
    is_left = True
    while is_left:
        with seeing(tenant_id):
            is_left = work_on(errand_id=errand_id, at=now())


@app.task(name="conversations.gather_evidence")
def gather(tenant_id: int, message_id: int) -> None:
    with seeing(tenant_id):
        gather_evidence(message_id=message_id)


def gather_soon(message_id: int) -> None:
    gather.defer(tenant_id=current_tenant_id(), message_id=message_id)


def nudge_errand(errand_id: int) -> None:
    run_errand.defer(tenant_id=current_tenant_id(), errand_id=errand_id)
