"""How the database fares: connections left, transactions that never end, and how far its own counting has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import connection

FEW_LEFT = 0.9
"""Share of the connections in use from which on the next process may be refused."""
TOO_LONG = timedelta(hours=1)
"""None of ours takes so long; meanwhile nothing that is deleted makes room."""
COUNTED_FAR = 1_500_000_000
"""Of two thousand million transactions after which PostgreSQL takes no more writes (its manual, “Preventing Transaction ID Wraparound Failures”)."""


class DatabaseTrouble(StrEnum):
    CONNECTIONS = "CONNECTIONS"
    HANGING = "HANGING"
    COUNTING = "COUNTING"


@dataclass(frozen=True)
class DatabaseState:
    """As PostgreSQL tells the program's own role."""

    connections: int
    most_connections: int
    longest: timedelta
    """How long the oldest transaction of ours has been open."""
    counted: int
    """Transactions since the oldest row was frozen."""

    @property
    def trouble(self) -> DatabaseTrouble | None:
        """The most pressing one."""
        if self.counted > COUNTED_FAR:
            return DatabaseTrouble.COUNTING
        if self.connections >= FEW_LEFT * self.most_connections:
            return DatabaseTrouble.CONNECTIONS
        return DatabaseTrouble.HANGING if self.longest > TOO_LONG else None


def database_state() -> DatabaseState:
    sql = """
        SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
               current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
               (SELECT coalesce(max(clock_timestamp() - xact_start), interval '0') FROM pg_stat_activity
                 WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()),
               (SELECT age(datfrozenxid) FROM pg_database WHERE datname = current_database())
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return DatabaseState(*cursor.fetchone())
