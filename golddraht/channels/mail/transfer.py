"""Content-Transfer-Encoding undone (RFC 2045 §6), and uuencoded files found in text."""

from __future__ import annotations

import binascii
import re

NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
STRAY = re.compile(rb"[^A-Za-z0-9+/=\s]")
UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,300})\r?\n", re.MULTILINE)
UU_END = re.compile(rb"^end[ \t]*(?=\r|\n|\Z)", re.MULTILINE)
UNTOUCHED = {"", "7bit", "8bit", "binary", "none"}


def undone(body: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes behind a transfer encoding and, where it was broken, a sentence. Never raises."""
    match encoding:
        case "base64":
            return from_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body), None
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
    core, pad, rest = letters.partition(b"=")
    broken = bool(STRAY.search(body)) or bool(rest.strip(b"="))
    if len(core) % 4 == 1:
        core, broken = core[:-1], True
    if len(core) % 4 and not pad:
        broken = True
    content = binascii.a2b_base64(core + b"=" * (-len(core) % 4))
    return content, "A base64 part is damaged; what could be decoded is kept." if broken else None


def from_uuencode(lines: bytes) -> bytes:
    """The bytes of uuencoded lines up to `end`; a damaged line gives what it holds."""
    kept = bytearray()
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


def uuencoded_files(body: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The text without its uuencoded files, and the files as (name, content)."""
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    at = 0
    while begin := UU_BEGIN.search(body, at):
        end = UU_END.search(body, begin.end())
        if end is None or not (content := from_uuencode(body[begin.end() : end.start()])):
            break
        kept.append(body[at : begin.start()])
        files.append((begin.group(1), content))
        at = end.end()
    return b"".join([*kept, body[at:]]), files
