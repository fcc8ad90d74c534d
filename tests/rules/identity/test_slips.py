"""What is asked before slips are counted loses none of them."""

from __future__ import annotations

import random

import duckdb

from golddraht.identity.rules.model import slip, slips

SIGNS = "ab1"


def test_one_slip_leaves_one_half_as_it_was() -> None:
    chance = random.Random(4)
    words = ["".join(chance.choices(SIGNS, k=chance.randint(1, 6))) for _ in range(1500)]
    at = duckdb.connect(config={"threads": 1})
    at.execute("CREATE TABLE words AS SELECT DISTINCT unnest(?) AS word", [words])
    ((all_, missed),) = at.execute(
        f"SELECT count(*), count(*) FILTER (NOT {slip('l.word', 'r.word')}) FROM words l, words r "
        f"WHERE {slips('l.word', 'r.word', 1)}"
    ).fetchall()
    assert all_ > 3_000 and missed == 0
