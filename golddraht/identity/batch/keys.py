"""Which rows are compared at all: those that share a key, as long as not too many share it."""

from __future__ import annotations

import duckdb

KEYS = {
    "by_identifier": "identifier",
    "by_email": "email",
    "by_phone": "phone",
    "by_mobile": "mobile",
    "by_birth_and_names": "birth || '|' || least(given_sound, family_sound) || '|' || greatest(given_sound, family_sound)",
    "by_birth_and_family": "birth || '|' || family_sound",
    "by_birth_and_given": "birth || '|' || given_sound",
    "by_address_and_given": "address || '|' || given_sound",
    "by_names_and_postcode": "least(given_sound, family_sound) || '|' || greatest(given_sound, family_sound) || '|' || postcode",
    "by_names_and_city": "least(given_sound, family_sound) || '|' || greatest(given_sound, family_sound) || '|' || city",
    "by_address": "address",
    "by_mailbox": "CASE WHEN length(mailbox) > 7 THEN mailbox END",
    "by_birth_and_postcode": "birth || '|' || postcode",
    "by_names": "least(given_sound, family_sound) || '|' || greatest(given_sound, family_sound)",
    "by_family_and_street": "family_sound || '|' || street",
    "by_given_and_street": "given_sound || '|' || street || '|' || coalesce(number, '')",
    "by_family_and_place": "family_sound || '|' || coalesce(postcode, city)",
    "by_given_and_place": "given_sound || '|' || coalesce(postcode, city)",
    "by_organisation": "organisation || '|' || coalesce(postcode, city, family_sound)",
    "by_birth": "birth",
    "by_family": "family_sound",
    "by_street": "street",
    "by_street_more": "street_more",
}
"""From the sharpest to the widest."""
LOOSE = frozenset({"by_names", "by_mailbox", "by_names_and_city", "by_given_and_place", "by_given_and_street"})
"""Keys whose rare values say much and whose usual ones nearly nothing."""
WIDE = frozenset(
    {"by_birth", "by_family", "by_street", "by_street_more", "by_family_and_street", "by_family_and_place"}
)
"""Keys that many strangers share, more of them with every row; only in a small file they may bring much."""
SMALL = 300_000
"""So many pairs for a key are nothing."""
FOR_A_ROW, LOOSE_FOR_A_ROW = 1.0, 0.25
"""In a large file a key may bring so many pairs for each row."""
LARGE = 100_000
"""From so many rows on a wide key may bring the less the more rows there are."""


def add_keys(at: duckdb.DuckDBPyConnection, rows: int) -> list[str]:
    """Makes `keyed`, `people` with its keys; gives the names of those that bring pairs.

    A value that too many share is no key: the widest are left out until a key brings no more pairs than it may.
    """
    numbers = ", ".join(
        f"CASE WHEN ({words}) IS NOT NULL THEN hash({words}) END AS {name}" for name, words in KEYS.items()
    )
    at.execute(f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT *, {numbers} FROM people")
    most = {name: _most(at, name, _may_bring(name, rows)) for name in KEYS}
    kept = [name for name, shared in most.items() if shared >= 2]
    for name in kept:
        at.execute(
            f"UPDATE keyed SET {name} = NULL WHERE {name} IN (SELECT {name} FROM keyed WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) > {most[name]})"
        )
    return kept


def _may_bring(name: str, rows: int) -> int:
    """How many pairs a key may bring among so many rows."""
    few = min(SMALL, rows * 300)
    if name in WIDE:
        return min(few, SMALL * LARGE // max(rows, 1))
    return max(few, int(rows * (LOOSE_FOR_A_ROW if name in LOOSE else FOR_A_ROW)))


def _most(at: duckdb.DuckDBPyConnection, name: str, may: int) -> int:
    """How many rows may share a value of this key, 0 when none is shared."""
    ((shared,),) = at.execute(
        f"""WITH blocks AS (SELECT count(*) AS shared FROM keyed WHERE {name} IS NOT NULL GROUP BY {name} HAVING count(*) > 1),
        sizes AS (SELECT shared, sum(count(*) * shared * (shared - 1) / 2) OVER (ORDER BY shared) AS pairs FROM blocks GROUP BY shared)
        SELECT max(shared) FROM sizes WHERE pairs <= {may}"""
    ).fetchall()
    return int(shared or 0)
