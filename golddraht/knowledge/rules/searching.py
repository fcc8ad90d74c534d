"""Words as they are looked for: German with its umlauts, its inflection, its compounds, and with a finger that slipped.

PostgreSQL stems; what stands here makes the same word the same however it was typed, and widens what is asked to
the words that are really there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from golddraht.ground.text import without_accents

CONFIG = {"de": "german", "en": "english"}
"""The text search configuration of each language."""
SPELT_OUT = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
MOST_WORDS = 12
MOST_KIN = 16
SHORTEST_PART = 4
"""Fewer letters are found within too many words: “ei” stands in every Stein."""
SHORTEST_TYPO = 5
COMMON = frozenset(
    [
        "fur",
        "uber",
        "konnen",
        "konnte",
        "wahrend",
        "mochte",
        "wurde",
        "bitte",
        "hallo",
        "guten",
        "tag",
        "danke",
        "meine",
        "mein",
        "kann",
        "geht",
        "please",
        "hello",
        "buongiorno",
        "servus",
        "moin",
        "gruss",
        "weiss",
    ]
)
"""What the lists of PostgreSQL leave in, because they know the umlauts and we have spelt them out."""


def spelt(text: str) -> str:
    """Lower case, ä and ae as a, ß as ss: “Häuser”, “Haeuser” and “hauser” are the same to whoever searches.

    “Neue” becomes “neu” by the way, on both sides alike.
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(SPELT_OUT)
    bare = without_accents(plain)
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def kin_of(stem: str, vocabulary: Iterable[str]) -> list[str]:
    """The words of the vocabulary that may be meant by `stem`, the nearest first: itself, what begins with it, what
    contains it, what it contains, and only without any of these what is one or two letters away."""
    words = set(vocabulary)
    scored = sorted((rank, word) for word in words if (rank := _kinship(stem, word)))
    if scored or len(stem) < SHORTEST_TYPO:
        return [word for _, word in scored][:MOST_KIN]
    return sorted(word for word in words if is_slip(stem, word))[:MOST_KIN]


def _kinship(stem: str, word: str) -> int:
    """1 for the same word up to 4 for a part of it; 0 for strangers."""
    if word == stem:
        return 1
    if len(stem) >= SHORTEST_PART - 1 and word.startswith(stem):
        return 2
    if len(stem) >= SHORTEST_PART and stem in word:
        return 3
    return 4 if len(word) >= SHORTEST_PART and (stem.startswith(word) or stem.endswith(word)) else 0


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter left out, added, swapped or wrong; by two from eight letters on."""
    most = 2 if min(len(one), len(other)) >= 8 else 1
    if abs(len(one) - len(other)) > most or one[0] != other[0]:
        return False
    return distance(one, other, most) <= most


def distance(one: str, other: str, most: int) -> int:
    """Steps from one word to the other (optimal string alignment), or `most` + 1 when there are more."""
    before: Sequence[int] = []
    last: Sequence[int] = range(len(other) + 1)
    for i, sign in enumerate(one, start=1):
        row = [i]
        for j, there in enumerate(other, start=1):
            steps = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (sign != there))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == there:
                steps = min(steps, before[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in a tsquery."""
    doubled = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def asked_for(groups: Sequence[Sequence[str]], *, all_of_them: bool = True) -> str:
    """A tsquery: one word of each group, or (with `all_of_them=False`) one word of any group. "" for nothing."""
    told = ["(" + " | ".join(quoted(word) for word in group) + ")" for group in groups if group]
    return (" & " if all_of_them else " | ").join(told)
