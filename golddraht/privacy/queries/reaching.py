"""Which rows are a person's: gone through table by table, as the catalogue says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Fate, Table
from golddraht.privacy.catalogue.order import ROOT, Tie, emptying_tie, in_order, model_of, ties
from golddraht.privacy.queries.persons import Person
from golddraht.privacy.queries.speaking import speaking_rows


@dataclass
class Reach:
    """The ids of the rows that go, and of those that stay without their words, by table."""

    gone: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    emptied: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def ids(self, label: str) -> set[int]:
        return self.gone[label] | self.emptied[label]


def reach_of(
    person: Person, *, tables: tuple[Table, ...] = TABLES, also: Mapping[str, set[int]] | None = None
) -> Reach:
    """All rows of a person in the company being seen, and whatever hangs on the rows of `also`, by table.

    `tables` can leave some out, so that a test sees what is missed then.
    """
    reach = Reach()
    for label, ids in (also or {}).items():
        reach.gone[label] |= ids
    reach.gone[ROOT] |= set(person.customer_ids)
    for table in in_order(tables):
        if table.label != ROOT:
            _look_into(table, reach, person)
    return reach


def _look_into(table: Table, reach: Reach, person: Person) -> None:
    if table.erasing.fate is Fate.SPEAKS:
        found = speaking_rows(table, reach.gone, person)
        (reach.emptied if table.erasing.empties else reach.gone)[table.label] |= found
        return
    gone = reach.gone[table.label]
    for tie in ties(table):
        gone |= _hanging(table, tie, reach.ids(tie.goal))
    gone |= _by_address(table, person) | _by_content(table, person)
    _follow_itself(table, gone)
    by_words = emptying_tie(table)
    if by_words is not None:
        reach.emptied[table.label] = _hanging(table, by_words, reach.gone[by_words.goal]) - gone


def _follow_itself(table: Table, gone: set[int]) -> None:
    """Rows of the same table that hang on rows that go, as far as that leads."""
    own = [tie for tie in ties(table) if tie.goal == table.label]
    newest = set(gone) if own else set()
    while newest:
        newest = set().union(*(_hanging(table, tie, newest) for tie in own)) - gone
        gone |= newest


def _hanging(table: Table, tie: Tie, ids: set[int]) -> set[int]:
    return _ids(table, f'"{tie.column}" = ANY(%s)', [list(ids)]) if ids else set()


def _by_address(table: Table, person: Person) -> set[int]:
    known = [address for _, address in person.addresses]
    found: set[int] = set()
    for column in table.erasing.addresses if known else ():
        found |= _ids(table, f'lower("{column}") = ANY(%s)', [[one.lower() for one in known]])
    return found


def _by_content(table: Table, person: Person) -> set[int]:
    """Of what belongs to nothing and could not be read, the rows in whose bytes an address stands."""
    found: set[int] = set()
    (column, *_) = table.erasing.contents or ("",)
    for address in person.sought.addresses if column else ():
        found |= _ids(
            table,
            f"message_id IS NULL AND problem <> '' AND position(convert_to(%s, 'UTF8') in \"{column}\") > 0",
            [address],
        )
    return found


def _ids(table: Table, condition: str, params: Iterable[Any]) -> set[int]:
    meta = model_of(table)._meta
    is_ours = any(one.name == "tenant" for one in meta.fields)
    within, ours = ("tenant_id = %s AND ", [current_tenant_id()]) if is_ours else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{meta.pk.column}" FROM "{meta.db_table}" WHERE {within}{condition}',
            [*ours, *params],
        )
        return {row[0] for row in cursor.fetchall()}
