"""Replacing what tells of a person in words that belong to somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

GONE = "[…]"
"""What stands where an address or a name was."""
OVER = b"X-Golddraht: removed, because its time was over.\r\n\r\n"
"""What stands in place of a mail's own bytes when they are needed no longer."""
SHORTEST = 6
"""Characters; anything shorter stands in too many words that mean something else."""


@dataclass(frozen=True)
class Sought:
    """By what a person is recognised in words: addresses and numbers anywhere, names only where they took part."""

    addresses: tuple[str, ...]
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, addresses: Iterable[str], names: Iterable[str]) -> Sought:
        """Only what is long enough, and names of at least two words; the longest first."""
        long = {one for one in addresses if len(one) >= SHORTEST}
        full = {one for one in names if len(one) >= SHORTEST and " " in one.strip()}
        return cls(_longest_first(long), _longest_first(full))

    @property
    def everything(self) -> tuple[str, ...]:
        return _longest_first({*self.addresses, *self.names})


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression, for Python and PostgreSQL alike, that finds any of the words whatever their case; never within a longer one."""
    return r"(?<![\w.+-])(?:" + "|".join(_quoted(word) for word in words) + r")(?![\w])"


def _quoted(word: str) -> str:
    if re.fullmatch(r"\+[1-9]\d{7,14}", word):
        return _number(word)
    return r"\s+".join(re.sub(r"([^\w\s])", r"\\\1", part) for part in word.split())


def _number(word: str) -> str:
    """A telephone number however its digits are grouped, with its country or with a nought in front."""
    country, rest = word[1:3], word[3:]
    apart = r"[ /().-]*"
    return rf"(?:(?:\+|00){country}{apart}(?:\(0\))?{apart}|0)" + apart.join(rest)


def without(text: str, words: tuple[str, ...]) -> str:
    """The text with each of the words replaced."""
    return re.sub(pattern_of(words), GONE, text, flags=re.IGNORECASE) if words else text
