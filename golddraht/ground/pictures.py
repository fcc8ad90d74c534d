"""Pictures made of points: a PNG, JPEG or WebP file, taken apart and put together again from nothing but what draws it.

Places, cameras, programs, comments, small previews, colour profiles and whatever stands behind the picture do not come along.
PNG: ISO/IEC 15948; JPEG: ITU-T T.81; WebP: RFC 9649.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """Why a file cannot be shown as a picture."""

    DRAWING = "drawing"
    """An SVG: it can carry programs and fetch things from elsewhere."""
    KIND = "kind"
    BROKEN = "broken"
    MOVES = "moves"
    LARGE = "large"
    """More than MOST_POINTS."""


class NotSuchPicture(ValueError):
    """`flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@dataclass(frozen=True)
class Picture:
    """A file that holds the picture alone, and how large that is in points."""

    content_type: str
    width: int
    height: int
    content: bytes


_DRAWING = re.compile(rb"<(\?xml|!doctype svg|svg)\b", re.IGNORECASE)
MOST_POINTS = 4_000_000
"""Above it nothing is unpacked: a file of some kilobytes can claim to be a wall of a house."""


def bare_picture(content: bytes) -> Picture:
    """The picture alone. Raises NotSuchPicture, whatever the bytes are."""
    try:
        if content.startswith(PNG):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (IndexError, zlib.error):
        raise NotSuchPicture(Flaw.BROKEN) from None
    raise NotSuchPicture(Flaw.DRAWING if _DRAWING.search(content[:1000]) else Flaw.KIND)


def _number(content: bytes, start: int, size: int, *, little: bool = False) -> int:
    part = content[start : start + size]
    if len(part) < size:
        raise NotSuchPicture(Flaw.BROKEN)
    return int.from_bytes(part, "little" if little else "big")


def _measured(content_type: str, width: int, height: int, content: bytes) -> Picture:
    if not 0 < width * height <= MOST_POINTS:
        raise NotSuchPicture(Flaw.LARGE if width * height else Flaw.BROKEN)
    return Picture(content_type, width, height, content)


# PNG: chunks of length, name, content and checksum.

PNG = b"\x89PNG\r\n\x1a\n"
_DRAWS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = frozenset({1, 2, 4, 8, 16})
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced picture: the first column and row, and the steps between columns and rows."""


def _png(content: bytes) -> Picture:
    chunks = [(name, chunk) for name, chunk in _chunks_of_png(content) if name in _DRAWS]
    head = chunks[0][1]
    if chunks[0][0] != b"IHDR" or len(head) != 13 or chunks[-1][0] != b"IEND":
        raise NotSuchPicture(Flaw.BROKEN)
    bare = PNG + b"".join(_chunk_of_png(name, chunk) for name, chunk in chunks)
    picture = _measured("image/png", _number(head, 0, 4), _number(head, 4, 4), bare)
    _unpack(b"".join(chunk for name, chunk in chunks if name == b"IDAT"), head, picture)
    return picture


def _chunks_of_png(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(PNG), b""
    while name != b"IEND":
        length = _number(content, at, 4)
        name, chunk = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if _number(content, at + 8 + length, 4) != zlib.crc32(name + chunk):
            raise NotSuchPicture(Flaw.BROKEN)
        yield name, chunk
        at += length + 12


def _chunk_of_png(name: bytes, chunk: bytes) -> bytes:
    return len(chunk).to_bytes(4, "big") + name + chunk + zlib.crc32(name + chunk).to_bytes(4, "big")


def _unpack(packed: bytes, head: bytes, picture: Picture) -> None:
    """Raises NotSuchPicture unless it holds exactly the points that the head tells of."""
    depth, kind, packing, filtering, interlaced = head[8:13]
    if kind not in _SAMPLES or depth not in _DEPTHS or packing or filtering or interlaced > 1:
        raise NotSuchPicture(Flaw.BROKEN)
    told = _size_unpacked(picture, depth * _SAMPLES[kind], interlaced=bool(interlaced))
    unpacking = zlib.decompressobj()
    if len(unpacking.decompress(packed, told + 1)) != told or not unpacking.eof:
        raise NotSuchPicture(Flaw.BROKEN)


def _size_unpacked(picture: Picture, bits: int, *, interlaced: bool) -> int:
    """Every row has one byte more, which names its filter."""
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    size = 0
    for column, row, across, down in passes:
        width = max(0, -(-(picture.width - column) // across))
        height = max(0, -(-(picture.height - row) // down))
        size += height * (1 + (width * bits + 7) // 8) if width else 0
    return size


# JPEG: segments of a marker, a length and content; behind a "start of scan" the points, in which FF is followed by 00.

_TABLES = frozenset({0xC4, 0xDA, 0xDB, 0xDD})
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_ADOBE = 0xEE
"""Says how its colours are mixed; without it some pictures come out in wrong ones."""
_SCAN, _END = 0xDA, 0xD9
_POINTS = re.compile(rb"(?:[^\xff]|\xff+[\x00\xd0-\xd7])*", re.DOTALL)


def _jpeg(content: bytes) -> Picture:
    at, kept, measures, scans = 2, [b"\xff\xd8"], None, 0
    while (marker := _marker(content, at)) != _END:
        length = _number(content, at + 2, 2)
        segment = content[at : at + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise NotSuchPicture(Flaw.BROKEN)
        at += len(segment)
        if marker in _FRAMES:
            measures = _number(segment, 7, 2), _number(segment, 5, 2)
        if marker in _TABLES | _FRAMES or (marker == _ADOBE and segment[4:9] == b"Adobe"):
            kept.append(segment)
        if marker == _SCAN:
            points = _points(content, at)
            kept.append(points)
            at, scans = at + len(points), scans + 1
    if measures is None or not scans:
        raise NotSuchPicture(Flaw.BROKEN)
    return _measured("image/jpeg", *measures, b"".join([*kept, b"\xff\xd9"]))


def _marker(content: bytes, at: int) -> int:
    if content[at] != 0xFF:
        raise NotSuchPicture(Flaw.BROKEN)
    return content[at + 1]


def _points(content: bytes, at: int) -> bytes:
    found = _POINTS.match(content, at)
    return found.group() if found else b""


# WebP: chunks of name, length (of which the lowest byte comes first) and content, filled up to an even length.

_MOVES, _HAS_ALPHA = 0x02, 0x10


def _webp(content: bytes) -> Picture:
    chunks = dict(_chunks_of_webp(content))
    if chunks.get(b"VP8X", b"\0")[0] & _MOVES or b"ANMF" in chunks:
        raise NotSuchPicture(Flaw.MOVES)
    if b"VP8L" in chunks:
        return _put_together(*_measures_of_lossless(chunks[b"VP8L"]), _chunk_of_webp(b"VP8L", chunks[b"VP8L"]))
    if b"VP8 " not in chunks:
        raise NotSuchPicture(Flaw.BROKEN)
    width, height = _measures_of_lossy(chunks[b"VP8 "])
    drawn = _chunk_of_webp(b"VP8 ", chunks[b"VP8 "])
    if b"ALPH" in chunks:
        head = bytes([_HAS_ALPHA, 0, 0, 0]) + b"".join((one - 1).to_bytes(3, "little") for one in (width, height))
        drawn = _chunk_of_webp(b"VP8X", head) + _chunk_of_webp(b"ALPH", chunks[b"ALPH"]) + drawn
    return _put_together(width, height, drawn)


def _chunks_of_webp(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, 8 + _number(content, 4, 4, little=True)
    if end > len(content):
        raise NotSuchPicture(Flaw.BROKEN)
    while at < end:
        length = _number(content, at + 4, 4, little=True)
        chunk = content[at + 8 : at + 8 + length]
        if len(chunk) < length:
            raise NotSuchPicture(Flaw.BROKEN)
        yield content[at : at + 4], chunk
        at += 8 + length + length % 2


def _chunk_of_webp(name: bytes, chunk: bytes) -> bytes:
    return name + len(chunk).to_bytes(4, "little") + chunk + b"\0" * (len(chunk) % 2)


def _measures_of_lossless(chunk: bytes) -> tuple[int, int]:
    packed = _number(chunk, 1, 4, little=True)
    if chunk[0] != 0x2F:
        raise NotSuchPicture(Flaw.BROKEN)
    return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1


def _measures_of_lossy(chunk: bytes) -> tuple[int, int]:
    """Both are told with two bits more, for a scale that nobody uses."""
    measures = _number(chunk, 6, 2, little=True) & 0x3FFF, _number(chunk, 8, 2, little=True) & 0x3FFF
    if chunk[3:6] != b"\x9d\x01\x2a" or 0 in measures:
        raise NotSuchPicture(Flaw.BROKEN)
    return measures


def _put_together(width: int, height: int, drawn: bytes) -> Picture:
    content = b"RIFF" + (4 + len(drawn)).to_bytes(4, "little") + b"WEBP" + drawn
    return _measured("image/webp", width, height, content)
