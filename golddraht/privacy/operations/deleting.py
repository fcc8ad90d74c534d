"""Deleting, emptying and letting go of rows, as the catalogue says. Keys between tables are looked at when the transaction ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext, override

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue.forms import Fate, Kind, Table
from golddraht.privacy.catalogue.order import emptying_tie, in_order, loosening_ties, model_of
from golddraht.privacy.queries.reaching import Reach
from golddraht.team.queries import current_tenant

Tables = tuple[Table, ...]
Done = Counter[tuple[str, str]]
SPOKEN = frozenset({Kind.NAME, Kind.CONTACT, Kind.WORDS})
"""What a row loses that stays without its words."""


def delete_rows(reach: Reach, tables: Tables) -> Done:
    """Whatever hangs on others first."""
    done: Done = Counter()
    for table in reversed(in_order(tables)):
        ids = reach.gone.get(table.label, set())
        if ids:
            done[_name(table), "deleted"] += _change(
                table, "DELETE FROM {table} WHERE {ours} {key} = ANY(%s)", [list(ids)]
            )
    return done


def let_go(reach: Reach, tables: Tables) -> Done:
    """References to rows that go are emptied in those that stay."""
    done: Done = Counter()
    for table in tables:
        for tie in loosening_ties(table):
            gone = reach.gone.get(tie.goal, set())
            own = list(reach.gone.get(table.label, set()))
            if gone:
                statement = f'UPDATE {{table}} SET "{tie.column}" = NULL WHERE {{ours}} "{tie.column}" = ANY(%s) AND NOT {{key}} = ANY(%s)'
                done[_name(table), "let_go"] += _change(table, statement, [list(gone), own])
    return done


def empty_rows(reach: Reach, tables: Tables) -> Done:
    """Rows that are part of something of somebody else stay, and say only that something stood there."""
    done: Done = Counter()
    for table in tables:
        ids = reach.emptied.get(table.label, set())
        if ids and table.erasing.fate is Fate.GOES:
            done[_name(table), "emptied"] += _empty(table, ids)
        elif ids:
            statement = f"UPDATE {{table}} SET \"{table.erasing.empties}\" = '' WHERE {{ours}} {{key}} = ANY(%s)"
            done[_name(table), "emptied"] += _change(table, statement, [list(ids)])
    return done


def _empty(table: Table, ids: set[int]) -> int:
    tie = emptying_tie(table)
    assert tie is not None
    named = {field.name: field for field in model_of(table)._meta.fields}
    spoken = [named[name] for name, kind in table.fields.items() if kind in SPOKEN]
    spoken += [named[name] for name in table.fields if name == "author_name"]
    pairs = [(field.column, _nothing(field)) for field in spoken]
    changes = ", ".join(f'"{column}" = %s' for column, _ in pairs)
    statement = f'UPDATE {{table}} SET {changes}, "{tie.column}" = NULL WHERE {{ours}} {{key}} = ANY(%s)'
    return _change(table, statement, [*(value for _, value in pairs), list(ids)])


def _nothing(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, ArrayField):
        return []
    return erased_words() if field.name == "text" else ""


def erased_words() -> str:
    """What stands where somebody's words stood, in the company's language."""
    with override(current_tenant().language):
        return gettext("What stood here was erased, as whoever wrote it wished.")


def _change(table: Table, statement: str, params: list[Any]) -> int:
    meta = model_of(table)._meta
    is_ours = any(one.name == "tenant" for one in meta.fields)
    sql = statement.format(
        table=f'"{meta.db_table}"', ours="tenant_id = %s AND" if is_ours else "", key=f'"{meta.pk.column}"'
    )
    if is_ours:
        # The company's number stands in front of the condition, behind whatever is set.
        place = sql[: sql.index("tenant_id = %s")].count("%s")
        params = [*params[:place], current_tenant_id(), *params[place:]]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _name(table: Table) -> str:
    return str(model_of(table)._meta.db_table)


def touched(tables: Tables) -> Iterator[str]:
    """Names of the tables that erasing may write to."""
    yield from (_name(table) for table in tables if table.erasing.fate is not Fate.UNTOUCHED)
