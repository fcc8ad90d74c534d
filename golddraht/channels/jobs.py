"""Nudges: each job carries ids, and what it does is safe to do twice. The truth is in the rows."""

from __future__ import annotations

import contextlib
import logging
import time
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.channels.carriers import dns, smtp
from golddraht.channels.operations import read_raw
from golddraht.channels.operations.lasting import renew_ahead
from golddraht.channels.operations.unsealing import look_again
from golddraht.channels.queries import readable_ids
from golddraht.plumbing.clock import now
from golddraht.plumbing.memory import remembering
from golddraht.plumbing.tenancy import current_tenant_id, seeing
from golddraht.plumbing.transactions import at_a_stretch

log = logging.getLogger(__name__)

OPEN_FOR = 20.0
READ_FOR = 0.5
"""Seconds. Whoever writes in a concern that is being read into waits no longer than this and one mail."""


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


@app.task(name="channels.send_trial", queue="delivery")
def send_trial(tenant_id: int, trial_id: int) -> None:
    smtp.send_trial(tenant_id=tenant_id, trial_id=trial_id, at=now())


@app.task(name="channels.open_again", queue="looking")
def open_again(tenant_id: int) -> None:
    """One mail in one transaction, until none is left or others have waited long enough."""
    until = time.monotonic() + OPEN_FOR
    while time.monotonic() < until:
        with seeing(tenant_id):
            looked = look_again(at=now())
        for name in looked.litter:
            default_storage.delete(name)
        if not looked.found:
            return
    with seeing(tenant_id):
        nudge(open_again, tenant_id, again=True)


ARGUMENTS = {
    "channels.open_again": "tenant_id",
    "channels.send_trial": "trial_id",
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


def read_some(*, tenant_id: int, at: datetime | None = None) -> int | None:
    """Read what waits, several mails in one transaction, for about a moment. Gives how many; None while another reads here.

    Each mail stands on its own all the same: when one fails, all of them are read again, each in a step of its own, so
    that one that cannot be read spoils none of the others.
    """
    at = at or now()
    try:
        with at_a_stretch():
            return _read_waiting(tenant_id, at)
    except Exception:
        log.warning("Mails are read once more, each in a step of its own.", exc_info=True)
    return _read_waiting(tenant_id, at)


def _read_waiting(tenant_id: int, at: datetime) -> int | None:
    until = time.monotonic() + READ_FOR
    with seeing(tenant_id), remembering():
        if (waiting := _mine_to_read(tenant_id, at)) is None:
            return None
        for count, raw_mail_id in enumerate(waiting, start=1):
            read_raw(raw_mail_id=raw_mail_id, at=at)
            if time.monotonic() > until:
                return count
    return len(waiting)


def _mine_to_read(tenant_id: int, at: datetime) -> list[int] | None:
    """What waits. One reader for each tenant at a time: two would only wait for each other at the next number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 2))", [f"reading:{tenant_id}"])
        return readable_ids(at=at) if cursor.fetchone()[0] else None
