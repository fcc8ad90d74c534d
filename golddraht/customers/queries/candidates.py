"""Who might be one person with whom, for many newcomers at once; those who are no customers yet are asked about as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from golddraht.customers.queries.resembling import COUNTED, MOST, Namesakes
from golddraht.customers.rules.alike import SPEAKS
from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.plumbing.tenancy import current_tenant_id

_SHARING = """
SELECT wanted.value, sharing.customer_id
FROM unnest(%s::text[]) AS wanted(value)
CROSS JOIN LATERAL (
    SELECT DISTINCT customer_id FROM customers_fact
    WHERE tenant_id = %s AND attribute = '{attribute}' AND value = wanted.value AND NOT denies LIMIT %s
) AS sharing
"""
# The literal attribute lets PostgreSQL take the partial index.
SHARING = {attribute: _SHARING.format(attribute=str(attribute)) for attribute in SPEAKS}
NAMESAKES = """
SELECT wanted.name, namesakes.count, namesakes.ids
FROM unnest(%s::text[]) AS wanted(name)
CROSS JOIN LATERAL (
    SELECT count(*) AS count, (array_agg(id))[1:%s] AS ids FROM (
        SELECT id FROM customers_customer WHERE tenant_id = %s AND sort_name = wanted.name LIMIT %s
    ) AS bearing
) AS namesakes
"""


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
    """By an equal birthday, postal address, customer number or name, as `resembling` finds them for one."""
    found = Candidates()
    bearing = _namesakes({one.sort_name for one in newcomers.values() if one.sort_name})
    sharing = _sharing(newcomers.values())
    for key, one in newcomers.items():
        theirs = bearing.get(one.sort_name, Namesakes(0, ()))
        found.namesakes[key] = theirs.count
        found.others[key] |= set(theirs.few)
        for said in one.said:
            found.others[key] |= sharing.get((said.attribute, said.value), set()) if not said.denies else set()
        found.others[key] -= set(one.ids)
    return found


def _sharing(newcomers: Iterable[Newcomer]) -> dict[tuple[Attribute, str], set[int]]:
    values: dict[Attribute, set[str]] = {attribute: set() for attribute in SPEAKS}
    for one in newcomers:
        for said in one.said:
            if said.attribute in values and not said.denies:
                values[said.attribute].add(said.value)
    found: dict[tuple[Attribute, str], set[int]] = defaultdict(set)
    for attribute, wanted in values.items():
        for value, customer_id in _rows(SHARING[attribute], [sorted(wanted), current_tenant_id(), MOST + 2]):
            found[attribute, value].add(customer_id)
    return {key: ids for key, ids in found.items() if len(ids) <= MOST + 1}


def _namesakes(names: set[str]) -> dict[str, Namesakes]:
    rows = _rows(NAMESAKES, [sorted(names), MOST + 1, current_tenant_id(), COUNTED]) if names else []
    return {name: Namesakes(count, tuple(ids or ()) if count <= MOST else ()) for name, count, ids in rows}


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    if not params[0]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
