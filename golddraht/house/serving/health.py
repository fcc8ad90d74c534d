"""Whether this process lives, and whether the installation is ready for visitors."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from golddraht.plumbing.models import Presence

FRESH = timedelta(seconds=30)


def readiness() -> dict[str, bool]:
    """What must be true before a visitor is let in; a check whose ground is missing counts as not true."""
    checks = {"database": False, "migrations": False, "sweeper": False}
    try:
        connection.ensure_connection()
        checks["database"] = True
        checks["migrations"] = not missing_migrations()
        checks["sweeper"] = seen_lately("sweeper", at=timezone.now())
    except DatabaseError:
        pass
    return checks


def missing_migrations() -> set[tuple[str, str]]:
    """What this version brings and the database has not seen."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return set(known_migrations())
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(known_migrations()) - {(app, name) for app, name in cursor.fetchall()}


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """What this version brings, as (app, name)."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.disk_migrations)


def seen_lately(role: str, *, at: datetime, within: timedelta = FRESH) -> bool:
    """Whether a process of that role has said within this time that it is there."""
    return Presence.objects.filter(role=role, seen_at__gte=at - within).exists()
