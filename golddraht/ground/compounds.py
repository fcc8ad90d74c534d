"""German compounds taken apart: "Rechnungskorrektur" is about a Rechnung and about a Korrektur.

By rule and by a list of base words, not by what customers wrote: so no name of theirs gets into a vocabulary, a word
has the same parts whenever it is indexed, and what is erased is gone. To take apart too much does little harm: it is only found more often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from golddraht.ground.base_words import BASE_WORDS
from golddraht.ground.stems import stem
from golddraht.ground.text import folded

SHORTEST_COMPOUND = 7
SHORTEST_KNOWN = 3
LONGEST = 40
LINKS = ("", "s", "es", "n", "en", "er", "e")
# After these endings a German compound is always joined by an s.
JOINT = re.compile(r"(\w{3,}(?:ung|heit|keit|schaft|ion|taet|ling))s(\w{4,})")
PREFIXES = frozenset({"ab", "an", "auf", "aus", "be", "ein", "er", "nach", "rueck", "um", "ver", "vor", "zer", "zu"})
# What looks like a word at the end of another one and is only its ending.
SUFFIX = re.compile(r"(?:lich|bar|sam|haft|los|ung|er|en|ier|ig|isch|keit|heit|schaft|tion|ant|ent|iv|mal|weis)")
KNOWN = frozenset(stem(folded(word)) for word in BASE_WORDS)


@lru_cache(maxsize=200_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The stems of the words that a folded word is made of; nothing for a word that is not a compound."""
    if len(word) > LONGEST or not word.isalpha():
        return ()
    found = _apart(word)
    return tuple(dict.fromkeys(map(stem, found))) if found != [word] else ()


def _apart(word: str) -> list[str]:
    """The parts in their order, or the word itself alone."""
    best = None if len(word) < SHORTEST_COMPOUND or _is_known(word) else max(_cuts(word), default=None)
    if best is None:
        return [word]
    _, _, head, tail = best
    return [*([] if head in PREFIXES else _apart(head)), *_apart(tail)]


def _cuts(word: str) -> Iterator[tuple[int, int, str, str]]:
    """Every way to cut a word in two, the surest being the greatest; of equals the one with the longer known part."""
    joint = JOINT.fullmatch(word)
    if joint:
        yield 3, len(joint[1]), joint[1], joint[2]
    for place in range(2, len(word) - SHORTEST_KNOWN + 1):
        written, tail = word[:place], word[place:]
        for link in LINKS:
            if written.endswith(link):
                head = written[: len(written) - len(link)]
                sure = _how_sure(head, tail, link)
                if sure:
                    yield sure, len(tail) if _is_known(tail) else len(head), head, tail


def _how_sure(head: str, tail: str, link: str) -> int:
    """0 for a cut that is none."""
    is_head_known, is_tail_known = _is_known(head), _is_known(tail)
    if is_head_known and is_tail_known:
        return 4
    if head in PREFIXES:
        return int(not link and is_tail_known and len(tail) > 5)
    if is_tail_known:
        return 2 * (len(tail) >= 4 and len(head) >= (4 if len(tail) > 4 else 5))
    return 2 * (is_head_known and len(head) >= 4 and len(tail) >= 5 and not SUFFIX.match(tail))


def _is_known(word: str) -> bool:
    return len(word) >= SHORTEST_KNOWN and stem(word) in KNOWN
