"""Many counts in one question, none of them further than anybody wants to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from golddraht.plumbing.asking import Statement, as_for, spelled_out
from golddraht.plumbing.tenancy import current_sight

K = TypeVar("K")


def counted_to(most: int, rows: Mapping[K, QuerySet[Any]]) -> dict[K, int]:
    """How many rows each of these has; PostgreSQL stops each count at `most`."""
    return _counts(rows, _counting(most, rows), {}, ())


class Counting(Generic[K]):
    """The same for querysets with `Asked` in place of values, of which Django makes the SQL once."""

    def __init__(self, most: int, rows: Callable[[], Mapping[K, QuerySet[Any]]]) -> None:
        self._most, self._rows = most, rows
        self._made: dict[int, dict[K, Statement]] = {}

    def all(self, **said: Any) -> dict[K, int]:
        """How many rows each of them has, for these values."""
        tenants = current_sight().tenants
        if len(tenants) not in self._made:
            with as_for(len(tenants)):
                self._made[len(tenants)] = _counting(self._most, self._rows())
        made = self._made[len(tenants)]
        return _counts(made, made, said, tenants)


def _counting(most: int, rows: Mapping[K, QuerySet[Any]]) -> dict[K, Statement]:
    """Those that are not known to be empty without asking."""
    found = {key: _statement(one.order_by().values("pk")[:most]) for key, one in rows.items()}
    return {key: statement for key, statement in found.items() if statement is not None}


def _statement(rows: QuerySet[Any]) -> Statement | None:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Statement(f"(SELECT count(*) FROM ({sql}) counted)", tuple(params))  # noqa: S608  # Django wrote it.


def _counts(
    keys: Mapping[K, object], asked: Mapping[K, Statement], said: dict[str, Any], tenants: tuple[int, ...]
) -> dict[K, int]:
    found: dict[K, int] = dict.fromkeys(keys, 0)
    if asked:
        values = [value for one in asked.values() for value in one.values(said, tenants)]
        with connection.cursor() as cursor:
            cursor.execute(spelled_out("SELECT " + ", ".join(one.sql for one in asked.values()), values))
            found |= zip(asked, cursor.fetchone(), strict=True)
    return found
