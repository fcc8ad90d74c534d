"""Figures are for groups: what speaks of the work of fewer than five people is not shown.

Nobody's work is kept for that. Each count carries 63 marks, and everybody behind it sets one of them: as many people
as marks, or more. Marks can be added up over days, and do not tell who did what.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST_PEOPLE = 5
"""The usual bound of works agreements."""

MARKS = 63

Part = TypeVar("Part", bound=Hashable)


def mark_of(member_id: int | None) -> int:
    """The mark of a member; none for nobody."""
    return 0 if member_id is None else 1 << member_id % MARKS


def people_in(marks: int) -> int:
    """How many people there are at least."""
    return marks.bit_count()


def is_shown(marks: int, *, members: int) -> bool:
    """Whether a group may be shown: five people, or all of a company that has fewer. Where nobody did anything, so it is said."""
    return not marks or people_in(marks) >= min(FEWEST_PEOPLE, members)


def shown_parts(parts: Mapping[Part, int], *, members: int) -> frozenset[Part]:
    """Which parts of a whole may be shown beside it, so that none that is hidden can be told by subtracting.

    Either nothing is hidden, or what is hidden is together large enough, or nothing is shown.
    """
    shown = {part for part, marks in parts.items() if is_shown(marks, members=members)}
    hidden = 0
    for part, marks in parts.items():
        hidden |= 0 if part in shown else marks
    by_size = sorted(shown, key=lambda part: people_in(parts[part]))
    while hidden and shown and not is_shown(hidden, members=members):
        next_one = by_size.pop(0)
        shown.discard(next_one)
        hidden |= parts[next_one]
    return frozenset(shown)
