"""Whether a file knows households at all: where it does not, a differing given name or birthday is a slip and no relative."""

from __future__ import annotations

from golddraht.identity.rules.doubts import BIRTH_DIFFERS, GIVEN_DIFFERS, GIVEN_UNKNOWN

ENOUGH = 200
"""So many pairs of one person are needed before anything can be said about a file."""
SELDOM = 0.02
"""Pairs of relatives for each pair of one person. Where people live together it is ten times that and more."""
LIFTED = frozenset({GIVEN_DIFFERS, BIRTH_DIFFERS, GIVEN_UNKNOWN})
LIFTED_FROM = 8.0
"""The weight from which such a doubt is given up there, with what differs already taken off."""


def are_seldom(relatives: int, same: int) -> bool:
    """Whether couples, parents and siblings are nearly never seen in a file with so many pairs of each kind."""
    return same >= ENOUGH and relatives <= SELDOM * same


def remaining(doubt: str, weight: float, *, seldom: bool) -> str:
    """The doubt, or "" where it is given up."""
    return "" if seldom and doubt in LIFTED and weight >= LIFTED_FROM else doubt
