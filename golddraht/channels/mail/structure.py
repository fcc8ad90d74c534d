"""The MIME tree of a mail (RFC 2045, RFC 2046): linear in time, bounded in depth and number, never raising."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .headers import Headers, parameters
from .transfer import UNTOUCHED, undone

MAX_BYTES = 60_000_000
MAX_HEADER_BYTES = 262_144
MAX_ALL_HEADER_BYTES = 2_000_000
MAX_DECODED = 150_000_000
MAX_SEARCHED = 400_000_000
MAX_PARTS = 1_000
MAX_DEPTH = 40
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
FIELD = re.compile(rb"(?:From |>From |[\x21-\x39\x3b-\x7e]+[ \t]*:|[ \t]+[^\s])")
BLANK_BEFORE_COLON = re.compile(rb"(?m)^([\x21-\x39\x3b-\x7e]+)[ \t]+:")
ESCAPED_FROM = re.compile(rb"(?m)^>From [^\r\n]*(?:\r\n|\n|\r|\Z)")
TYPE = re.compile(r"^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}$")
EMPTY_LINE = re.compile(rb"\n\r?\n|\r\r")
COMPOSITE_MESSAGES = {"message/rfc822", "message/global", "message/news"}


@dataclass(frozen=True)
class Span:
    """Where something stands in a longer run of bytes; nothing is copied until it is asked for."""

    within: bytes = b""
    start: int = 0
    end: int = 0

    def __len__(self) -> int:
        return self.end - self.start

    def taken(self) -> bytes:
        """The bytes themselves."""
        return self.within[self.start : self.end]


@dataclass
class Node:
    """A part of the tree; `content` has its transfer encoding undone, `children` are in order.

    `entity` is the part as it stood, headers included: what a signature was made over (RFC 1847 §2.1). `opened` is
    the tree found inside a sealed or packed part; `walk` and `leaves` do not go there. `is_spare`: its words are
    a second form of what the mail says elsewhere.
    """

    headers: Headers
    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    held: bytes | Span = b""
    children: list[Node] = field(default_factory=list)
    entity: Span = field(default_factory=Span)
    opened: Node | None = None
    is_spare: bool = False

    @property
    def content(self) -> bytes:
        return self.held if isinstance(self.held, bytes) else self.held.taken()

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    @property
    def disposition(self) -> str:
        return self.headers.word("content-disposition")

    @property
    def sent_name(self) -> str | None:
        given = parameters(self.headers.raw("content-disposition")).get("filename") if self.headers else None
        return given or self.parameters.get("name") or None

    @property
    def content_id(self) -> str | None:
        return (self.headers.raw("content-id") or "").strip().strip("<>").strip() or None

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Node]:
        """The discrete parts of RFC 2046 §3 in order; a forwarded mail is composite and gives its own leaves."""
        return (node for node in self.walk() if not node.children)


class Bounds:
    """What is left of the allowance while one mail is read, and what was found wrong."""

    def __init__(self) -> None:
        self.parts = 0
        self.header_bytes = 0
        self.decoded = 0
        self.searched = 0
        self.problems: dict[str, None] = {}

    def note(self, problem: str | None) -> None:
        if problem:
            self.problems.setdefault(problem)

    def is_full(self) -> bool:
        return self.parts >= MAX_PARTS

    def headers_left(self) -> int:
        """How many bytes of headers may still be read: of this part, and of the whole mail."""
        return min(MAX_HEADER_BYTES, MAX_ALL_HEADER_BYTES - self.header_bytes)


def structure(raw: bytes) -> tuple[Node, tuple[str, ...]]:
    """The tree of a whole mail and its problems in plain words."""
    bounds = Bounds()
    return whole(raw, bounds), tuple(bounds.problems)


def whole(raw: bytes, bounds: Bounds) -> Node:
    """The tree of a whole mail, within what `bounds` still allow."""
    if len(raw) > MAX_BYTES:
        bounds.note(f"The mail is larger than {MAX_BYTES // 1_000_000} MB; only its headers were read.")
        return Node(Headers(_split(Span(raw, 0, len(raw)), bounds)[0]))
    raw = _without_leading_lines(raw, bounds)
    node = entity(raw, bounds)
    if not node.headers:
        bounds.note("The mail has no headers.")
    return node


def entity(raw: bytes, bounds: Bounds) -> Node:
    """The tree of one MIME entity: headers, an empty line, a body (RFC 2045 §2.4)."""
    return _node(Span(raw, 0, len(raw)), bounds, depth=0, default="text/plain")


def _without_leading_lines(raw: bytes, bounds: Bounds) -> bytes:
    stripped = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if len(stripped) != len(raw) and re.match(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}:)", stripped):
        bounds.note("Something stands in front of the headers; it was skipped.")
        return stripped
    return raw


def _node(span: Span, bounds: Bounds, *, depth: int, default: str) -> Node:
    bounds.parts += 1
    block, body = _split(span, bounds)
    node = Node(Headers(block), entity=span)
    node.content_type, node.parameters = _type(node.headers, default, bounds)
    if node.is_multipart:
        _branch(node, body, bounds, depth)
        if node.children:
            return node
        node.content_type = "text/plain"
    _hold(node, body, bounds)
    if node.content_type in COMPOSITE_MESSAGES and _may_open(bounds, depth):
        inner = node.held if isinstance(node.held, Span) else Span(node.held, 0, len(node.held))
        node.children = [_node(inner, bounds, depth=depth + 1, default="text/plain")]
    return node


def _hold(node: Node, body: Span, bounds: Bounds) -> None:
    encoding = node.headers.word("content-transfer-encoding")
    if node.content_type in COMPOSITE_MESSAGES and encoding in UNTOUCHED:
        node.held = body  # forty mails inside each other would else be copied forty times
        return
    bounds.decoded += len(body)
    if bounds.decoded > MAX_DECODED:
        bounds.note("The mail holds more than could be unpacked; the rest is kept in the raw mail only.")
        return
    node.held, problem = undone(body.taken(), encoding)
    bounds.note(problem)


def _type(headers: Headers, default: str, bounds: Bounds) -> tuple[str, dict[str, str]]:
    raw = headers.raw("content-type")
    if raw is None:
        return default, {}
    content_type = raw.partition(";")[0].split("(")[0].strip().strip('"').lower().replace(" ", "")
    if not TYPE.match(content_type):
        # RFC 2045 §5.2 asks for text/plain when the type cannot be understood; bare "text" is old Unix mail.
        if content_type not in {"text", ""}:
            bounds.note("A part has a content type that cannot be understood; it is taken as text.")
        return default, parameters(raw)
    return content_type, parameters(raw)


def _branch(node: Node, body: Span, bounds: Bounds, depth: int) -> None:
    boundary = node.parameters.get("boundary") or ""
    if not boundary:
        bounds.note("A multipart mail does not name its boundary.")
        boundary = _likely_boundary(body)
    bounds.searched += len(body)
    if bounds.searched > MAX_SEARCHED:
        bounds.note("The mail is too large to be taken apart so deeply; the rest is kept as one piece.")
        return
    if not boundary or not _may_open(bounds, depth):
        return
    default = "message/rfc822" if node.content_type == "multipart/digest" else "text/plain"
    for piece in _pieces(body, boundary.rstrip().encode("utf-8", "surrogateescape"), bounds):
        if bounds.is_full():
            bounds.note(f"The mail has more than {MAX_PARTS} parts; the rest was left unread.")
            return
        node.children.append(_node(piece, bounds, depth=depth + 1, default=default))
    if not node.children:
        bounds.note("A multipart mail has no parts; its text is shown as it is.")


def _may_open(bounds: Bounds, depth: int) -> bool:
    if depth >= MAX_DEPTH:
        bounds.note(f"The mail is nested more than {MAX_DEPTH} levels deep; the rest is kept as one piece.")
    return depth < MAX_DEPTH and not bounds.is_full()


LIKELY = re.compile(rb"(?:\A|[\r\n])--([0-9A-Za-z'()+_,./:=?-]{4,70})[ \t]*[\r\n]+(?i:content-)")


def _likely_boundary(body: Span) -> str:
    found = LIKELY.search(body.within, max(body.start - 1, 0), body.end)
    return found.group(1).decode("ascii") if found else ""


def _pieces(body: Span, boundary: bytes, bounds: Bounds) -> Iterator[Span]:
    # That it stands at the start of a line is asked afterwards: a pattern with a literal start is far faster.
    delimiter = re.compile(b"--" + re.escape(boundary) + rb"(--)?[ \t]{0,200}(?:\r\n|\r|\n|\Z)")
    raw, start = body.within, None
    for found in delimiter.finditer(raw, body.start, body.end):
        at = found.start()
        if at > body.start and raw[at - 1] not in b"\r\n":
            continue
        if start is not None:
            yield _without_last_line_end(raw, start, at)
        start = found.end()
        if found.group(1):
            if raw[start : min(body.end, start + 10_000)].strip():
                bounds.note("Text stands behind the last part of the mail; it is kept in the raw mail only.")
            return
    if start is not None:
        bounds.note("The mail ends in the middle of a part.")
        yield Span(raw, start, body.end)


def _without_last_line_end(raw: bytes, start: int, end: int) -> Span:
    # The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    for ending in (b"\r\n", b"\n", b"\r"):
        if raw.endswith(ending, start, end):
            return Span(raw, start, end - len(ending))
    return Span(raw, start, end)


def _split(span: Span, bounds: Bounds) -> tuple[bytes, Span]:
    at, body = _parted(span, bounds)
    block = span.within[span.start : at]
    bounds.header_bytes += len(block)
    # The standard parser would take both for the end of the headers.
    return BLANK_BEFORE_COLON.sub(rb"\1:", ESCAPED_FROM.sub(b"", block)), Span(span.within, body, span.end)


def _parted(span: Span, bounds: Bounds) -> tuple[int, int]:
    """Where the header block ends and where the body begins: at the first empty line or at the first line that is
    no field."""
    raw, at, allowed = span.within, span.start, bounds.headers_left()
    while at < span.end:
        line = LINE.match(raw, at, span.end)
        assert line is not None  # the expression matches everywhere
        if not line.group().strip(b"\r\n"):
            return at, line.end()
        if not FIELD.match(line.group()) and (at == span.start or line.group().strip()):
            bounds.note("Headers and text are not parted by an empty line.")
            return at, at
        if line.end() - span.start > allowed:
            return _cut_short(span, at, bounds, allowed)
        at = line.end()
    return at, span.end


def _cut_short(span: Span, at: int, bounds: Bounds, allowed: int) -> tuple[int, int]:
    bounds.note("The headers are longer than 256 KB; the rest of them was left unread.")
    end = EMPTY_LINE.search(span.within, max(at - 2, span.start), span.end)
    # Nothing but one endless line: its beginning is kept.
    until = at if at > span.start else min(span.start + max(allowed, 0), span.end)
    return until, end.end() if end else span.end
