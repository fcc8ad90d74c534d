"""Many counts in one question, none of them further than anybody wants to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg import ClientCursor

K = TypeVar("K")


def counted_to(most: int, rows: Mapping[K, QuerySet[Any]]) -> dict[K, int]:
    """How many rows each of these has; PostgreSQL stops each count at `most`."""
    asked = {key: sql for key, one in rows.items() if (sql := _counting(one, most)) is not None}
    found: dict[K, int] = dict.fromkeys(rows, 0)
    if asked:
        with connection.cursor() as cursor:
            params = [value for _, given in asked.values() for value in given]
            cursor.execute(_spelled_out("SELECT " + ", ".join(sql for sql, _ in asked.values()), params))
            found |= zip(asked, cursor.fetchone(), strict=True)
    return found


def _counting(rows: QuerySet[Any], most: int) -> tuple[str, tuple[Any, ...]] | None:
    """None for what is known to be empty without asking."""
    try:
        sql, params = rows.order_by().values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"(SELECT count(*) FROM ({sql}) counted)", tuple(params)  # noqa: S608  # Django wrote it.


def _spelled_out(sql: str, params: Sequence[Any]) -> str:
    """With its values in place. A statement kept for any values gets a plan for none: counting half a million rows took it 15 times as long."""
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, params)
