"""Names that sound alike, and names that look alike."""

from __future__ import annotations

import re
from functools import lru_cache

from golddraht.ground.text import words

HARD_BEFORE = frozenset("ahkloqrux")
HARD_INSIDE = frozenset("ahkoqux")
CODES = dict.fromkeys("aeijouy", "0") | {
    "b": "1", "f": "3", "v": "3", "w": "3", "g": "4", "k": "4", "q": "4",
    "l": "5", "m": "6", "n": "6", "r": "7", "s": "8", "z": "8",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def sound_of(word: str) -> str:
    """The code of a folded word after the Cologne phonetics (H. J. Postel, "Die Kölner Phonetik", 1969): Meier is 67 like Mayr."""
    letters = re.sub(r"[^a-z]", "", word)
    around = f" {letters} "
    codes = "".join(_code(around[i], letter, around[i + 2], i == 0) for i, letter in enumerate(letters))
    single = re.sub(r"(.)\1+", r"\1", codes)
    return single[:1] + single[1:].replace("0", "")


def _code(before: str, letter: str, after: str, is_first: bool) -> str:
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after in "csz" else "2"
    if letter == "x":
        return "8" if before in "ckq" else "48"
    if letter == "c":
        return _code_of_c(before, after, is_first)
    return CODES.get(letter, "")


def _code_of_c(before: str, after: str, is_first: bool) -> str:
    if is_first:
        return "4" if after in HARD_BEFORE else "8"
    return "4" if after in HARD_INSIDE and before not in "sz" else "8"


def sounds(name: str) -> tuple[str, ...]:
    """The codes of the words of a name, in no order."""
    return tuple(sorted({code for code in map(sound_of, words(name)) if code}))


def trigrams(name: str) -> tuple[str, ...]:
    """Every three signs in a row of its folded words, their edges as blanks."""
    edged = [f"  {word} " for word in words(name)]
    return tuple(sorted({word[place : place + 3] for word in edged for place in range(len(word) - 2)}))
