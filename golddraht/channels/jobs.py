"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.channels.carriers import dns, smtp
from golddraht.channels.operations import read_raw
from golddraht.channels.operations.lasting import renew_ahead
from golddraht.channels.queries import unread_ids
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import current_tenant_id, seeing


@app.task(name="channels.read_mail", queue="mail")
def read_mail(tenant_id: int, raw_mail_id: int) -> None:
    with seeing(tenant_id):
        read_raw(raw_mail_id=raw_mail_id, at=now())


@app.task(name="channels.deliver", queue="delivery")
def deliver(tenant_id: int, delivery_id: int) -> None:
    smtp.deliver(tenant_id=tenant_id, delivery_id=delivery_id, at=now())


@app.task(name="channels.tell_alarm", queue="delivery")
def tell_alarm(tenant_id: int, alarm_id: int) -> None:
    smtp.tell_alarm(tenant_id=tenant_id, alarm_id=alarm_id, at=now())


@app.task(name="channels.judge_senders", queue="looking")
def judge_senders(tenant_id: int) -> None:
    dns.judge_senders(tenant_id=tenant_id, at=now())


@app.task(name="channels.renew_token", queue="delivery")
def renew_token(tenant_id: int, mailbox_id: int) -> None:
    renew_ahead(tenant_id=tenant_id, mailbox_id=mailbox_id, at=now())


@app.task(name="channels.look_at_domain", queue="looking")
def look_at_domain(tenant_id: int, mail_domain_id: int) -> None:
    dns.look_at_domain(tenant_id=tenant_id, mail_domain_id=mail_domain_id, at=now())


ARGUMENTS = {
    "channels.read_mail": "raw_mail_id",
    "channels.deliver": "delivery_id",
    "channels.tell_alarm": "alarm_id",
    "channels.renew_token": "mailbox_id",
    "channels.look_at_domain": "mail_domain_id",
    "channels.judge_senders": "tenant_id",  # All that waits is one row's worth of work: the tenant's own.
}


def nudge(task: Any, id_: int, *, at: datetime | None = None, again: bool = False) -> None:
    """Have `task` look at one row of the tenant soon, or at a moment; with `again` at most one such job waits."""
    arguments = {"tenant_id": current_tenant_id(), ARGUMENTS[task.name]: id_}
    if not again:
        task.configure(schedule_at=at).defer(**arguments)
        return
    lock = f"{task.name}:{current_tenant_id()}:{id_}" + (f":{at:%Y%m%d%H%M%S}" if at else "")
    # Without the savepoint a lock that is taken would spoil the caller's transaction.
    with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
        task.configure(schedule_at=at, queueing_lock=lock).defer(**arguments)


def drain_mail(*, tenant_id: int, at: datetime) -> int:
    """Read everything that is unread, so that a lost job does no harm. Gives how many mails were waiting."""
    with seeing(tenant_id, read_only=True):
        waiting = unread_ids()
    for raw_mail_id in waiting:
        with seeing(tenant_id):
            read_raw(raw_mail_id=raw_mail_id, at=at)
    return len(waiting)
