"""From pairs to persons: the strongest pairs first, and never against a contradiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

LARGEST = 40
"""More rows than that are no person but a collision: such a cluster grows no further and is looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows by their place, how strongly they belong together, what forbids it ("" when nothing does), and whether a look would help."""

    left: int
    right: int
    weight: float
    doubt: str = ""
    is_open: bool = True


@dataclass
class Clusters:
    """Which rows are one person. `root_of[row]` is the smallest row of its cluster."""

    root_of: list[int]
    in_review: set[int] = field(default_factory=set)


def cluster(rows: int, pairs: Iterable[Pair], *, merge_from: float, contradict: Callable[[int, int], bool]) -> Clusters:
    """Unites rows along pairs of at least that weight, strongest first; the order of pairs with the same weight is that of their rows.

    Two groups stay apart when more than a third of the pairs between them contradict each other. Rows of open
    pairs that did not become one are in review. The result does not depend on the order of pairs.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.weight, pair.left, pair.right))
    members: dict[int, list[int]] = {}
    groups = Clusters(list(range(rows)))
    for pair in ordered:
        if pair.weight < merge_from or pair.doubt:
            continue
        one, two = groups.root_of[pair.left], groups.root_of[pair.right]
        if one == two:
            continue
        left, right = members.get(one, [one]), members.get(two, [two])
        if not _stay_apart(left, right, contradict):
            _unite(groups.root_of, members, left, right)
    groups.in_review = {
        row
        for pair in ordered
        if pair.is_open and groups.root_of[pair.left] != groups.root_of[pair.right]
        for row in (pair.left, pair.right)
    }
    return groups


def _stay_apart(left: list[int], right: list[int], contradict: Callable[[int, int], bool]) -> bool:
    if len(left) + len(right) > LARGEST:
        return True
    if len(left) == len(right) == 1:
        return False
    against = sum(contradict(one, two) for one in left for two in right)
    return against * 3 > len(left) * len(right)


def _unite(root_of: list[int], members: dict[int, list[int]], left: list[int], right: list[int]) -> None:
    together = sorted(left + right)
    members[together[0]] = together
    for row in together:
        root_of[row] = together[0]
