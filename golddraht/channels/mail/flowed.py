"""Paragraphs of `format=flowed` put together again (RFC 3676 §4)."""

from __future__ import annotations

import re

MARKS = re.compile(r">*")
SIGNATURE = "-- "


def unflowed(text: str, *, delsp: bool) -> str:
    """The text with one line for each paragraph; quotation marks stay in front. `delsp` as in RFC 3676 §4.1."""
    written: list[str] = []
    open_depth: int | None = None
    pieces: list[str] = []
    for line in text.split("\n"):
        depth, words = _parted(line)
        is_fixed = not words.endswith(" ") or words == SIGNATURE
        if open_depth is not None and (depth != open_depth or words == SIGNATURE):
            _close(written, pieces, open_depth)
            open_depth = None
        pieces.append(words if is_fixed or not delsp else words[:-1])
        open_depth = depth
        if is_fixed:
            _close(written, pieces, depth)
            open_depth = None
    if open_depth is not None:
        _close(written, pieces, open_depth)
    return "\n".join(written)


def _parted(line: str) -> tuple[int, str]:
    """How deep the line is quoted, and its words without the blank that was put in front (RFC 3676 §4.4)."""
    found = MARKS.match(line)
    depth = len(found.group()) if found else 0
    return depth, line[depth:].removeprefix(" ")


def _close(written: list[str], pieces: list[str], depth: int) -> None:
    words = "".join(pieces)
    if words != SIGNATURE:
        words = words.rstrip(" ")
    marks = ">" * min(depth, 100)
    written.append(f"{marks} {words}".rstrip(" ") if depth and words != SIGNATURE else marks + words)
    pieces.clear()
