"""Files in, persons out: what `golddraht identity` does, without touching the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import duckdb

from golddraht.identity.batch.keys import add_keys
from golddraht.identity.batch.pairs import column_of, score
from golddraht.identity.batch.preparing import prepare
from golddraht.identity.batch.reading import Sheet
from golddraht.identity.rules.certainty import certainty
from golddraht.identity.rules.clustering import Clusters, Pair, cluster
from golddraht.identity.rules.contradictions import Known, contradict
from golddraht.identity.rules.doubts import NO_LOOK, TWO_PEOPLE, doubt_in
from golddraht.identity.rules.evidence import Evidence, evidence_of, found_in
from golddraht.identity.rules.households import are_seldom, remaining
from golddraht.identity.rules.model import MERGE_FROM, MODEL, REVIEW_FROM

PORTION = 100_000
Row = tuple[int, str]
"""A row by the place of its file and its id."""


@dataclass(frozen=True)
class ScoredPair:
    """Two rows, with what speaks for and against their being one person; the weights of the evidence add up to `weight`."""

    left: Row
    right: Row
    weight: float
    doubt: str
    evidence: tuple[Evidence, ...]

    @property
    def probability(self) -> float:
        return certainty(self.weight, self.doubt)


class Resolved:
    """The rows of one file or more, who of them is one, and the pairs that say so. `across` compares rows of different files only."""

    def __init__(self, sheets: Sequence[Sheet], *, across: bool = False, threads: int = 0) -> None:
        self.sheets = sheets
        self.rows = sum(len(sheet.ids) for sheet in sheets)
        self.at = duckdb.connect(config={"threads": threads} if threads else {})
        prepare(self.at, sheets)
        self.keys = add_keys(self.at, self.rows)
        self._score(across)

    def _score(self, across: bool) -> None:
        if not self.keys:
            return
        name = score(self.at, self.keys, self.rows, REVIEW_FROM, across=across)
        self.at.execute(f"ALTER TABLE {name} RENAME TO scored")

    def clusters(self) -> Clusters:
        """Who is one person, rows counted in the order of their keys."""
        pairs = list(self._pairs())
        known: list[Known] = self.at.execute(
            "SELECT root, given, birth, generation, identifier FROM people ORDER BY row"
        ).fetchall()

        def clash(one: int, two: int) -> bool:
            return contradict(known[one], known[two], seldom=self.seldom)

        return cluster(self.rows, pairs, merge_from=MERGE_FROM, contradict=clash)

    def answers(self) -> Iterator[tuple[int, str, Row, bool]]:
        """For every row in the order of the files: the place of its file, its id, the first row of its cluster, and whether a person should look."""
        found = self.clusters()
        rows = self.at.execute("SELECT file, id, place FROM people ORDER BY row").fetchall()
        order = sorted(range(self.rows), key=lambda row: (rows[row][0], rows[row][2]))
        for row in order:
            file, name, _ = rows[row]
            yield file, name, rows[found.root_of[row]][:2], row in found.in_review

    def pairs(self) -> Iterator[ScoredPair]:
        """The pairs from the weight on from which a person should look, the strongest first."""
        if not self.keys:
            return
        seldom = self.seldom
        weights = ", ".join(f"mw_{column_of(one)}, {_adjusted(column_of(one))}" for one in MODEL)
        names = self.at.execute("SELECT file, id FROM people ORDER BY row").fetchall()
        found = self.at.execute(
            f"SELECT row_l, row_r, match_weight, generation_l, generation_r, {weights} FROM scored "
            "ORDER BY match_weight DESC, row_l, row_r"
        )
        while portion := found.fetchmany(PORTION):
            for left, right, weight, one, two, *parts in portion:
                plain = tuple(round(part, 4) for part in parts[::2])
                evidence = evidence_of(plain, parts[1::2], rows=self.rows)
                doubt = remaining(_doubt(plain, one, two), weight, seldom=seldom)
                yield ScoredPair(names[left], names[right], weight, doubt, evidence)

    def _pairs(self) -> Iterator[Pair]:
        seldom = self.seldom  # Asked first: another question would end the answer that is being read.
        for left, right, weight, doubt in self._doubted():
            rest = remaining(doubt, weight, seldom=seldom)
            yield Pair(left, right, weight, rest, rest not in NO_LOOK)

    @cached_property
    def seldom(self) -> bool:
        """Whether households are seldom in these files."""
        if not self.keys:
            return False
        weights = ", ".join(f"round(mw_{column_of(one)}, 4) AS w{at}" for at, one in enumerate(MODEL))
        kinds = self.at.execute(
            f"SELECT count(*), count(*) FILTER (match_weight >= {MERGE_FROM}), generation_l, generation_r, {weights} "
            "FROM scored GROUP BY ALL"
        ).fetchall()
        relatives = same = 0
        for all_, strong, one, two, *parts in kinds:
            doubt = _doubt(tuple(parts), one, two)
            relatives += all_ if doubt == TWO_PEOPLE else 0
            same += strong if not doubt else 0
        return are_seldom(relatives, same)

    def _doubted(self) -> Iterator[tuple[int, int, float, str]]:
        if not self.keys:
            return
        weights = ", ".join(f"round(mw_{column_of(one)}, 4)" for one in MODEL)
        found = self.at.execute(f"SELECT row_l, row_r, match_weight, generation_l, generation_r, {weights} FROM scored")
        while portion := found.fetchmany(PORTION):
            for left, right, weight, one, two, *parts in portion:
                yield left, right, weight, _doubt(tuple(parts), one, two)


def _adjusted(column: str) -> str:
    return f"coalesce(mw_tf_adj_{column}, 0)"


@lru_cache(maxsize=100_000)
def _doubt(weights: tuple[float, ...], one: str | None, two: str | None) -> str:
    return doubt_in(found_in(weights), (one, two))
