"""Text as people and databases can bear it: folded for searching, short for lists, without traps."""

from __future__ import annotations

import re
import unicodedata

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# Marks that reorder what is read after them (Unicode TR 36, "bidirectional text spoofing").
REORDERING = "\u202a-\u202e\u2066-\u2069"
# Control signs (Cc) but for line ends and tabs, and lone surrogates (Cs).
UNPRINTED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{REORDERING}]")
ELLIPSIS = "…"
WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """The text for searching: lower case, ä as ae, ß as ss, no accents (DIN 5007-2)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return without_accents(composed(plain).translate(UMLAUTS))


def sort_key(text: str) -> str:
    """The text for sorting as in a German dictionary: ä beside a, ß as ss (DIN 5007-1)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(without_accents(plain).split())


class _Marks(dict[int, int | None]):
    """For `str.translate`: nothing for a sign that only marks another, looked up once for each sign of the usual scripts."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        if code < 0x3000:
            self[code] = kept
        return kept


MARKS = _Marks()


def without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text).translate(MARKS)
    return unicodedata.normalize("NFC", letters).translate(LETTERS)


def composed(text: str) -> str:
    """The text with every accent on its letter: where it stands beside it, a word would end there."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> tuple[str, ...]:
    """The folded words in their order, without punctuation."""
    return tuple(WORD.findall(folded(text)))


def without_control(text: str) -> str:
    """The text without control signs, lone surrogates and reordering marks.

    Line ends become newlines, tabs stay. PostgreSQL stores whatever comes out.
    """
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTED.sub("", ends)


def squeezed(text: str, longest: int = 20_000) -> str:
    """The text with runs of blanks and empty lines made single; of a very long one both ends.

    What patterns read, so that no message can keep them busy.
    """
    ends = text if len(text) <= longest else f"{text[: longest // 2]}\n{text[-longest // 2 :]}"
    lines = (" ".join(line.split()) for line in ends.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str, length: int = 80) -> str:
    """The text on one line of at most `length` signs, cut between words where that is possible."""
    line = " ".join(without_control(text).split())
    if len(line) <= length:
        return line
    room = max(length - len(ELLIPSIS), 0)
    cut = line[: room + 1].rfind(" ")
    kept = line[: cut if cut > room // 2 else room]
    return (kept.rstrip(" ,;:–-") + ELLIPSIS)[:length]


def excerpt(text: str, query: str, length: int = 160) -> str:
    """One line of the text around the first word of `query` that occurs in it, else its beginning."""
    line = " ".join(without_control(text).split())
    start = max(first_hit(line, words(query)) - length // 3, 0)
    if not start or len(line) <= length:
        return one_line(line, length)
    begins = line.find(" ", start - 1) + 1
    return (ELLIPSIS + one_line(line[begins:], max(length - len(ELLIPSIS), 0)))[:length]


def first_hit(line: str, wanted: tuple[str, ...]) -> int:
    """Where the first word begins that starts with one of the wanted folded words; 0 when none."""
    for word in WORD.finditer(line):
        if folded(word[0]).startswith(wanted):
            return word.start()
    return 0
