"""Writing rows with one prepared statement for each table: what `create` and `save` do, without making their SQL anew each time.

While `gathering`, rows are only given their ids, and written together when it ends: whoever asks PostgreSQL meanwhile does
not find them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Model

from golddraht.plumbing.tenancy import TenantKey, current_tenant_id

Row = TypeVar("Row", bound=Model)
Prepare = Callable[[Any], Any]

PASSED_ON = {
    *(models.AutoField, models.BigAutoField),
    *(models.BigIntegerField, models.IntegerField, models.PositiveSmallIntegerField, models.BooleanField),
    *(models.CharField, models.TextField, models.BinaryField, models.ForeignKey, TenantKey),
    *(models.DateField, models.DateTimeField, models.DurationField),
}
"""Fields whose values psycopg takes as they are; all others are asked for theirs."""

AT_ONCE = (64, 16, 4, 1)
"""So many rows go into one statement: few lengths, so that each stays prepared."""


IDS_AT_ONCE = 64


class Gathered:
    """Rows that are still to be written, by table, in the order in which the tables first came."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Model]] = {}
        self._ids: dict[type[Model], list[int]] = {}

    def take(self, rows: Sequence[Model]) -> None:
        """They get their ids; all of them are of one table."""
        for row in rows:
            row.pk = self._next_id(type(row))
            self._rows.setdefault(type(row), []).append(row)

    def _next_id(self, model: type[Model]) -> int:
        left = self._ids.setdefault(model, [])
        if not left:
            left += reversed(reserved(model, IDS_AT_ONCE))
        return left.pop()

    def write(self) -> None:
        rows, self._rows = self._rows, {}
        for of_one_table in rows.values():
            _add_all(of_one_table)


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[None]:
    """Rows that are added within are written together at its end; a taken key is an IntegrityError then."""
    gathered = Gathered()
    token = _gathered.set(gathered)
    try:
        yield
        gathered.write()
    finally:
        _gathered.reset(token)


def write_gathered() -> None:
    """Write now what was gathered so far, because PostgreSQL is to be asked for it."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.write()


@dataclass(frozen=True)
class _Columns:
    """Columns of a table, and how a row's values for them are had."""

    names: tuple[str, ...]
    attributes: tuple[tuple[str, Prepare | None], ...]
    places: tuple[str, ...]

    def values(self, row: Model) -> list[Any]:
        had = ((getattr(row, name), prepare) for name, prepare in self.attributes)
        return [value if prepare is None else prepare(value) for value, prepare in had]


def added(row: Row) -> Row:
    """The row, now in its table, with its id and whatever else PostgreSQL made of it."""
    return all_added([row])[0]


def reserved(model: type[Model], count: int) -> list[int]:
    """Ids that no other row of this table will have, for rows that point at each other before they are added."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [id_ for (id_,) in cursor.fetchall()]


def all_added(rows: Sequence[Row]) -> list[Row]:
    """All of them, in their order. They are of one table and have no ids yet."""
    if (gathered := _gathered.get()) is None:
        _add_all(rows)
    else:
        gathered.take(rows)
    return list(rows)


def _add_all(rows: Sequence[Model]) -> None:
    left = list(rows)
    while left:
        count = next(size for size in AT_ONCE if size <= len(left))
        _add(left[:count])
        left = left[count:]


def _add(rows: list[Model]) -> None:
    model, has_ids = type(rows[0]), rows[0].pk is not None
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows), has_ids=has_ids), _values(model, rows, has_ids=has_ids))
        for row, returned in zip(rows, cursor.fetchall(), strict=True):
            _take_over(row, returned)


def added_once(row: Row) -> Row | None:
    """The row, now in its table; None when one of its unique keys is taken already."""
    if _gathered.get() is not None:
        return added(row)
    model = type(row)
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, 1, ending=" ON CONFLICT DO NOTHING"), _values(model, [row]))
        returned = cursor.fetchone()
    if returned is None:
        return None
    _take_over(row, returned)
    return row


def changed(row: Row, *names: str) -> Row:
    """The row, whose fields of these names are now in the table as they are here."""
    if row._state.adding:
        return row  # Gathered: it will be written as it is by then.
    statement, columns = _update(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*columns.values(row), row.tenant_id, row.pk])  # type: ignore[attr-defined]  # All rows here belong to one.
    return row


def all_changed(rows: Sequence[Model], *names: str) -> None:
    """These fields of all of them are now in the table as they are here: one statement, however many rows.

    Quicker than `bulk_update`, which asks PostgreSQL to try each row for each value. For columns that JSON can carry.
    """
    if not rows:
        return
    fields = [type(rows[0])._meta.get_field(name) for name in names]
    told = [{"id": row.pk} | {field.column: getattr(row, field.attname) for field in fields} for row in rows]  # type: ignore[union-attr]  # All of them are columns.
    with connection.cursor() as cursor:
        cursor.execute(
            _change_of_many(type(rows[0]), names), [json.dumps(told, cls=DjangoJSONEncoder), current_tenant_id()]
        )


@cache
def _change_of_many(model: type[Model], names: tuple[str, ...]) -> str:
    table, quoted = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name
    columns = [quoted(str(model._meta.get_field(name).column)) for name in names]  # type: ignore[union-attr]  # As above.
    values = ", ".join(f"{column} = told.{column}" for column in columns)
    return (  # Names of tables and columns alone.
        f"UPDATE {table} SET {values} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) AS told"  # noqa: S608
        f" WHERE {table}.tenant_id = %s AND {table}.id = told.id"
    )


def _values(model: type[Model], rows: Sequence[Model], *, has_ids: bool = False) -> list[Any]:
    columns = _inserted(model, has_ids)
    return [value for row in rows for value in columns.values(row)]


def _take_over(row: Model, returned: tuple[Any, ...]) -> None:
    for field, value in zip(row._meta.db_returning_fields, returned, strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insert(model: type[Model], count: int, *, has_ids: bool = False, ending: str = "") -> str:
    columns, quoted = _inserted(model, has_ids), connection.ops.quote_name
    places = ", ".join([f"({', '.join(columns.places)})"] * count)
    returned = ", ".join(quoted(str(field.column)) for field in model._meta.db_returning_fields)
    return (  # Names of tables and columns alone.
        f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns.names)}) VALUES {places}{ending}"  # noqa: S608
        f" RETURNING {returned}"
    )


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, _Columns]:
    columns = _columns([model._meta.get_field(name) for name in names])
    values = ", ".join(f"{name} = {place}" for name, place in zip(columns.names, columns.places, strict=True))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"UPDATE {table} SET {values} WHERE tenant_id = %s AND id = %s", columns  # noqa: S608  # As above.


@cache
def _inserted(model: type[Model], has_ids: bool) -> _Columns:
    fields = (one for one in model._meta.concrete_fields if not one.generated)
    return _columns([one for one in fields if has_ids or not one.primary_key])


def _columns(fields: Sequence[Any]) -> _Columns:
    return _Columns(
        names=tuple(connection.ops.quote_name(field.column) for field in fields),
        attributes=tuple((field.attname, _preparing(field)) for field in fields),
        places=tuple(f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s" for field in fields),
    )


def _preparing(field: Any) -> Prepare | None:
    inner = field.base_field if isinstance(field, ArrayField) else field
    if type(inner) in PASSED_ON:
        return None
    return lambda value: field.get_db_prep_save(value, connection)
