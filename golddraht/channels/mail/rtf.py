"""RTF of Outlook written out as text or, where HTML was wrapped in it (MS-OXRTFEX), as that HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from .charsets import decoded, plain

MAX_PACKED = 280_000
MAX_RTF = 1_900_000
MAX_GROUPS = 2_000
MAX_TOKENS = 300_000
TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
# What such a group holds is no text of the writer.
HIDDEN: frozenset[bytes] = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable filetbl"
    b" listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl mhtmltag".split()
)
SIGNS = {
    b"par": "\n",
    b"line": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"row": "\n",
    b"cell": "\t",
    b"tab": "\t",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"endash": "–",
    b"emdash": "—",
    b"enspace": " ",
    b"emspace": " ",
}
# RTF 1.9.1, \fcharset: the code page a font brings along.
FONT_CODEPAGES = dict(
    zip(
        (128, 129, 134, 136, 161, 162, 163, 177, 178, 186, 204, 222, 238),
        [
            "cp932",
            "cp949",
            "gb18030",
            "big5",
            "cp1253",
            "cp1254",
            "cp1258",
            "cp1255",
            "cp1256",
            "cp1257",
            "cp1251",
            "cp874",
            "cp1250",
        ],
        strict=True,
    )
)


@dataclass(frozen=True)
class State:
    """What holds within one group."""

    is_hidden: bool = False
    is_for_rtf_only: bool = False
    is_tag: bool = False
    is_font_table: bool = False
    fallback_signs: int = 1
    codepage: str | None = None


class Reader:
    """Reads RTF once from front to back; `html` is set where it turned out to be wrapped HTML."""

    def __init__(self) -> None:
        self.is_html = False
        self.written: list[str] = []
        self.octets = bytearray()
        self.octets_codepage = "cp1252"
        self.codepage = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.states = [State()]
        self.skip = 0
        self.is_optional = False

    @property
    def state(self) -> State:
        return self.states[-1]

    def read(self, rtf: bytes) -> str:
        """All text of the document, without control characters."""
        for found in islice(TOKEN.finditer(rtf), MAX_TOKENS):
            word, number, sign, symbol, brace, text = found.groups()
            if brace:
                self._brace(brace)
            elif word is not None:
                self._word(word, int(number) if number else None)
            elif sign is not None:
                self._octets(bytes([int(sign, 16)]))
            elif symbol is not None:
                self._symbol(symbol)
            elif text is not None:
                self._octets(text)
        self._flush()
        return plain(_joined_surrogates("".join(self.written)))

    def _change(self, **changes: object) -> None:
        self.states[-1] = replace(self.state, **changes)  # type: ignore[arg-type]

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.is_optional = False
        if brace == b"{":
            # Deeper than anybody writes: all below counts as one group, so that the stack stays small.
            if len(self.states) < MAX_GROUPS:
                self.states.append(self.state)
        elif len(self.states) > 1:
            self.states.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        optional, self.is_optional = self.is_optional, False
        act = WORDS.get(word)
        if act:
            act(self, number)
        elif word in HIDDEN or optional:
            self._change(is_hidden=True)
        elif word in SIGNS:
            self._write(SIGNS[word])

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.is_optional = True
        elif symbol in (b"\\", b"{", b"}"):
            self._octets(symbol)
        elif symbol == b"~":
            self._write("\xa0")
        elif symbol in b"\r\n":
            self._write("\n")
        elif symbol == b"_":
            self._write("-")

    def _shows(self) -> bool:
        return not self.state.is_hidden and not self.state.is_for_rtf_only

    def _write(self, text: str) -> None:
        if self._shows():
            self._flush()
            self.written.append(text)

    def _octets(self, octets: bytes) -> None:
        if self.skip:
            octets, self.skip = octets[self.skip :], max(0, self.skip - len(octets))
        if not octets or not self._shows():
            return
        codepage = self.state.codepage or self.codepage
        if codepage != self.octets_codepage:
            self._flush()
            self.octets_codepage = codepage
        self.octets += octets

    def _flush(self) -> None:
        if self.octets:
            self.written.append(decoded(bytes(self.octets), self.octets_codepage)[0])
            self.octets.clear()

    def _tag(self, _: int | None) -> None:
        if self.is_html:
            self._change(is_hidden=False, is_for_rtf_only=False, is_tag=True)
        else:
            self._change(is_hidden=True)

    def _rtf_only(self, number: int | None) -> None:
        self._flush()
        self._change(is_for_rtf_only=number != 0)

    def _wrapped(self, _: int | None) -> None:
        self.is_html = True

    def _unicode(self, number: int | None) -> None:
        if self._shows() and number is not None:
            self._write(chr(number % 0x10000))
        self.skip = self.state.fallback_signs

    def _fallback(self, number: int | None) -> None:
        self._change(fallback_signs=max(0, min(number or 0, 4)))

    def _codepage(self, number: int | None) -> None:
        self.codepage = self.octets_codepage = f"cp{number}" if number and number != 65001 else "utf-8"

    def _font_table(self, _: int | None) -> None:
        self._change(is_hidden=True, is_font_table=True)

    def _font(self, number: int | None) -> None:
        self.font = number or 0
        if not self.state.is_font_table:
            self._change(codepage=self.fonts.get(self.font))

    def _font_charset(self, number: int | None) -> None:
        if self.state.is_font_table and number in FONT_CODEPAGES and len(self.fonts) < 1_000:
            self.fonts[self.font] = FONT_CODEPAGES[number]


WORDS: dict[bytes, Callable[[Reader, int | None], None]] = {
    b"htmltag": Reader._tag,
    b"htmlrtf": Reader._rtf_only,
    b"fromhtml": Reader._wrapped,
    b"u": Reader._unicode,
    b"uc": Reader._fallback,
    b"ansicpg": Reader._codepage,
    b"fonttbl": Reader._font_table,
    b"f": Reader._font,
    b"fcharset": Reader._font_charset,
}


def words_of(rtf: bytes) -> tuple[str | None, str | None]:
    """Text and HTML of an RTF document: the one or the other; both None where it is none or too large."""
    if not rtf.startswith(b"{\\rtf") or len(rtf) > MAX_RTF:
        return None, None
    reader = Reader()
    text = reader.read(rtf)
    return (None, text) if reader.is_html else (text.strip("\n") or None, None)


def _joined_surrogates(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unpacked(content: bytes) -> bytes | None:
    """Compressed RTF (MS-OXRTFCP) unpacked; None where it is damaged or larger than any letter."""
    from compressed_rtf import decompress  # here, for hardly any mail needs it and every start would pay

    if not 16 <= len(content) <= MAX_PACKED and content[8:12] != b"MELA":
        return None
    if int.from_bytes(content[4:8], "little") > MAX_RTF:
        return None
    try:
        return bytes(decompress(content))
    except Exception:  # it raises Exception itself, and struct.error and IndexError on torn ends
        return None
