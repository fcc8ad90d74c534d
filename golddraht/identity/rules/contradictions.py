"""Whether two rows that share no pair of their own may meet in one cluster."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

Known = tuple[str | None, str | None, str | None, str | None, str | None]
"""First of its group of given names, given name, birthday, generation (jun. or sen.), number of the person."""
DIGITS = 3
"""A birthday with more other digits is another one."""


def contradict(one: Known, two: Known, *, seldom: bool = False) -> bool:
    """Whether given names, birthdays or generations are those of two people, unless both have the same number of the person.

    Where households are seldom it takes given name and birthday together.
    """
    if one[4] and one[4] == two[4]:
        return False
    if one[3] and two[3] and one[3] != two[3]:
        return True
    names = bool(one[1] and two[1] and one[0] != two[0] and not may_be_one_name(one[1], two[1]))
    births = bool(one[2] and two[2] and sum(map(str.__ne__, one[2], two[2])) > DIGITS)
    return names and births if seldom else names or births


@lru_cache(maxsize=200_000)
def may_be_one_name(one: str, two: str) -> bool:
    """Whether two given names may be one person's: alike, an initial, or one a part of the other."""
    if one == two or (1 in (len(one), len(two)) and one[:1] == two[:1]):
        return True
    return JaroWinkler.similarity(one, two) >= 0.75 or DamerauLevenshtein.distance(one, two) <= 1
