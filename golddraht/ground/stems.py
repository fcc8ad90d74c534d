"""Words made comparable: what is left of a folded word when its endings are gone.

Made for finding, not for reading: forms of one word must become equal, and it does no harm when two words do. The endings are those
that German stemmers agree on (Caumanns 1999; Weissweiler and Fraser, "Developing a Stemmer for German", 2017); nouns of action lose
theirs too, so that "Kündigung" finds "gekündigt", and English plurals go on the way. No database has a say in it: an index
does not depend on the server's version.
"""

from __future__ import annotations

import re
from functools import lru_cache

# "Verträge" and "Vertraege" are forms of "Vertrag"; "neue", "Bauer" and "Quelle" have no umlaut.
UMLAUTS = [(re.compile(r"ae"), "a"), (re.compile(r"oe"), "o"), (re.compile(r"(?<![aeq])ue"), "u")]
PARTICIPLE = re.compile(r"ge(\w{2,}(?:er|el|ig|ll|uf|nn|tz|ck|hl|hr|eg|ag|ach))t")
ENDINGS = [
    re.compile(r"(?<=\w{4})ung(?:en|s)?$"),
    re.compile(r"(?<=\w{3}[dtrk])in(?:nen)?$"),
    re.compile(r"(?<=\w{3})(?:en|em|es|e)$|(?<=\w{2}[bdfghklmnrtoy])s$|(?<=\w{4}a)s$|(?<=kku)s$"),
    re.compile(r"(?<=\w{4}[lrngkmh])t$"),
    re.compile(r"(?<=\w{2}(?:er|el))n$"),
    re.compile(r"(?<=\w{4})er$"),
    re.compile(r"y$"),
]
"""Taken off in this order, each once."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What a folded word (`ground.text.folded`) has in common with its other forms. Anything with a digit stays as it is."""
    if not word.isalpha():
        return word
    for umlaut, vowel in UMLAUTS:
        word = umlaut.sub(vowel, word)
    participle = PARTICIPLE.fullmatch(word)
    word = participle[1] if participle else word
    for ending in ENDINGS:
        word = ending.sub("i" if ending.pattern == "y$" else "", word)
    return word
