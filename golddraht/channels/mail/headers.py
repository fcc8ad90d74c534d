"""Header fields read with our own eyes: RFC 5322, RFC 2047, RFC 2231, and what mail programs make of them."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from .charsets import decoded, plain
from .transfer import from_base64

MAX_VALUE = 65_536
MAX_IDS = 1_000
LINE_END = re.compile(r"\r\n|\r|\n")
FOLD = re.compile(r"[\r\n]+[ \t]*")
ENCODED_WORD = re.compile(r"=\?([^?\s*=]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
BRACKETED = re.compile(r"<([^<>]{1,998})>")
PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
PIECE = re.compile(r"^(.+?)(?:\*(\d{1,3}))?(\*)?$")


class Headers:
    """The header fields of one part, in order, as they stood; asked by name in any case."""

    def __init__(self, block: bytes = b"") -> None:
        self._take(_fields(block) if block else ())

    def _take(self, fields: Iterable[tuple[str, str]]) -> None:
        self.fields: list[tuple[str, str]] = [(name.lower(), value[:MAX_VALUE]) for name, value in fields]
        self._named: dict[str, list[str]] = {}
        for name, value in self.fields:
            self._named.setdefault(name, []).append(value)

    @classmethod
    def of(cls, fields: Iterable[tuple[str, str]]) -> Headers:
        """Fields of our own making."""
        headers = cls()
        headers._take(fields)
        return headers

    def __len__(self) -> int:
        return len(self.fields)

    def __contains__(self, name: str) -> bool:
        return name in self._named

    def raws(self, name: str) -> list[str]:
        """Every value of the field, unfolded, raw 8-bit bytes decoded, encoded words still encoded."""
        values = self._named.get(name)
        return [unfolded(value) for value in values] if values else []

    def raw(self, name: str) -> str | None:
        """The first value of the field as `raws` gives it, or None."""
        values = self._named.get(name)
        return unfolded(values[0]) if values else None

    def text(self, name: str) -> str | None:
        """The first value as people read it (RFC 2047 decoded), or None."""
        value = self.raw(name)
        return None if value is None else decoded_words(value).strip()

    def word(self, name: str) -> str:
        """The first token of the first value, lower case, without parameters and comments; "" when absent."""
        return re.split(r"[;\s(]", (self.raw(name) or "").strip().lower(), maxsplit=1)[0].strip("\"'")


def _fields(block: bytes) -> Iterator[tuple[str, str]]:
    """Name and value of each field (RFC 5322 §2.2), folds still in it; a line that is no field is passed over."""
    name, lines = "", list[str]()
    for line in LINE_END.split(block.decode("ascii", "surrogateescape")):
        if line[:1] in (" ", "\t"):
            lines.append(line)
            continue
        if name:
            yield name, "\n".join(lines).lstrip(" \t")
        name, colon, value = line.partition(":")
        name, lines = (name if colon else ""), [value]
    if name:
        yield name, "\n".join(lines).lstrip(" \t")


def unfolded(value: str) -> str:
    """The value on one line (RFC 5322 §2.2.3), its raw bytes decoded, without control characters."""
    if value.isascii():
        if value.isprintable():
            return value.strip()
    else:
        value = decoded(value.encode("utf-8", "surrogateescape"), None)[0]
    return plain(FOLD.sub(" ", value)).replace("\n", " ").strip()


def decoded_words(value: str) -> str:
    """RFC 2047 encoded words decoded, neighbours joined before decoding, so that split characters heal."""
    if "=?" not in value:
        return value
    written: list[str] = []
    pending: list[tuple[str, bytes]] = []
    at = 0
    for found in ENCODED_WORD.finditer(value):
        between = value[at : found.start()]
        if between.strip():
            written += [*_flushed(pending), between]
        elif not pending:
            written.append(between)
        pending.append((found.group(1).lower(), _word_bytes(found.group(2), found.group(3))))
        at = found.end()
    text = "".join([*written, *_flushed(pending), value[at:]])
    return plain(text).replace("\n", " ")


def _flushed(pending: list[tuple[str, bytes]]) -> Iterator[str]:
    joined: list[tuple[str, bytearray]] = []
    for charset, content in pending:
        if joined and joined[-1][0] == charset:
            joined[-1][1].extend(content)
        else:
            joined.append((charset, bytearray(content)))
    pending.clear()
    for charset, octets in joined:
        yield decoded(bytes(octets), charset)[0]


def _word_bytes(encoding: str, word: str) -> bytes:
    octets = word.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        return from_base64(octets)[0]
    return binascii.a2b_qp(octets.replace(b" ", b"_"), header=True)


def parameters(value: str | None) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, RFC 2231 pieces joined, RFC 2047 words decoded."""
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, quoted, bare in PARAMETER.findall(";" + (value or "").partition(";")[2]):
        match = PIECE.match(name.lower())
        if match is None:
            continue
        content = ESCAPED.sub(r"\1", quoted) if quoted else bare.strip().strip('"')
        pieces.setdefault(match.group(1), []).append((int(match.group(2) or 0), bool(match.group(3)), content))
    return {name: _joined(sorted(found, key=lambda piece: piece[0])) for name, found in pieces.items()}


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    if not any(extended for _, extended, _ in pieces):
        # A name given twice keeps its first value; RFC 2231 pieces carry different numbers.
        unique = {number: content for number, _, content in reversed(pieces)}
        return decoded_words("".join(unique[number] for number in sorted(unique)))
    extended = [piece for piece in pieces if piece[1] or piece[0]] or pieces
    charset, octets = "", b""
    for position, (_, is_extended, content) in enumerate(extended):
        if is_extended and position == 0 and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        raw = content.encode("utf-8", "replace")
        octets += unquote_to_bytes(raw) if is_extended else raw
    return decoded(octets, charset or "utf-8")[0].replace("\n", " ")


def message_ids(value: str | None) -> tuple[str, ...]:
    """The message ids in a field (RFC 5322 §3.6.4), without brackets and inner blanks, in order, once each."""
    found = BRACKETED.findall(value or "")
    if not found:
        found = [token for token in re.split(r"[\s,<>]+", value or "") if "@" in token]
    clean = (re.sub(r"\s+", "", one) for one in found)
    return tuple(dict.fromkeys(one for one in clean if one))[:MAX_IDS]


def message_id(value: str | None) -> str | None:
    """The one id of a Message-ID field; a bare word counts, for some programs forget the brackets."""
    ids = message_ids(value)
    if ids:
        return ids[0]
    return re.sub(r"[\s<>]+", "", value or "")[:998] or None


def moment(value: str | None) -> datetime | None:
    """The aware moment of a Date field (RFC 5322 §3.3; `-0000` counts as UTC), or None when it is no date."""
    text = re.sub(r"\([^()]*\)", " ", (value or "")[:200]).strip()
    try:
        at = parsedate_to_datetime(_english(text))
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        aware.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return aware


GERMAN_MONTHS = {"mär": "Mar", "mai": "May", "okt": "Oct", "dez": "Dec"}


# RFC 5322 knows American zone names only; old programs here write these.
ZONES = ((re.compile(r"\b(?:CET|MEZ)\b"), "+0100"), (re.compile(r"\b(?:CEST|MESZ)\b"), "+0200"))


def _english(date: str) -> str:
    for zone, offset in ZONES:
        date = zone.sub(offset, date)
    return re.sub(
        r"(?i)\b(mär|mai|okt|dez)[a-zä]*\.?",
        lambda found: GERMAN_MONTHS[found.group(1).lower()],
        date,
    )
