"""Whoever reads what arrives: called by PostgreSQL as soon as a mail is stored, and looking by itself in case a call is lost."""

from __future__ import annotations

import logging
import time
from threading import Event

import psycopg
from django.db import DatabaseError, connection

from golddraht.channels.jobs import read_some
from golddraht.channels.rules import READING
from golddraht.plumbing.live import blocking_connection
from golddraht.team.queries import all_tenants

log = logging.getLogger(__name__)

LOOKS_EVERY = 5.0
HEARS_WITHIN = 0.5
"""Seconds in which a reader that has nothing to do notices that it shall end."""

SHARES_EVERY = 0.05
"""Seconds until a tenant is asked for again whose mail another process is reading."""

PAUSE = 1.0


class Reader:
    """Reads for all tenants in turn, some mails of each, so that a flood at one does not keep the others waiting."""

    def __init__(self) -> None:
        self._waiting: dict[int, None] = {}
        self._looked = float("-inf")

    def run(self, stop: Event) -> None:
        """Read until `stop` is set; a lost database ends nothing."""
        while not stop.is_set():
            try:
                self._read_on(stop)
            except (psycopg.Error, DatabaseError, OSError):
                log.warning("The reader has lost the database; trying again.")
            except Exception:
                log.exception("The reader has failed; it goes on.")
            finally:
                connection.close()
            stop.wait(PAUSE)

    def _read_on(self, stop: Event) -> None:
        with blocking_connection() as calls:
            calls.execute(f"LISTEN {READING}")
            self._looked = float("-inf")
            while not stop.is_set():
                self._look()
                is_shared = self._read_round(stop)
                self._hear(calls, SHARES_EVERY if is_shared else 0 if self._waiting else HEARS_WITHIN)

    def _look(self) -> None:
        if time.monotonic() - self._looked >= LOOKS_EVERY:
            self._looked = time.monotonic()
            self._waiting |= dict.fromkeys(tenant.pk for tenant in all_tenants())

    def _read_round(self, stop: Event) -> bool:
        """Some mails of each tenant that waits. Whether all of those left are being read by somebody else."""
        others = []
        for tenant_id in list(self._waiting):
            if stop.is_set():
                return False
            count = read_some(tenant_id=tenant_id)
            if count is None:
                others.append(tenant_id)
            elif count == 0:
                del self._waiting[tenant_id]
        return bool(others) and len(others) == len(self._waiting)

    def _hear(self, calls: psycopg.Connection[object], seconds: float) -> None:
        for call in calls.notifies(timeout=seconds, stop_after=1):
            self._waiting[int(call.payload)] = None
