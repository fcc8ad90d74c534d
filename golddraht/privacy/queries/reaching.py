"""Which rows are a person's: gone through table by table, as the catalogue says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.privacy.catalogue import TABLES
from golddraht.privacy.catalogue.forms import Fate, Table
from golddraht.privacy.catalogue.order import ROOT, Tie, emptying_tie, in_layers, model_of, ties
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
    for layer in in_layers(tables):
        if layer[0].erasing.fate is Fate.SPEAKS:
            for table in layer:
                found = speaking_rows(table, reach.gone, person)
                (reach.emptied if table.erasing.empties else reach.gone)[table.label] |= found
        else:
            _look_into([table for table in layer if table.label != ROOT], reach, person)
    return reach


@dataclass(frozen=True)
class Part:
    """One question about one table; all those of a layer are asked at once."""

    table: Table
    is_emptied: bool
    condition: str
    params: tuple[Any, ...]


def _look_into(layer: list[Table], reach: Reach, person: Person) -> None:
    """The tables of a layer hang on what is known already, so one question serves them all."""
    for part, id_ in _asked([part for table in layer for part in _parts(table, reach, person)]):
        (reach.emptied if part.is_emptied else reach.gone)[part.table.label].add(id_)
    for table in layer:
        _follow_itself(table, reach.gone[table.label])
        reach.emptied[table.label] -= reach.gone[table.label]


def _parts(table: Table, reach: Reach, person: Person) -> Iterator[Part]:
    for tie in ties(table):
        if tie.goal != table.label:
            yield from _hanging(table, tie, reach.ids(tie.goal))
    by_words = emptying_tie(table)
    if by_words is not None:
        yield from _hanging(table, by_words, reach.gone[by_words.goal], is_emptied=True)
    yield from _by_address(table, person)
    yield from _by_content(table, person)


def _hanging(table: Table, tie: Tie, ids: set[int], *, is_emptied: bool = False) -> Iterator[Part]:
    if ids:
        yield Part(table, is_emptied, f'"{tie.column}" = ANY(%s)', (list(ids),))


def _by_address(table: Table, person: Person) -> Iterator[Part]:
    known = [address.lower() for _, address in person.addresses]
    for column in table.erasing.addresses if known else ():
        yield Part(table, False, f'lower("{column}") = ANY(%s)', (known,))


def _by_content(table: Table, person: Person) -> Iterator[Part]:
    """Of what belongs to nothing and could not be read, the rows in whose bytes an address stands."""
    (column, *_) = table.erasing.contents or ("",)
    for address in person.sought.addresses if column else ():
        condition = f"message_id IS NULL AND problem <> '' AND position(convert_to(%s, 'UTF8') in \"{column}\") > 0"
        yield Part(table, False, condition, (address,))


def _follow_itself(table: Table, gone: set[int]) -> None:
    """Rows of the same table that hang on rows that go, as far as that leads."""
    own = [tie for tie in ties(table) if tie.goal == table.label]
    newest = set(gone) if own else set()
    while newest:
        parts = [part for tie in own for part in _hanging(table, tie, newest)]
        newest = {id_ for _, id_ in _asked(parts)} - gone
        gone |= newest


def _asked(parts: list[Part]) -> list[tuple[Part, int]]:
    """The ids of all parts by one question."""
    if not parts:
        return []
    selects, params = [], []
    for place, part in enumerate(parts):
        meta = model_of(part.table)._meta
        is_ours = any(one.name == "tenant" for one in meta.fields)
        within = "tenant_id = %s AND " if is_ours else ""
        selects.append(f'SELECT {place}, "{meta.pk.column}" FROM "{meta.db_table}" WHERE {within}{part.condition}')
        params += [*([current_tenant_id()] if is_ours else []), *part.params]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), params)
        return [(parts[place], id_) for place, id_ in cursor.fetchall()]
