"""What in a text points at a person: names, addresses, numbers. Found by rules, judged by a person.

Rather once too often: a mark costs a click, a name on a public page cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from golddraht.ground.patterns import Pattern
from golddraht.ground.text import folded


class MarkKind(StrEnum):
    MAIL = "MAIL"
    IBAN = "IBAN"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    NUMBER = "NUMBER"
    NAME = "NAME"


@dataclass(frozen=True)
class Mark:
    """A piece of the text, from `start` to before `end`, that may belong to a person."""

    kind: MarkKind
    words: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The same for every place in which the same words stand."""
        return key_of(self.words)


def key_of(words: str) -> str:
    return " ".join(folded(words).split())[:200]


CAPITAL = r"[A-ZÄÖÜÇŞİŁ][\w'’-]+"
PATTERNS: tuple[tuple[MarkKind, Pattern], ...] = (
    (MarkKind.MAIL, Pattern(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")),
    (MarkKind.IBAN, Pattern(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    (
        MarkKind.ADDRESS,
        Pattern(
            rf"\b{CAPITAL}(?:[ -]{CAPITAL})?(?:(?<=straße)|(?<=strasse)|(?<=str\.)|(?<=str)|(?<=weg)|(?<=gasse)|(?<=platz)|(?<=allee)|(?<=ring)|(?<=Straße)|(?<=Weg)|(?<=Platz)|(?<=Gasse)|(?<=Allee))\.?"
            r" \d{1,4} ?[a-z]?\b"
        ),
    ),
    (MarkKind.ADDRESS, Pattern(rf"\b(?:[DAFL]-|CH-)?\d{{4,5}} {CAPITAL}(?: (?:am|an der|im|bei|ob der) {CAPITAL})?")),
    (MarkKind.PHONE, Pattern(r"(?<![\w-])(?:\+|00)[1-9]\d{0,2}[ ()/.\d-]{5,20}\d\b")),
    (MarkKind.PHONE, Pattern(r"(?<![\w-])\(?0[1-9]\d{1,4}\)?[ /-]\d[\d /-]{3,14}\d\b|(?<![\w-])01[5-7]\d{7,10}\b")),
    (
        MarkKind.NUMBER,
        Pattern(
            r"\b(?:Bestell|Auftrags?|Rechnungs|Kunden|Liefer|Vertrags|Serien|Order|Invoice|Customer|Tracking)[- ]?"
            r"(?:[Nn]ummer|[Nn]r\.?|[Nn]o\.?|[Nn]umber)?:? ?#?[A-Z]{0,4}-?\d[\dA-Z/-]{3,20}\b"
        ),
    ),
    (MarkKind.NUMBER, Pattern(r"\b\d{2,6}-\d{3,8}\b|\b\d{7,14}\b|\b[A-Z]{2,4}-?\d{5,12}\b")),
    (MarkKind.NUMBER, Pattern(r"\b[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} ?\d{1,4}[EH]?\b")),
    (
        MarkKind.NAME,
        Pattern(
            rf"\b(?:Frau|Herrn?|Familie|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.|Prof\.)(?: (?:Dr\.|Prof\.|von|van|de))* {CAPITAL}(?: {CAPITAL})?"
        ),
    ),
    (
        MarkKind.NAME,
        Pattern(
            rf"(?:[Mm]ein Name ist|[Ii]ch heiße|[Mm]y name is|[Ii]ch bin die|[Ii]ch bin der) {CAPITAL}(?: {CAPITAL})?"
        ),
    ),
    (
        MarkKind.NAME,
        Pattern(
            rf"(?:^|\n)(?:Guten Tag|Hallo|Liebe|Lieber|Servus|Moin|Hello|Dear|Hi) (?!Team|Leute|zusammen|alle|everyone|there)"
            rf"{CAPITAL}(?: {CAPITAL})?(?=[,!\n])"
        ),
    ),
)
SHORTEST_NAME = 3


def marks_in(text: str, names: Iterable[str] = ()) -> tuple[Mark, ...]:
    """Everything in the text that may point at a person, in its order and without overlaps.

    `names` are people known from the concern an article comes from: each of their names is found wherever it stands.
    """
    found = [Mark(kind, hit[0], hit.start(), hit.end()) for kind, pattern in PATTERNS for hit in _hits(pattern, text)]
    found += _named(text, names)
    return _without_overlaps(found)


def _hits(pattern: Pattern, text: str) -> list[re.Match[str]]:
    return [hit for hit in pattern.compiled.finditer(text) if hit[0].strip()]


def _named(text: str, names: Iterable[str]) -> list[Mark]:
    parts = {part for name in names for part in re.findall(r"[\w'’-]+", name) if len(part) >= SHORTEST_NAME}
    patterns = [rf"(?<!\w){re.escape(part)}(?:s|’s|'s)?(?!\w)" for part in sorted(parts)]
    hits = [hit for pattern in patterns for hit in re.finditer(pattern, text, re.IGNORECASE)]
    return [Mark(MarkKind.NAME, hit[0], hit.start(), hit.end()) for hit in hits]


def _without_overlaps(marks: list[Mark]) -> tuple[Mark, ...]:
    """Of two that share signs the one that begins first stays, and of those the longer one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.start - mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def without_marks(text: str, names: Iterable[str] = ()) -> str:
    """The text with everything that may point at a person left out."""
    pieces, position = [], 0
    for mark in marks_in(text, names):
        pieces.append(text[position : mark.start] + "…")
        position = mark.end
    return "".join(pieces) + text[position:]
