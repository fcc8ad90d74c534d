"""HTML of strangers: made safe to show, and written out as readable text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

import nh3

MAX_HTML = 2_000_000
MAX_NESTING = 1_500
MAX_TAG = 20_000
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "param", "track"}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
# Not `object`: what stands in it is what its writer wants read where it cannot be run.
GONE_WITH_CONTENT = {"script", "style", "title", "head", "template", "noscript", "iframe", "svg", "math"}
SHOWN = {
    *("a", "abbr", "address", "b", "bdi", "blockquote", "br", "caption", "center", "cite", "code", "col"),
    *("colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small"),
    *("span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt"),
    *("u", "ul", "var"),
}
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "ol": {"start", "type"},
    "li": {"value"},
    "font": {"color"},
}
# Numbers a letter can need; beyond them somebody wants to cover or to stretch the page.
LARGEST = {
    "width": 2_000,
    "height": 2_000,
    "colspan": 100,
    "rowspan": 1_000,
    "border": 20,
    "cellpadding": 50,
    "cellspacing": 50,
    "start": 100_000,
    "value": 100_000,
}
NUMBER = re.compile(r"\s*(\d{1,6})\s*(?:px)?\s*")
SHARE = re.compile(r"\s*(?:\d{1,2}|100)(?:\.\d{1,3})?\s*%\s*")
COLOUR = re.compile(r"\s*(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,25})\s*")
WORD = re.compile(r"[A-Za-z0-9-]{1,35}")
# They turn the order of signs round, so that a file or an address looks like another.
OVERRIDES = dict.fromkeys((0x202D, 0x202E), None)
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
# nh3 writes every attribute in double quotes and escapes quotes within, so a `>` in an `alt` hides nothing.
REMOTE = re.compile(r'(<img(?: [a-z-]+="[^"]*")*?) src="(?!(?i:cid:))([^"]*)"')

EMPTY_IMAGE = re.compile(r"<img>")


def cleaned(source: str) -> tuple[str | None, str | None]:
    """HTML safe to show, and a problem. Remote images keep their address in `data-remote-src` only, so that
    opening a mail tells nobody anything; `cid:` images stay. None when the HTML is too wild to be cleaned."""
    problem = _too_wild(source)
    if problem:
        return None, problem
    safe = nh3.clean(
        source.translate(OVERRIDES),
        tags=SHOWN,
        clean_content_tags=GONE_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    safe = EMPTY_IMAGE.sub("", REMOTE.sub(r'\1 data-remote-src="\2"', safe))
    return safe.strip() or None, None


def _kept(tag: str, name: str, value: str) -> str | None:
    if name in {"src", "href"}:
        scheme = value.strip().partition(":")[0].lower()
        return value if scheme in ({"cid", "http", "https"} if name == "src" else LINKS) else None
    if name in LARGEST:
        return _measure(name, value)
    if name == "color":
        return value if COLOUR.fullmatch(value) else None
    return value if name in {"alt", "title", "rel"} or WORD.fullmatch(value) else None


LINKS = {"http", "https", "mailto", "tel"}


def _measure(name: str, value: str) -> str | None:
    number = NUMBER.fullmatch(value)
    if number:
        return str(min(int(number.group(1)), LARGEST[name]))
    return value.strip() if name in {"width", "height"} and SHARE.fullmatch(value) else None


def _too_wild(source: str) -> str | None:
    if len(source) > MAX_HTML:
        return "The HTML of the mail is larger than 2 MB; it is shown as text."
    if _nesting(source) > MAX_NESTING or _longest_tag(source) > MAX_TAG:
        return "The HTML of the mail is nested too deeply or malformed; it is shown as text."
    return None


def _nesting(source: str) -> int:
    deepest = depth = 0
    for found in TAG.finditer(source):
        if found.group(2).lower() not in VOID:
            depth = max(0, depth - 1) if found.group(1) else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _longest_tag(source: str) -> int:
    # Comments may be long (Outlook hides whole style sheets in them); a tag with thousands of attributes is an attack.
    return max((len(piece.partition(">")[0]) for piece in re.split(r"<(?=[a-zA-Z/])", source)[1:]), default=0)


def text_of(source: str) -> str:
    """The readable text of HTML: paragraphs, lists, links with their address, quotations behind `> `."""
    if _too_wild(source):
        return _stripped(source)
    # The parser of the standard library takes quadratic time on broken markup; nh3 hands it whole markup only.
    whole = nh3.clean(
        source,
        tags=SHOWN,
        clean_content_tags=GONE_WITH_CONTENT,
        attributes={"a": {"href"}, "img": {"alt"}},
        link_rel=None,
    )
    writer = TextWriter()
    writer.feed(whole)
    writer.close()
    return writer.text()


def _stripped(source: str) -> str:
    text = re.sub(r"<[^<>]{0,20000}>", " ", source)
    return "\n".join(" ".join(line.split()) for line in html.unescape(text).split("\n")).strip()


def from_text(text: str) -> str:
    """Simple safe HTML that shows plain text: paragraphs, line breaks, and nothing a sender could abuse."""
    paragraphs = re.split(r"\n[ \t]*\n+", text.strip("\n"))
    return "\n".join(f"<p>{html.escape(one).replace(chr(10), '<br>' + chr(10))}</p>" for one in paragraphs)


BLOCKS = {
    "address",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "figcaption",
    "li",
    "table",
    "tr",
    "caption",
}
SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre"}


class TextWriter(HTMLParser):
    """Writes whole, cleaned HTML as lines of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.quote = 0
        self.pre = 0
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._around(tag)
        opener: Callable[[dict[str, str | None]], None] | None = getattr(self, f"_open_{tag}", None)
        if opener:
            opener(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        closer: Callable[[], None] | None = getattr(self, f"_close_{tag}", None)
        if tag == "blockquote":
            self._break()
        if closer:
            closer()
        self._around(tag)

    def handle_data(self, content: str) -> None:
        if self.pre:
            first, *rest = content.split("\n")
            self.line += first
            for line in rest:
                self._write()
                self.line = line
            return
        words = re.sub(r"[ \t\n\r\f]+", " ", content)
        self.line += words.lstrip(" ") if not self.line or self.line.endswith(" ") else words

    def text(self) -> str:
        """What was written, without blank lines at the ends."""
        self._break()
        return "\n".join(self.lines).strip("\n")

    def _around(self, tag: str) -> None:
        if tag in SPACED:
            self._break(blank=True)
        elif tag in BLOCKS:
            self._break()

    def _break(self, *, blank: bool = False) -> None:
        if self.line.strip():
            self._write()
        self.line = ""
        if blank and self.lines and self.lines[-1].strip("> "):
            self.lines.append(("> " * self.quote).rstrip())

    def _write(self) -> None:
        self.lines.append((("> " * self.quote) + self.line.replace("\xa0", " ").rstrip()).rstrip())
        self.line = ""

    def _open_br(self, _: dict[str, str | None]) -> None:
        self._write()

    def _open_hr(self, _: dict[str, str | None]) -> None:
        self._break()
        self.line = "---"
        self._break()

    def _open_blockquote(self, _: dict[str, str | None]) -> None:
        self.quote += 1

    def _close_blockquote(self) -> None:
        self.quote = max(0, self.quote - 1)

    def _open_pre(self, _: dict[str, str | None]) -> None:
        self.pre += 1

    def _close_pre(self) -> None:
        self.pre = max(0, self.pre - 1)

    def _open_ul(self, _: dict[str, str | None]) -> None:
        self.lists.append(None)

    def _open_ol(self, _: dict[str, str | None]) -> None:
        self.lists.append(0)

    def _close_ul(self) -> None:
        del self.lists[-1:]

    _close_ol = _close_ul

    def _open_li(self, _: dict[str, str | None]) -> None:
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.line = f"{self.lists[-1]}. "
        else:
            self.line = "- "

    def _open_td(self, _: dict[str, str | None]) -> None:
        if self.line.strip():
            self.line = self.line.rstrip() + "  "

    _open_th = _open_td

    def _open_img(self, attributes: dict[str, str | None]) -> None:
        if alt := (attributes.get("alt") or "").strip():
            self.line += f"[{' '.join(alt.split())}]"

    def _open_a(self, attributes: dict[str, str | None]) -> None:
        self.links.append((attributes.get("href") or "", len(self.line)))

    def _close_a(self) -> None:
        if not self.links:
            return
        address, start = self.links.pop()
        words = self.line[start:].strip() if start <= len(self.line) else self.line.strip()
        bare = address.removeprefix("mailto:").removeprefix("tel:")
        if address.startswith(("http", "mailto:")) and _differs(words, bare):
            self.line += f" <{bare}>"


def _differs(words: str, address: str) -> bool:
    def core(text: str) -> str:
        return re.sub(r"^https?://(www\.)?|/$", "", text.strip().lower())

    return core(words) != core(address)
