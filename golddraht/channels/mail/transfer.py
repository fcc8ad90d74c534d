"""Content-Transfer-Encoding undone (RFC 2045 §6), and files written into the text (uuencode, yEnc)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable

NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
STRAY = re.compile(rb"[^A-Za-z0-9+/=\s]")
UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,300})\r?\n", re.MULTILINE)
UU_END = re.compile(rb"^end[ \t]*(?=\r|\n|\Z)", re.MULTILINE)
# More and shorter lines than any file has; Python would hold each as an object of its own.
MAX_UU_LINES = 700_000
MAX_YENC = 6_000_000
MAX_FILES = 500
Y_BEGIN = re.compile(rb"^=ybegin [^\r\n]{0,200}?size=\d{1,10}[^\r\n]{0,200}? name=([^\r\n]{1,300})\r?\n", re.MULTILINE)
Y_PART = re.compile(rb"=ypart [^\r\n]{0,200}\r?\n")
Y_END = re.compile(rb"\r?\n=yend [^\r\n]{0,200}(?=\r|\n|\Z)")
# Blanks that were added at the end of a line on the way (RFC 2045 §6.7, rule 3) would undo its soft break.
BLANKS_BEHIND_BREAK = re.compile(rb"=[ \t]+(?=[\r\n])")
UNTOUCHED = {"", "7bit", "8bit", "binary", "none"}


def undone(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes behind a transfer encoding and, where it was broken, a sentence. Never raises."""
    match encoding:
        case "base64":
            return from_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(BLANKS_BEHIND_BREAK.sub(b"=", body)), None
        case "uuencode" | "x-uuencode" | "uue" | "x-uue":
            begin = UU_BEGIN.search(body)
            return from_uuencode(body[begin.end() :] if begin else body), None
        case _ if encoding in UNTOUCHED:
            return body, None
        case _:
            return body, f"The transfer encoding “{encoding[:40]}” is not known."


def from_base64(body: bytes) -> tuple[bytes, str | None]:
    """As many bytes as the base64 text holds, padding or not, with strangers among the letters left out."""
    letters = body.translate(None, NOT_BASE64)
    end = letters.find(b"=")
    core = memoryview(letters)[: end if end >= 0 else None]  # a view: these may be sixty million letters
    broken = bool(STRAY.search(body)) or (end >= 0 and bool(letters[end:].strip(b"=")))
    if len(core) % 4 == 1:
        core, broken = core[:-1], True
    if len(core) % 4 and end < 0:
        broken = True
    whole = len(core) - len(core) % 4
    content = binascii.a2b_base64(core[:whole])
    if whole < len(core):
        content += binascii.a2b_base64(bytes(core[whole:]) + b"=" * (-len(core) % 4))
    return content, "A base64 part is damaged; what could be decoded is kept." if broken else None


def from_uuencode(lines: bytes) -> bytes:
    """The bytes of uuencoded lines up to `end`; a damaged line gives what it holds. Empty where it has too many lines."""
    kept = bytearray()
    if lines.count(b"\n") + lines.count(b"\r") > 2 * MAX_UU_LINES:
        return b""
    for line in lines.splitlines():
        if line.strip() in (b"end", b"`"):
            break
        kept += _uu_line(line)
    return bytes(kept)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b"" if not line else _uu_repaired(line)


def _uu_repaired(line: bytes) -> bytes:
    # Some encoders write a wrong length in front of the last line; the length counts, not the rest.
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        return binascii.a2b_uu(line[:length])
    except binascii.Error:
        return b""


def written_files(body: bytes, most: int = MAX_FILES) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The text without the files written into it, and the files as (name, content); at most so many of each kind."""
    text, files = body, list[tuple[bytes, bytes]]()
    if b"begin" in body:
        if b"=ybegin " in body:
            text, files = _taken_out(text, Y_BEGIN, Y_END, from_yenc, most)
        text, more = _taken_out(text, UU_BEGIN, UU_END, from_uuencode, most)
        files += more
    return text, files


def _taken_out(
    body: bytes, begins: re.Pattern[bytes], ends: re.Pattern[bytes], read: Callable[[bytes], bytes], most: int
) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    at = 0
    while len(files) < most and (begin := begins.search(body, at)):
        end = ends.search(body, begin.end())
        if end is None or not (content := read(body[begin.end() : end.start()])):
            break
        kept.append(body[at : begin.start()])
        files.append((begin.group(1).strip(), content))
        at = end.end()
    return b"".join([*kept, body[at:]]), files


def from_yenc(lines: bytes) -> bytes:
    """The bytes of a yEnc block between its `=ybegin` and its `=yend` line; empty where it is too large."""
    part = Y_PART.match(lines)
    coded = lines[part.end() if part else 0 :].translate(None, b"\r\n")
    if len(coded) > MAX_YENC:
        return b""
    first, *escaped = coded.split(b"=")
    whole = bytearray(first)
    for piece in escaped:
        whole += bytes([(piece[0] - 64) % 256]) + piece[1:] if piece else b""
    return bytes(whole.translate(Y_PLAIN))


Y_PLAIN = bytes((byte - 42) % 256 for byte in range(256))
