"""How much room is left, how large the database is, and whether work piles up."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

ENOUGH = 2_000_000_000
"""Bytes. With less no mail can be kept before long."""
PILED_UP_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Room:
    """The disk on which the data folder lies, and the database, wherever it runs; in bytes."""

    free: int
    whole: int
    database: int

    @property
    def is_enough(self) -> bool:
        return self.free > ENOUGH


@dataclass(frozen=True)
class Errands:
    """What was to be done in the background: left lying for minutes, and given up within a day."""

    left_lying: int
    given_up: int

    @property
    def is_fine(self) -> bool:
        return not (self.left_lying or self.given_up)


def room_left() -> Room:
    disk = shutil.disk_usage(settings.DATA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return Room(free=disk.free, whole=disk.total, database=int(cursor.fetchone()[0]))


def errands(*, at: datetime) -> Errands:
    """Of all tenants together: jobs carry ids only."""
    sql = """
        SELECT count(*) FILTER (WHERE job.status = 'todo' AND coalesce(job.scheduled_at, told.at) < %(lying)s),
               count(*) FILTER (WHERE job.status = 'failed' AND told.at >= %(lately)s)
          FROM procrastinate_jobs AS job
          JOIN LATERAL (SELECT max(event.at) AS at FROM procrastinate_events AS event WHERE event.job_id = job.id) AS told ON true
         WHERE job.status IN ('todo', 'failed')
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"lying": at - PILED_UP_AFTER, "lately": at - timedelta(days=1)})
        left_lying, given_up = cursor.fetchone()
        return Errands(left_lying, given_up)
