"""The light formatting of articles: a small part of Markdown, and HTML that is safe whatever was typed.

Headings (`##`, `###`), paragraphs, lists (`-`, `1.`), quotations (`>`), `**bold**`, `*italic*`, `` `code` ``,
links `[words](https://…)`, pictures `![words](file:12)` and files `[words](file:12)`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import nh3

from golddraht.ground.text import one_line, without_control

FileUrl = Callable[[int], str]
"""Where a file of the article is found, by its number; "" for one that is gone."""

TAGS = {"h2", "h3", "p", "ul", "ol", "li", "blockquote", "strong", "em", "code", "a", "img", "br"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "loading"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST = 60_000

HEADING = re.compile(r"(#{1,4}) +(.+)")
BULLET = re.compile(r"[-*•] +(.+)")
NUMBERED = re.compile(r"\d{1,3}[.)] +(.+)")
QUOTED = re.compile(r"> ?(.*)")
PICTURE = re.compile(r"!\[([^\]\n]{0,200})\]\(file:(\d{1,18})\)")
FILE_LINK = re.compile(r"\[([^\]\n]{1,200})\]\(file:(\d{1,18})\)")
LINK = re.compile(r"\[([^\]\n]{1,200})\]\(((?:https?://|mailto:|tel:|/)[^\s()<>\"']{1,500})\)")
BOLD = re.compile(r"\*\*([^*\n]{1,500})\*\*")
ITALIC = re.compile(r"(?<![*\w])\*([^*\n]{1,500})\*(?![*\w])")
CODE = re.compile(r"`([^`\n]{1,200})`")
FILE_NUMBER = re.compile(r"\(file:(\d{1,18})\)")


def as_html(text: str, *, file_url: FileUrl = lambda _: "") -> str:
    """The text as HTML, cleaned."""
    blocks = re.split(r"\n[ \t]*\n+", without_control(text[:LONGEST]).strip("\n"))
    raw = "\n".join(_block(block, file_url) for block in blocks if block.strip())
    return nh3.clean(raw, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def _block(block: str, file_url: FileUrl) -> str:
    """One paragraph, or the headings, lists and quotations that stand in it line by line."""
    out: list[str] = []
    open_tag = ""
    lines: list[str] = []

    def close() -> None:
        nonlocal open_tag, lines
        if lines:
            out.append(_wrapped(open_tag, lines))
        open_tag, lines = "", []

    for line in block.split("\n"):
        tag, words = _kind_of(line.strip())
        if tag in {"h2", "h3"}:
            close()
            out.append(f"<{tag}>{_inline(words, file_url)}</{tag}>")
            continue
        if tag != open_tag:
            close()
            open_tag = tag
        lines.append(_inline(words, file_url))
    close()
    return "".join(out)


def _kind_of(line: str) -> tuple[str, str]:
    if hit := HEADING.fullmatch(line):
        return ("h2" if len(hit[1]) <= 2 else "h3"), hit[2]
    for tag, pattern in (("ul", BULLET), ("ol", NUMBERED), ("blockquote", QUOTED)):
        if hit := pattern.fullmatch(line):
            return tag, hit[1]
    return "p", line


def _wrapped(tag: str, lines: list[str]) -> str:
    if tag in {"ul", "ol"}:
        return f"<{tag}>" + "".join(f"<li>{line}</li>" for line in lines) + f"</{tag}>"
    return f"<{tag}>" + "<br>".join(lines) + f"</{tag}>"


def _inline(words: str, file_url: FileUrl) -> str:
    safe = html.escape(words, quote=True)

    def picture(hit: re.Match[str]) -> str:
        url = file_url(int(hit[2]))
        return f'<img src="{html.escape(url)}" alt="{hit[1]}" loading="lazy">' if url else hit[1]

    def file(hit: re.Match[str]) -> str:
        url = file_url(int(hit[2]))
        return f'<a href="{html.escape(url)}">{hit[1]}</a>' if url else hit[1]

    safe = CODE.sub(r"<code>\1</code>", safe)
    safe = PICTURE.sub(picture, safe)
    safe = FILE_LINK.sub(file, safe)
    safe = LINK.sub(r'<a href="\2">\1</a>', safe)
    return ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", safe))


def as_text(text: str) -> str:
    """The words alone, without the signs of formatting: for searching and for answers by mail."""
    plain = PICTURE.sub("", without_control(text))
    plain = FILE_LINK.sub(r"\1", plain)
    plain = LINK.sub(lambda hit: hit[1] if hit[2].startswith("/") else f"{hit[1]} ({hit[2]})", plain)
    plain = CODE.sub(r"\1", ITALIC.sub(r"\1", BOLD.sub(r"\1", plain)))
    lines = (HEADING.sub(r"\2", line) if HEADING.fullmatch(line.strip()) else line for line in plain.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def teaser(text: str, length: int = 180) -> str:
    """The beginning in one line, without headings."""
    lines = [line for line in without_control(text).split("\n") if not HEADING.fullmatch(line.strip())]
    return one_line(as_text("\n".join(lines)), length)


def files_in(text: str) -> frozenset[int]:
    """The numbers of the files that the text shows or links to."""
    return frozenset(int(number) for number in FILE_NUMBER.findall(text))
