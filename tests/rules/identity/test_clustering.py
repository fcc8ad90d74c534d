"""Clusters do not depend on any order, and never hold what contradicts itself without more speaking for it."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from golddraht.identity.rules.certainty import DOUBTFUL, PLAIN, certainty
from golddraht.identity.rules.clustering import LARGEST, Pair, cluster
from golddraht.identity.rules.model import MODEL

ROWS = 12
pairs = st.lists(
    st.builds(
        lambda ends, weight, doubt: Pair(min(ends), max(ends), weight, doubt),
        st.lists(st.integers(0, ROWS - 1), min_size=2, max_size=2, unique=True),
        st.sampled_from([-1.0, 3.0, 5.0, 5.0, 9.0, 20.0]),
        st.sampled_from(["", "", "", "birthday differs"]),
    ),
    max_size=30,
    unique_by=lambda pair: (pair.left, pair.right),
)
clashes = st.frozensets(st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)), max_size=6)


@given(found=pairs, clashing=clashes, seed=st.integers())
def test_the_order_of_pairs_changes_nothing(found: list[Pair], clashing: frozenset[tuple[int, int]], seed: int) -> None:
    def contradict(one: int, two: int) -> bool:
        return (one, two) in clashing or (two, one) in clashing

    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    assert cluster(ROWS, found, merge_from=4, contradict=contradict) == cluster(
        ROWS, shuffled, merge_from=4, contradict=contradict
    )


@given(found=pairs)
def test_a_doubtful_pair_alone_unites_nobody(found: list[Pair]) -> None:
    doubtful = [pair for pair in found if pair.doubt]
    assert cluster(ROWS, doubtful, merge_from=4, contradict=lambda *_: False).root_of == list(range(ROWS))


@given(found=pairs)
def test_every_row_is_named_by_the_first_of_its_cluster(found: list[Pair]) -> None:
    roots = cluster(ROWS, found, merge_from=4, contradict=lambda *_: False).root_of
    assert all(roots[root] == root <= row for row, root in enumerate(roots))


def test_two_couples_are_not_chained_by_one_strong_pair() -> None:
    """0 and 1 are one, 2 and 3 are one, 1 and 2 look like one, but everything else speaks against it."""
    found = [Pair(0, 1, 30), Pair(2, 3, 30), Pair(1, 2, 10)]
    assert cluster(4, found, merge_from=4, contradict=lambda one, two: two - one > 1).root_of == [0, 0, 2, 2]
    assert cluster(4, found, merge_from=4, contradict=lambda one, two: two - one > 2).root_of == [0, 0, 0, 0]


def test_a_cluster_does_not_grow_without_end() -> None:
    roots = cluster(100, [Pair(0, row, 20) for row in range(1, 100)], merge_from=4, contradict=lambda *_: False).root_of
    assert max(roots.count(root) for root in roots) <= LARGEST


def test_levels_can_be_told_by_their_weights() -> None:
    for one in MODEL:
        weights = [round(level.weight, 4) for level in one.levels]
        assert len(set(weights)) == len(weights) and 0 not in weights, one.field


def test_more_weight_is_never_less_certain() -> None:
    for doubt in ("", *DOUBTFUL):
        curve = [certainty(weight / 2, doubt) for weight in range(-60, 120)]
        assert curve == sorted(curve) and 0 <= curve[0] <= curve[-1] <= 1
    assert certainty(4) > 0.85 and certainty(30, "birthday differs") < 0.1
    assert PLAIN[-1][1] < 1
