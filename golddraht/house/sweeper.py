"""Every few seconds somebody looks whether anything was left lying: truth is in our rows, and a job is only a nudge."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import Any

import psycopg
from asgiref.sync import async_to_sync
from django.db import DatabaseError, connection, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from golddraht.house.sweeping import Sweep
from golddraht.plumbing.clock import now
from golddraht.plumbing.models import Presence
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.tenancy import seeing
from golddraht.team.queries import all_tenants

log = logging.getLogger(__name__)

EVERY = 5.0
LOCK = 8_207_431
"""The advisory lock of whoever sweeps; an arbitrary number that nothing else of ours uses."""

PORTIONS = 50
STALLED_AFTER = 60
TRIES = 5
KEPT_HOURS = 30 * 24
TIDIES_EVERY = 3600.0


class Sweeper:
    """Sweeps in one process at a time: whoever holds the lock, until that process ends."""

    def __init__(self, sweeps: Sequence[Sweep], *, every: float = EVERY, clock: Callable[[], datetime] = now) -> None:
        self.sweeps, self.every, self.clock = sweeps, every, clock
        self._lock: psycopg.Connection[Any] | None = None
        self._tidied = 0.0

    def run(self, stop: Event) -> None:
        """Sweep now and then again and again until `stop` is set. No failure ends it."""
        while True:
            try:
                if self._is_ours():
                    self.round()
            except Exception:
                log.exception("A round of the sweeper has failed.")
            finally:
                connection.close()
            if stop.wait(self.every):
                break
        self._let_go()

    def round(self) -> None:
        """One look at everything. A failing sweep neither stops the others nor the other tenants."""
        if not is_paused():
            for tenant in all_tenants():
                self.sweep_tenant(tenant.pk)
            self._revive_jobs()
            self._tidy_jobs()
        Presence.objects.update_or_create(role="sweeper", defaults={"seen_at": self.clock()})

    def sweep_tenant(self, tenant_id: int) -> None:
        for sweep in self.sweeps:
            try:
                self._sweep_until_done(sweep, tenant_id)
            except Exception:
                log.exception("%s has failed.", _name(sweep), extra={"tenant": tenant_id})

    def _sweep_until_done(self, sweep: Sweep, tenant_id: int) -> None:
        """A sweep works in portions, each in its own transaction, and says when nothing is left."""
        for _ in range(PORTIONS):
            with seeing(tenant_id):
                swept = sweep(at=self.clock())
            if getattr(swept, "is_done", True):
                return

    def _is_ours(self) -> bool:
        """Whether this process holds the lock. It hangs on a connection of its own and goes with it."""
        if self._lock is not None:
            try:
                self._lock.execute("SELECT 1")
            except psycopg.Error:
                self._let_go()
            else:
                return True
        self._lock = _direct_connection()
        row = self._lock.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if row is None or not row[0]:
            self._let_go()
        return self._lock is not None

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.close()
        self._lock = None

    def _revive_jobs(self) -> None:
        """Jobs of a killed worker start again; one that has brought down several is given up."""
        for job in async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=STALLED_AFTER):
            if job.id is not None:
                self._revive(job.id, attempts=job.attempts)

    def _revive(self, job_id: int, *, attempts: int) -> None:
        if attempts >= TRIES:
            log.error("A job has stalled too often and is given up.", extra={"job": job_id})
            _give_up(job_id)
            return
        try:
            with transaction.atomic():
                app.job_manager.retry_job_by_id(job_id, retry_at=self.clock())
        except (exceptions.ConnectorException, DatabaseError):
            # Somebody has asked for the same thing meanwhile, so this job is not needed any more.
            _give_up(job_id)

    def _tidy_jobs(self) -> None:
        """Failed jobs are kept for a month, for whoever looks into them."""
        if time.monotonic() - self._tidied > TIDIES_EVERY or not self._tidied:
            async_to_sync(app.job_manager.delete_old_jobs)(
                nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
            )
            self._tidied = time.monotonic()


def _give_up(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])


def _direct_connection() -> psycopg.Connection[Any]:
    params: dict[str, Any] = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool"):
        params.pop(name, None)
    return psycopg.connect(**params, autocommit=True)


def _name(sweep: Sweep) -> str:
    return f"{getattr(sweep, '__module__', '')}.{getattr(sweep, '__name__', type(sweep).__name__)}"
