"""Light signs of formatting in what a colleague writes: `**bold**`, `*italic*`, lists, quotes, links, and pictures between words.

The signs read well as they stand, so that nobody has to see them rendered; what leaves by mail is HTML beside a plain text in
which they are written as people write them by hand. Everything else is text: what looks like HTML stays what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

INLINE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,200})\]\(cid:(?P<picture>[^)\s<>\"]{1,200})\)"
    r"|\[(?P<words>[^\]\n]{1,500})\]\((?P<to>(?:https?://|mailto:|tel:)[^)\s<>\"]{1,1000})\)"
    r"|\*\*(?=\S)(?P<bold>[^\n]{1,2000}?)(?<=\S)\*\*"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]{1,2000}?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])(?P<line>[^_\n]{1,2000}?)(?<=\S)_(?!\w)"
    r"|(?P<url>https?://[^\s<>\"]{1,1000}?)(?=[.,;:!?)\]]*(?:\s|$))"
)
MARKED = re.compile(r"^[ ]{0,3}(?:[-*•] |\d{1,3}[.)] |> ?)", re.MULTILINE)
BULLET = re.compile(r"[ ]{0,3}[-*•] (.*)")
NUMBER = re.compile(r"[ ]{0,3}(\d{1,3})[.)] (.*)")
QUOTE = re.compile(r"[ ]{0,3}> ?(.*)")


def is_formatted(text: str) -> bool:
    """Whether anything in it would look different in HTML; a bare address does not count."""
    return bool(MARKED.search(text)) or any(found.lastgroup != "url" for found in INLINE.finditer(text))


def as_html(text: str) -> str:
    """The text as HTML: p, br, ul, ol, li, blockquote, b, i, a and img with `cid:`, and nothing else."""
    return "".join(_block(kind, lines) for kind, lines in _blocks(text.replace("\r\n", "\n").split("\n")))


def as_plain(text: str) -> str:
    """The text as people write it by hand: `*bold*`, `_italic_`, a link with its address behind it."""
    return INLINE.sub(_by_hand, text.replace("\r\n", "\n"))


def pictures_in(text: str) -> set[str]:
    """The content ids of the pictures that stand between the words."""
    return {found["picture"] for found in INLINE.finditer(text) if found["picture"]}


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of one kind: `text`, `bullet`, `number` or `quote`."""
    kind, gathered = "", list[str]()
    for line in lines:
        found, words = _kind_of(line)
        if gathered and found != kind:
            yield kind, gathered
            gathered = []
        kind = found
        if kind:
            gathered.append(words)
    if gathered:
        yield kind, gathered


def _kind_of(line: str) -> tuple[str, str]:
    if not line.strip():
        return "", ""
    if found := BULLET.fullmatch(line):
        return "bullet", found[1]
    if found := NUMBER.fullmatch(line):
        return "number", line
    if found := QUOTE.fullmatch(line):
        return "quote", found[1]
    return "text", line


def _block(kind: str, lines: list[str]) -> str:
    if kind == "bullet":
        return f"<ul>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</ul>"
    if kind == "number" and len(lines) > 1 and lines[0].lstrip().startswith(("1.", "1)")):
        return _numbered(lines)
    if kind == "quote":
        return f"<blockquote>{_quoted(lines)}</blockquote>"
    return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"


def _numbered(lines: list[str]) -> str:
    """From one on, and at least two: a single line may begin with a date, “16. November”."""
    found = [match for line in lines if (match := NUMBER.fullmatch(line))]
    return f"<ol>{''.join(f'<li>{_inline(match[2])}</li>' for match in found)}</ol>"


def _quoted(lines: list[str]) -> str:
    """What stands in a quote; a quote in a quote stays its sign, so that nothing nests without end."""
    return "".join(f"<p>{_inline(line)}</p>" for line in lines if line.strip())


def _inline(text: str) -> str:
    parts, at = list[str](), 0
    for found in INLINE.finditer(text):
        parts += [escape(text[at : found.start()], quote=False), _element(found)]
        at = found.end()
    return "".join((*parts, escape(text[at:], quote=False)))


def _element(found: re.Match[str]) -> str:
    if found["picture"]:
        return f'<img src="cid:{escape(found["picture"])}" alt="{escape(found["alt"])}">'
    if found["words"]:
        return f'<a href="{escape(found["to"])}">{escape(found["words"], quote=False)}</a>'
    if found["bold"]:
        return f"<b>{_inline(found['bold'])}</b>"
    if words := found["star"] or found["line"]:
        return f"<i>{_inline(words)}</i>"
    return f'<a href="{escape(found["url"])}">{escape(found["url"], quote=False)}</a>'


def _by_hand(found: re.Match[str]) -> str:
    if found["picture"]:
        return f"[{found['alt']}]" if found["alt"] else ""
    if found["words"]:
        return found["to"] if found["words"] == found["to"] else f"{found['words']} ({found['to']})"
    if found["bold"]:
        return f"*{as_plain(found['bold'])}*"
    if found["star"]:
        return f"_{found['star']}_"
    return found[0]
