"""Who sees a saved filter, and when one cannot be kept like that."""

from __future__ import annotations

from enum import StrEnum

LONGEST_NAME = 60
MOST_PINNED = 40


class Sharing(StrEnum):
    """With whom its owner shares it."""

    NOBODY = "NOBODY"
    TEAM = "TEAM"
    EVERYBODY = "EVERYBODY"


class Odd(StrEnum):
    """Why a filter cannot be kept like that."""

    NAME = "NAME"
    TAKEN = "TAKEN"
    EMPTY = "EMPTY"  # It narrows nothing.
    WORDS = "WORDS"  # One of its filters means nothing.
    TEAM = "TEAM"
    MANY = "MANY"  # So many are pinned that nobody finds one.
