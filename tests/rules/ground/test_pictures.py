"""Pictures keep what draws them, and nothing else."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.pictures import PNG, Flaw, NotSuchPicture, bare_picture

HERE = Path(__file__).parent / "pictures"
FILES = sorted(HERE.iterdir())
SECRET = b"48.2082 N, 16.3738 E, Canon of Frau Moser"


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def png(width: int = 2, height: int = 2, *, kind: int = 6, depth: int = 8, interlaced: int = 0, points: bytes) -> bytes:
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([depth, kind, 0, 0, interlaced])
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(points)) + chunk(b"IEND", b"")


def flaw_of(content: bytes) -> Flaw | None:
    try:
        bare_picture(content)
    except NotSuchPicture as refusal:
        return refusal.flaw
    return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_picture_is_known_and_keeps_its_points(path: Path) -> None:
    picture = bare_picture(path.read_bytes())
    kind = {"jpg": "jpeg"}.get(path.suffix[1:], path.suffix[1:])
    assert (picture.content_type, picture.width, picture.height) == (f"image/{kind}", 40, 24)
    assert bare_picture(picture.content) == picture, "What is bare stays as it is."


def test_what_else_stands_in_a_png_goes() -> None:
    plain = (HERE / "round.png").read_bytes()
    told = plain[:33] + chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"eXIf", SECRET) + plain[33:] + SECRET
    picture = bare_picture(told)
    assert SECRET not in picture.content and picture == bare_picture(plain)


def test_what_else_stands_in_a_jpeg_goes() -> None:
    plain = (HERE / "round.jpg").read_bytes()
    segments = b"".join(
        bytes([0xFF, marker]) + (len(SECRET) + 2).to_bytes(2, "big") + SECRET for marker in (0xE1, 0xE2, 0xED, 0xFE)
    )
    picture = bare_picture(plain[:2] + segments + plain[2:] + b"<script>" + SECRET)
    assert SECRET not in picture.content and picture == bare_picture(plain)


def test_what_else_stands_in_a_webp_goes() -> None:
    plain = (HERE / "round.webp").read_bytes()
    body = plain[12:] + b"EXIF" + len(SECRET).to_bytes(4, "little") + SECRET + b"\0" * (len(SECRET) % 2)
    picture = bare_picture(b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body + SECRET)
    assert SECRET not in picture.content and picture == bare_picture(plain)
    assert b"ALPH" in picture.content, "What shines through stays."


def test_a_picture_that_says_it_is_larger_than_it_is_is_refused() -> None:
    assert flaw_of(png(points=(b"\0" + b"\0" * 8) * 2)) is None
    assert flaw_of(png(points=(b"\0" + b"\0" * 8) * 3)) is Flaw.BROKEN
    assert flaw_of(png(points=b"\0" * 9)) is Flaw.BROKEN
    assert flaw_of(png(40_000, 40_000, points=b"\0" * 9)) is Flaw.LARGE
    assert flaw_of(png(0, 2, points=b"")) is Flaw.BROKEN


def test_an_interlaced_picture_is_measured_in_its_passes() -> None:
    # 3 by 3 points of one byte: passes of 1, 0, 0, 1, 2 (a row of two), 2 rows of 1, and a row of 3; each row has its filter.
    rows = [b"\0" + b"\x80" * width for width in (1, 1, 2, 1, 1, 3)]
    assert flaw_of(png(3, 3, kind=0, interlaced=1, points=b"".join(rows))) is None
    assert flaw_of(png(3, 3, kind=0, interlaced=1, points=b"".join(rows[1:]))) is Flaw.BROKEN


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', Flaw.DRAWING),
        (b"  <svg viewBox='0 0 1 1'></svg>", Flaw.DRAWING),
        (b"GIF89a\x01\0\x01\0", Flaw.KIND),
        (b"", Flaw.KIND),
        (b"%PDF-1.7", Flaw.KIND),
        (PNG, Flaw.BROKEN),
        (b"\xff\xd8\xff\xd9", Flaw.BROKEN),
        (b"RIFF\x04\0\0\0WEBP", Flaw.BROKEN),
        (b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\0\0\0\0\0\0", Flaw.MOVES),
    ],
)
def test_what_is_no_such_picture_is_refused(content: bytes, flaw: Flaw) -> None:
    assert flaw_of(content) is flaw


@given(
    st.sampled_from([path.read_bytes() for path in FILES]), st.integers(0, 1200), st.binary(max_size=6), st.booleans()
)
def test_no_bytes_are_too_strange(plain: bytes, at: int, other: bytes, cut: bool) -> None:
    """Whatever is broken, it is refused or becomes a picture that stays as it is."""
    strange = plain[:at] + other + (b"" if cut else plain[at + len(other) :])
    try:
        picture = bare_picture(strange)
    except NotSuchPicture:
        return
    assert bare_picture(picture.content) == picture
