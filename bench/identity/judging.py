"""How well clusters fit the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Judgement:
    """Pairs and B-cubed (A. Bagga, B. Baldwin, "Entity-Based Cross-Document Coreferencing", 1998), each from 0 to 1."""

    rows: int
    false_pairs: int
    misled_rows: int
    precision: float
    recall: float
    b_precision: float
    b_recall: float

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)

    @property
    def b_f1(self) -> float:
        return harmonic(self.b_precision, self.b_recall)

    def __str__(self) -> str:
        return (
            f"pairs P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}; "
            f"B-cubed P {self.b_precision:.4f} R {self.b_recall:.4f} F1 {self.b_f1:.4f}; "
            f"in 100,000 rows {per_100_000(self.false_pairs, self.rows):.0f} false pairs, "
            f"{per_100_000(self.misled_rows, self.rows):.0f} rows with a stranger"
        )


def judge(clusters: Mapping[str, str]) -> Judgement:
    """Of the cluster of every row by its id; the truth is the number in rec-17-org and rec-17-dup-0."""
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for name, cluster in clusters.items():
        members[cluster][truth_of(name)] += 1
    people = Counter(map(truth_of, clusters))
    found = sum(pairs(of.total()) for of in members.values())
    right = sum(pairs(count) for of in members.values() for count in of.values())
    rows = len(clusters)
    return Judgement(
        rows,
        found - right,
        sum(of.total() - max(of.values()) for of in members.values()),
        right / max(found, 1),
        right / max(sum(map(pairs, people.values())), 1),
        sum(count * count / of.total() for of in members.values() for count in of.values()) / rows,
        sum(count * count / people[who] for of in members.values() for who, count in of.items()) / rows,
    )


def truth_of(name: str) -> str:
    return name.rpartition(":")[2].split("-")[1]


def pairs(count: int) -> int:
    return count * (count - 1) // 2


def harmonic(one: float, two: float) -> float:
    return 2 * one * two / (one + two) if one + two else 0.0


def per_100_000(count: int, rows: int) -> float:
    return count * 100_000 / rows
