"""Questions that are put again and again with other values: Django writes their SQL once, and each asking is one statement.

Making a statement out of a queryset takes Django longer than PostgreSQL takes to answer it. On the path of every arriving mail
that adds up, so there a question is written as a queryset with `Asked` where the values go, and kept:

    _AT = Question(lambda: ContactPoint.objects.filter(channel=Asked("channel"), address=Asked("address")))
    point = _AT.first(channel="EMAIL", address=address)

What is seen is decided when it is asked, by the manager's tenants as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Field, Lookup, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery
from psycopg import ClientCursor

from golddraht.plumbing.tenancy import Sight, current_sight, looking_as

T = TypeVar("T")

SOMEBODY = -(2**61)
"""Stands for the first tenant that is seen while the SQL is made; the second is one more, and so on."""


class Asked(Expression):
    """A value that is named when the question is put."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=Field())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [_Named(self.name)]


@dataclass(frozen=True)
class _Named:
    name: str


@Field.register_lookup
class IsAmong(Lookup):
    """`id__among=Asked("ids")`: one statement for lists of any length, which `__in` has not."""

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        _, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*lhs_params, *rhs_params]


@dataclass(frozen=True)
class Statement:
    """SQL with places for values that are named when it is asked."""

    sql: str
    params: tuple[Any, ...]

    def values(self, said: dict[str, Any], tenants: tuple[int, ...]) -> list[Any]:
        return [self._value(param, said, tenants) for param in self.params]

    def _value(self, param: Any, said: dict[str, Any], tenants: tuple[int, ...]) -> Any:
        if type(param) is _Named or type(param) is Asked:
            return said[param.name]
        if type(param) is int and param < 0 and (place := param - SOMEBODY) < len(tenants):
            return tenants[place]
        return param


@dataclass(frozen=True)
class _Answers(Statement):
    """A statement, and how its rows become what the queryset would have given."""

    shaped: Callable[[Any], Any]


NONE = _Answers("", (), lambda row: row)
"""To whoever sees no tenant, of whose rows was asked."""


class Question(Generic[T]):
    """A queryset with `Asked` in place of values. Its rows are what the queryset's would be: models, or tuples and values.

    With `planned_anew` PostgreSQL plans it for the values of each asking; look at `spelled_out` for when.
    """

    def __init__(self, rows: Callable[[], QuerySet[Any]], *, planned_anew: bool = False) -> None:
        self._rows, self._planned_anew = rows, planned_anew
        self._answers: dict[int, _Answers] = {}

    def all(self, **said: Any) -> list[T]:
        """All that the queryset would give, in its order."""
        tenants = current_sight().tenants
        answers = self._answers.get(len(tenants)) or self._made(len(tenants))
        if answers is NONE:
            return []
        values = answers.values(said, tenants)
        with connection.cursor() as cursor:
            if self._planned_anew:
                cursor.execute(spelled_out(answers.sql, values))
            else:
                cursor.execute(answers.sql, values)
            return [answers.shaped(row) for row in cursor.fetchall()]

    def first(self, **said: Any) -> T | None:
        """The first of them in the queryset's own order; slice it where there may be many."""
        return next(iter(self.all(**said)), None)

    def one(self, **said: Any) -> T:
        """The only one. Raises LookupError when there is none."""
        return self.all(**said)[0]

    def has_any(self, **said: Any) -> bool:
        return bool(self.all(**said))

    def _made(self, tenants: int) -> _Answers:
        with as_for(tenants):
            rows = self._rows()
            compiler = rows.query.get_compiler(rows.db)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return NONE
        self._answers[tenants] = _Answers(sql, tuple(params), _shape_of(rows, compiler))
        return self._answers[tenants]


def spelled_out(sql: str, values: Sequence[Any]) -> str:
    """The statement with its values in place.

    PostgreSQL plans a prepared statement for no values in particular after its tenth use. Where most rows are the one thing and
    few the other, that plan can be a hundred times as slow as one for the very values.
    """
    connection.ensure_connection()
    return ClientCursor(connection.connection).mogrify(sql, values)


def as_for(tenants: int) -> Any:
    """Make statements for whoever sees so many tenants; which they are is said when it is asked."""
    return looking_as(Sight(tuple(SOMEBODY + place for place in range(tenants)), SOMEBODY))


def _shape_of(rows: QuerySet[Any], compiler: Any) -> Callable[[Any], Any]:
    converters = compiler.get_converters([column[0] for column in compiler.select])

    def converted(row: Any) -> Any:
        return next(iter(compiler.apply_converters([row], converters))) if converters else row

    if issubclass(rows._iterable_class, ModelIterable):
        made = _maker_of(compiler, rows.db)
        return lambda row: made(converted(row))
    is_flat = rows._iterable_class.__name__.startswith("Flat")
    return (lambda row: converted(row)[0]) if is_flat else (lambda row: tuple(converted(row)))


def _maker_of(compiler: Any, db: str) -> Callable[[Any], Model]:
    """What Django's own iterable does with a row, prepared once for all rows."""
    klass = compiler.klass_info
    model, places = klass["model"], klass["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    relations = get_related_populators(klass, compiler.select, db)  # type: ignore[call-arg]  # As Django 5.2 has it.
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def made(row: Any) -> Model:
        one: Model = model.from_db(db, names, row[start:end])
        for relation in relations:
            relation.populate(row, one)
        for name, place in annotations:
            setattr(one, name, row[place])
        return one

    return made


class Change:
    """An UPDATE of a queryset with `Asked` in place of values: `Change(lambda: …filter(pk=Asked("pk")), name=Asked("name"))`."""

    def __init__(self, rows: Callable[[], QuerySet[Any]], **values: Any) -> None:
        self._rows, self._values = rows, values
        self._statement: Statement | None = None

    def make(self, **said: Any) -> int:
        """Gives how many rows were changed. Only within `seeing` one tenant."""
        statement = self._statement or self._made()
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.values(said, current_sight().tenants))
            return int(cursor.rowcount)

    def _made(self) -> Statement:
        with as_for(1):
            query: Any = self._rows().query.chain(UpdateQuery)
            query.add_update_values(self._values)
            sql, params = query.get_compiler(connection.alias).as_sql()
        self._statement = Statement(sql, tuple(params))
        return self._statement
