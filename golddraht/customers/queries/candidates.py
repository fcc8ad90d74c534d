"""Who might be one person with whom, for many newcomers at once; those who are no customers yet are asked about as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from golddraht.customers.queries.resembling import MOST, Namesakes
from golddraht.customers.rules.alike import SPEAKS
from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.plumbing.tenancy import current_tenant_id

_SHARING = """
SELECT value, (array_agg(customer_id))[1:%s] FROM customers_fact
WHERE tenant_id = %s AND attribute = '{attribute}' AND value = ANY(%s) AND NOT denies
GROUP BY value
"""
# The literal attribute lets PostgreSQL take the partial index. One scan for all values: where it knows little of a young company it
# would else walk through all that is said there, once for each value.
SHARING = {attribute: _SHARING.format(attribute=str(attribute)) for attribute in SPEAKS}
NAMESAKES = """
SELECT sort_name, count(*), (array_agg(id))[1:%s] FROM customers_customer
WHERE tenant_id = %s AND sort_name = ANY(%s) GROUP BY sort_name
"""
NAMES = "SELECT id, sort_name FROM customers_customer WHERE tenant_id = %s AND id = ANY(%s)"
CROWD = 1_000
"""So many of those who share a value are looked through for a like name: of a million people thirty have one birthday."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who may be known already: everybody of one person by id, the name as it is sorted, and what was said."""

    ids: tuple[int, ...]
    sort_name: str
    said: Sequence[Statement]


@dataclass
class Candidates:
    """For each newcomer who might be the same person, and how many bear the name."""

    others: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    namesakes: dict[int, int] = field(default_factory=dict)


def candidates_for(newcomers: Mapping[int, Newcomer]) -> Candidates:
    """By an equal birthday, postal address, customer number or name, which the walls let an index answer."""
    found = Candidates()
    bearing = _namesakes({one.sort_name for one in newcomers.values() if one.sort_name})
    sharing = _sharing(newcomers.values())
    names = _names_in_crowds(sharing.values())
    for key, one in newcomers.items():
        theirs = bearing.get(one.sort_name, Namesakes(0, ()))
        found.namesakes[key] = theirs.count
        found.others[key] |= set(theirs.few)
        for said in one.said:
            if not said.denies:
                found.others[key] |= _known_by(sharing.get((said.attribute, said.value), set()), one, names)
        found.others[key] -= set(one.ids)
    return found


def _known_by(sharing: set[int], one: Newcomer, names: Mapping[int, str]) -> set[int]:
    """Who shares a value; of a crowd only those with a word of the name in common, and nobody where those are many, too."""
    if not _is_crowd(sharing):
        return sharing
    words = set(one.sort_name.split())
    near = {other for other in sharing if not words.isdisjoint(names.get(other, "").split())}
    return set() if _is_crowd(near) else near


def _is_crowd(ids: set[int]) -> bool:
    return len(ids) > MOST + 1


def _sharing(newcomers: Iterable[Newcomer]) -> dict[tuple[Attribute, str], set[int]]:
    values: dict[Attribute, set[str]] = {attribute: set() for attribute in SPEAKS}
    for one in newcomers:
        for said in one.said:
            if said.attribute in values and not said.denies:
                values[said.attribute].add(said.value)
    return {
        (attribute, value): set(ids)
        for attribute, wanted in values.items()
        if wanted
        for value, ids in _rows(SHARING[attribute], [CROWD, current_tenant_id(), sorted(wanted)])
    }


def _names_in_crowds(sharing: Iterable[set[int]]) -> dict[int, str]:
    ids = {one for some in sharing if _is_crowd(some) for one in some}
    return dict(_rows(NAMES, [current_tenant_id(), sorted(ids)])) if ids else {}


def _namesakes(names: set[str]) -> dict[str, Namesakes]:
    rows = _rows(NAMESAKES, [MOST + 1, current_tenant_id(), sorted(names)]) if names else []
    return {name: Namesakes(count, tuple(ids) if count <= MOST else ()) for name, count, ids in rows}


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
