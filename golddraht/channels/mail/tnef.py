"""The packet `winmail.dat` of Outlook (MS-OXTNEF): what was written and what was attached, never raising.

Read with our own eyes: a count in such a packet may claim four thousand million entries, which readers at large believe.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import rtf
from .charsets import decoded
from .structure import TYPE

TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
SIGNATURE = b"\x78\x9f\x3e\x22"
MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
MAX_ENTRIES = 20_000
MAX_RTF = 2_000_000
MAX_FILES = 500
MAX_DEPTH = 5

BODY, FILE_CONTENT, FILE_TITLE = 0x800C, 0x800F, 0x8010
NEW_FILE, PROPERTIES, FILE_PROPERTIES, CODEPAGE = 0x9002, 0x9003, 0x9005, 0x9007
PR_SUBJECT, PR_BODY, PR_RTF, PR_HTML, PR_CHARSET = 0x0037, 0x1000, 0x1009, 0x1013, 0x3FDE
PR_CONTENT, PR_SHORT_NAME, PR_LONG_NAME, PR_TYPE, PR_CONTENT_ID, PR_SHOWN_NAME = (
    *(0x3701, 0x3704, 0x3707),
    *(0x370E, 0x3712, 0x3001),
)
FIXED = {0x0000: 0, 0x0001: 0, 0x0002: 4, 0x000B: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x0048: 16} | dict.fromkeys(
    (0x0005, 0x0006, 0x0007, 0x0014, 0x0040), 8
)
VARIABLE = {0x000D, 0x001E, 0x001F, 0x0102}
UNICODE, TEXT = 0x001F, 0x001E


class Torn(ValueError):
    """The packet ends, or contradicts itself, in the middle."""


@dataclass
class File:
    """A file of the packet."""

    name: str | None = None
    content_type: str = "application/octet-stream"
    content_id: str | None = None
    content: bytes = b""


@dataclass
class Packet:
    """What lay in a packet; `is_damaged` where not all of it could be read."""

    subject: str | None = None
    text: str | None = None
    html: str | None = None
    files: list[File] = field(default_factory=list)
    is_damaged: bool = False


# Views, so that a file inside a packet inside a packet is copied once, when it is kept.
Value = tuple[int, memoryview]


class Purse:
    """How much may still be read: over all packets of a mail, and those inside each other."""

    def __init__(self) -> None:
        self.left = MAX_ENTRIES
        self.rtf_left = MAX_RTF
        self.files_left = MAX_FILES

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Torn


def packet(content: bytes, purse: Purse | None = None) -> Packet:
    """The packet in `content`; empty and damaged where there is none. Never raises."""
    return _packet(memoryview(content), purse or Purse(), depth=0)


def _packet(content: memoryview, purse: Purse, *, depth: int) -> Packet:
    found = Packet()
    if content[:4] != SIGNATURE:
        found.is_damaged = True
        return found
    reading = Reading(found, purse, depth)
    try:
        for name, value in _attributes(content, purse):
            reading.take(name, value)
    except (Torn, struct.error, IndexError):
        found.is_damaged = True
    reading.finish()
    return found


def _attributes(content: memoryview, purse: Purse) -> Iterator[tuple[int, memoryview]]:
    at = 6
    while at + 11 <= len(content):
        purse.spend()
        _, name, _, length = struct.unpack_from("<BHHI", content, at)
        if at + 9 + length > len(content):
            raise Torn
        yield name, content[at + 9 : at + 9 + length]
        at += 9 + length + 2  # two bytes of checksum, which old writers get wrong
    if len(content) - at > 2:
        raise Torn


class Reading:
    """Puts the attributes of a packet together."""

    def __init__(self, found: Packet, purse: Purse, depth: int) -> None:
        self.found, self.purse, self.depth = found, purse, depth
        self.codepage = "cp1252"
        self.rtf = b""

    def take(self, name: int, value: memoryview) -> None:
        if name == CODEPAGE:
            self.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == BODY:
            self.found.text = self.found.text or _text(value, self.codepage)
        elif name == PROPERTIES:
            self._message(value)
        elif name == NEW_FILE:
            self.purse.files_left -= 1
            if self.purse.files_left < 0:
                raise Torn
            self.found.files.append(File())
        elif self.found.files:
            self._file(self.found.files[-1], name, value)

    def finish(self) -> None:
        if self.rtf and not self.found.html:
            # Packed text costs about seven times as much as what lies open.
            self.purse.rtf_left -= len(self.rtf) * (1 if self.rtf[8:12] == b"MELA" else 7)
            written = rtf.unpacked(self.rtf) if self.purse.rtf_left > 0 else None
            text, self.found.html = rtf.words_of(written) if written else (None, None)
            self.found.text = self.found.text or text
            self.found.is_damaged |= written is None and not self.found.text
        self.found.files[:] = [one for one in self.found.files if one.content or one.name]

    def _message(self, value: memoryview) -> None:
        named = self._properties(value)
        charset = self.codepage
        if PR_CHARSET in named:
            number = int.from_bytes(named[PR_CHARSET][1][:4], "little")
            charset = "utf-8" if number == 65001 else f"cp{number}"
        if PR_HTML in named:
            kind, octets = named[PR_HTML]
            self.found.html = _valued((kind if kind == UNICODE else TEXT, octets), charset)
        if PR_BODY in named:
            self.found.text = _valued(named[PR_BODY], charset)
        if PR_SUBJECT in named:
            self.found.subject = _valued(named[PR_SUBJECT], charset)
        if PR_RTF in named:
            self.rtf = bytes(named[PR_RTF][1])

    def _file(self, file: File, name: int, value: memoryview) -> None:
        if name == FILE_TITLE:
            file.name = file.name or _text(value, self.codepage)
        elif name == FILE_CONTENT:
            file.content = bytes(value)
        elif name == FILE_PROPERTIES:
            self._file_properties(file, self._properties(value))

    def _file_properties(self, file: File, named: dict[int, Value]) -> None:
        for name in (PR_SHOWN_NAME, PR_SHORT_NAME, PR_LONG_NAME):
            if name in named and (given := _valued(named[name], self.codepage)):
                file.name = given
        if PR_TYPE in named:
            kind = (_valued(named[PR_TYPE], self.codepage) or "").lower()
            file.content_type = kind if TYPE.match(kind) and not kind.startswith("multipart/") else file.content_type
        if PR_CONTENT_ID in named:
            file.content_id = _valued(named[PR_CONTENT_ID], self.codepage)
        if PR_CONTENT in named:
            self._content(file, named[PR_CONTENT][1])

    def _content(self, file: File, content: memoryview) -> None:
        if content[:16] != MESSAGE_OBJECT or self.depth >= MAX_DEPTH:
            file.content = bytes(content)
            return
        inner = _packet(content[len(MESSAGE_OBJECT) :], self.purse, depth=self.depth + 1)
        file.content_type, file.content = "message/rfc822", _as_mail(inner)
        self.found.files += inner.files
        self.found.is_damaged |= inner.is_damaged

    def _properties(self, block: memoryview) -> dict[int, Value]:
        """The properties by name, the first value of each. Raises Torn where a length runs over the end."""
        (count,) = struct.unpack_from("<I", block, 0)
        named: dict[int, Value] = {}
        at = 4
        for _ in range(count):
            if at >= len(block):
                break
            self.purse.spend()
            at = self._property(block, at, named)
        return named

    def _property(self, block: memoryview, at: int, named: dict[int, Value]) -> int:
        kind, name = struct.unpack_from("<HH", block, at)
        at = _past_name(block, at + 4) if name >= 0x8000 else at + 4
        is_many, kind = bool(kind & 0x1000), kind & 0xEFFF
        count = 1
        if is_many or kind in VARIABLE:
            (count,) = struct.unpack_from("<I", block, at)
            at += 4
        for _ in range(count):
            self.purse.spend()
            value, at = _value(block, at, kind)
            named.setdefault(name, (kind, value))
        return at


def _past_name(block: memoryview, at: int) -> int:
    (kind,) = struct.unpack_from("<I", block, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", block, at + 20)
    return _padded(at + 24, length)


def _padded(at: int, length: int) -> int:
    return at + length + (-length % 4)


def _value(block: memoryview, at: int, kind: int) -> tuple[memoryview, int]:
    if kind in VARIABLE:
        (length,) = struct.unpack_from("<I", block, at)
        start, end = at + 4, _padded(at + 4, length)
    elif kind in FIXED:
        start, length, end = at, FIXED[kind], at + FIXED[kind]
    else:
        raise Torn
    if start + length > len(block):
        raise Torn
    return block[start : start + length], end


def _valued(value: Value, charset: str) -> str | None:
    kind, octets = value
    if kind == UNICODE:
        return bytes(octets).decode("utf-16-le", "replace").rstrip("\0") or None
    return _text(octets, charset) if kind == TEXT else None


def _text(octets: memoryview, charset: str) -> str | None:
    return decoded(bytes(octets).rstrip(b"\0"), charset)[0] or None


def _as_mail(inner: Packet) -> bytes:
    """A message that was attached within a packet, as a mail of its own that every program opens."""
    subject = (inner.subject or "").replace("\r", " ").replace("\n", " ")
    kind, words = ("html", inner.html) if inner.html else ("plain", inner.text)
    return f"Subject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n{words or ''}".encode("utf-8", "replace")
