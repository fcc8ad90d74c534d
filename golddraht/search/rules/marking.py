"""Hits made visible: which stretches of a text are what was asked for. The same comparison that found them marks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from golddraht.ground.text import ELLIPSIS, WORD, composed, folded, one_line, without_control
from golddraht.search.rules.asking import Asked, Phrase
from golddraht.search.rules.terms import LONGEST_WORD, may_go_on, terms_of

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a hit."""
BEFORE = 60


@dataclass(frozen=True)
class Wanted:
    """What makes a word a hit: one of these terms, or one that begins like this."""

    terms: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()

    def is_hit(self, word: str) -> bool:
        return any(self._fits(term) for one in WORD.findall(folded(word)) for term in terms_of(one[:LONGEST_WORD]))

    def is_in(self, text: str) -> bool:
        return any(self.is_hit(word) for word in WORD.findall(composed(text)))

    def _fits(self, term: str) -> bool:
        return term in self.terms or term.startswith(self.begins)


def wanted_terms(asked: Asked, *, widely: bool = False) -> Wanted:
    """What was asked for of that which somebody said, and of who said it."""
    return _wanted((*asked.phrases, *asked.senders), widely)


def wanted_recipients(asked: Asked, *, widely: bool = False) -> Wanted:
    """The same of whom it went to."""
    return _wanted(asked.recipients, widely)


def _wanted(phrases: Iterable[Phrase], widely: bool) -> Wanted:
    meant = [one for one in phrases if not one.is_excluded]
    said = [terms_of(word[:LONGEST_WORD]) for one in meant for word in (*one.words, *one.meant)]
    begins = {terms[0] for terms in said if may_go_on(terms[0])} if widely else ()
    return Wanted(frozenset(term for terms in said for term in terms), tuple(begins))


def marked(text: str, wanted: Wanted, length: int = 200) -> list[Piece]:
    """One line of text in pieces."""
    return list(_pieces(one_line(composed(text), length), wanted))


def excerpt_marked(text: str, wanted: Wanted, length: int = 240) -> list[Piece]:
    """One line around the first hit in pieces; the beginning of the text when there is none."""
    line = " ".join(without_control(composed(text)).split())
    start = max(_first(line, wanted) - BEFORE, 0)
    if start:
        start = line.find(" ", start) + 1
        line = ELLIPSIS + line[start:]
    return list(_pieces(one_line(line, length), wanted))


def _first(line: str, wanted: Wanted) -> int:
    return next((word.start() for word in WORD.finditer(line) if wanted.is_hit(word[0])), 0)


def _pieces(line: str, wanted: Wanted) -> Iterator[Piece]:
    done = 0
    for word in WORD.finditer(line):
        if wanted.is_hit(word[0]):
            if word.start() > done:
                yield line[done : word.start()], False
            yield word[0], True
            done = word.end()
    if done < len(line):
        yield line[done:], False
