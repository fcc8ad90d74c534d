"""Hits made visible: which stretches of a text are what was asked for. The same comparison that found them marks them."""

from __future__ import annotations

from collections.abc import Iterator

from golddraht.ground.text import ELLIPSIS, WORD, folded, one_line, without_control
from golddraht.search.rules.asking import Asked
from golddraht.search.rules.terms import terms_of

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a hit."""
BEFORE = 60


def wanted_terms(asked: Asked) -> frozenset[str]:
    """The terms that make a word a hit."""
    phrases = (*asked.phrases, *asked.senders, *asked.recipients)
    said = [word for one in phrases if not one.is_excluded for word in (*one.words, *one.meant)]
    return frozenset(term for word in said for term in terms_of(word))


def marked(text: str, wanted: frozenset[str], length: int = 200) -> list[Piece]:
    """One line of text in pieces."""
    return list(_pieces(one_line(text, length), wanted))


def excerpt_marked(text: str, wanted: frozenset[str], length: int = 240) -> list[Piece]:
    """One line around the first hit in pieces; the beginning of the text when there is none."""
    line = " ".join(without_control(text).split())
    start = max(_first(line, wanted) - BEFORE, 0)
    if start:
        start = line.find(" ", start) + 1
        line = ELLIPSIS + line[start:]
    return list(_pieces(one_line(line, length), wanted))


def _first(line: str, wanted: frozenset[str]) -> int:
    return next((word.start() for word in WORD.finditer(line) if _is_hit(word[0], wanted)), 0)


def _is_hit(word: str, wanted: frozenset[str]) -> bool:
    return any(not wanted.isdisjoint(terms_of(one)) for one in WORD.findall(folded(word)))


def _pieces(line: str, wanted: frozenset[str]) -> Iterator[Piece]:
    done = 0
    for word in WORD.finditer(line):
        if _is_hit(word[0], wanted):
            if word.start() > done:
                yield line[done : word.start()], False
            yield word[0], True
            done = word.end()
    if done < len(line):
        yield line[done:], False
