"""How long something took, kept in steps, so that days can be added up and the middle is still known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

EDGES = (5, 15, 30, 60, 120, 240, 480, 960, 1440, 2880, 4320, 7200, 10080, 20160)
"""Minutes up to which a step goes; behind the last there is one without an end."""


def bucket_of(minutes: float) -> int:
    """The step that so many minutes belong to, from 0 to `len(EDGES)`."""
    return bisect_left(EDGES, minutes)


def quantile(steps: Sequence[int], part: float) -> float | None:
    """Within how many minutes `part` of them lay, as exactly as the steps tell; None without any.

    What lies in the step without an end counts as its beginning: “at least”.
    """
    total = sum(steps)
    if not total:
        return None
    wanted, before = part * total, 0
    for step, number in enumerate(steps):
        if number and before + number >= wanted:
            return _within(step, (wanted - before) / number)
        before += number
    return float(EDGES[-1])


def _within(step: int, part: float) -> float:
    if step == len(EDGES):
        return float(EDGES[-1])
    begins = EDGES[step - 1] if step else 0
    return begins + (EDGES[step] - begins) * max(part, 0.0)
