"""Pictures of a figure over time, drawn on the server: places of rectangles in a field of 100 by 40."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 40.0
GAP = 0.25
"""How much of a step stays free."""


@dataclass(frozen=True)
class Mark:
    """A rectangle, as the attributes of SVG want it."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Picture:
    """Takes `figures/_picture.html`. `text` says it in words."""

    marks: list[Mark]
    first: str
    last: str
    top: str
    text: str


def bars(values: Sequence[float | None], *, kind: str = "bar") -> list[Mark]:
    """A bar for each value, the highest as high as the field; none where nothing is known."""
    most = max((value for value in values if value is not None), default=0) or 1
    return [
        _mark(kind, place, len(values), HEIGHT - HEIGHT * value / most, HEIGHT * value / most)
        for place, value in enumerate(values)
        if value
    ]


def ranges(values: Sequence[tuple[float, float, float] | None]) -> list[Mark]:
    """The range of each share as a pale bar, the share itself as a line in it: 0 at the bottom, 1 at the top."""
    marks = []
    for place, value in enumerate(values):
        if value is not None:
            share, low, high = value
            marks.append(_mark("range", place, len(values), HEIGHT * (1 - high), max(HEIGHT * (high - low), 0.6)))
            marks.append(_mark("share", place, len(values), min(HEIGHT * (1 - share), HEIGHT - 1.2), 1.2))
    return marks


def _mark(kind: str, place: int, number: int, y: float, height: float) -> Mark:
    step = 100 / number
    return Mark(kind, f"{step * (place + GAP / 2):.2f}", f"{y:.2f}", f"{step * (1 - GAP):.2f}", f"{height:.2f}")
