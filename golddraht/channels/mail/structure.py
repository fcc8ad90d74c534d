"""The MIME tree of a mail (RFC 2045, RFC 2046): linear in time, bounded in depth and number, never raising."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .headers import Headers, parameters
from .transfer import undone

MAX_BYTES = 60_000_000
MAX_HEADER_BYTES = 262_144
MAX_PARTS = 1_000
MAX_DEPTH = 40
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
FIELD = re.compile(rb"(?:From |>From |[\x21-\x39\x3b-\x7e]+[ \t]*:|[ \t]+[^\s])")
BLANK_BEFORE_COLON = re.compile(rb"(?m)^([\x21-\x39\x3b-\x7e]+)[ \t]+:")
ESCAPED_FROM = re.compile(rb"(?m)^>From [^\r\n]*(?:\r\n|\n|\r|\Z)")
TYPE = re.compile(r"^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}$")
EMPTY_LINE = re.compile(rb"\n\r?\n|\r\r")
COMPOSITE_MESSAGES = {"message/rfc822", "message/global", "message/news"}


@dataclass
class Node:
    """A part of the tree; `content` has its transfer encoding undone, `children` are in order."""

    headers: Headers
    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    children: list[Node] = field(default_factory=list)

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    @property
    def disposition(self) -> str:
        return self.headers.word("content-disposition")

    @property
    def sent_name(self) -> str | None:
        given = parameters(self.headers.raw("content-disposition")).get("filename")
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
        self.problems: dict[str, None] = {}

    def note(self, problem: str | None) -> None:
        if problem:
            self.problems.setdefault(problem)

    def is_full(self) -> bool:
        return self.parts >= MAX_PARTS


def structure(raw: bytes) -> tuple[Node, tuple[str, ...]]:
    """The tree of a whole mail and its problems in plain words."""
    bounds = Bounds()
    if len(raw) > MAX_BYTES:
        bounds.note(f"The mail is larger than {MAX_BYTES // 1_000_000} MB; only its headers were read.")
        return Node(Headers(_split(raw, bounds)[0])), tuple(bounds.problems)
    raw = _without_leading_lines(raw, bounds)
    node = _node(raw, bounds, depth=0, default="text/plain")
    if not node.headers:
        bounds.note("The mail has no headers.")
    return node, tuple(bounds.problems)


def _without_leading_lines(raw: bytes, bounds: Bounds) -> bytes:
    stripped = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if len(stripped) != len(raw) and re.match(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}:)", stripped):
        bounds.note("Something stands in front of the headers; it was skipped.")
        return stripped
    return raw


def _node(raw: bytes, bounds: Bounds, *, depth: int, default: str) -> Node:
    bounds.parts += 1
    block, body = _split(raw, bounds)
    node = Node(Headers(block))
    node.content_type, node.parameters = _type(node.headers, default, bounds)
    encoding = node.headers.word("content-transfer-encoding")
    if node.is_multipart:
        _branch(node, body, bounds, depth)
        if node.children:
            return node
        node.content_type = "text/plain"
    node.content, problem = undone(body, encoding)
    bounds.note(problem)
    if node.content_type in COMPOSITE_MESSAGES and _may_open(bounds, depth):
        node.children = [_node(node.content, bounds, depth=depth + 1, default="text/plain")]
    return node


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


def _branch(node: Node, body: bytes, bounds: Bounds, depth: int) -> None:
    boundary = node.parameters.get("boundary") or ""
    if not boundary:
        bounds.note("A multipart mail does not name its boundary.")
        boundary = _likely_boundary(body)
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


def _likely_boundary(body: bytes) -> str:
    found = re.search(rb"(?:\A|[\r\n])--([0-9A-Za-z'()+_,./:=?-]{4,70})[ \t]*[\r\n]+(?i:content-)", body)
    return found.group(1).decode("ascii") if found else ""


def _pieces(body: bytes, boundary: bytes, bounds: Bounds) -> Iterator[bytes]:
    # That it stands at the start of a line is asked afterwards: a pattern with a literal start is far faster.
    delimiter = re.compile(b"--" + re.escape(boundary) + rb"(--)?[ \t]{0,200}(?:\r\n|\r|\n|\Z)")
    start: int | None = None
    for found in delimiter.finditer(body):
        if body[max(found.start() - 1, 0) : found.start()] not in (b"", b"\n", b"\r"):
            continue
        if start is not None:
            yield _without_last_line_end(body[start : found.start()])
        start = found.end()
        if found.group(1):
            if _has_words(body[start:]):
                bounds.note("Text stands behind the last part of the mail; it is kept in the raw mail only.")
            return
    if start is not None:
        bounds.note("The mail ends in the middle of a part.")
        yield body[start:]


def _has_words(epilogue: bytes) -> bool:
    return bool(epilogue[:10_000].strip())


def _without_last_line_end(piece: bytes) -> bytes:
    # The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    for end in (b"\r\n", b"\n", b"\r"):
        if piece.endswith(end):
            return piece[: -len(end)]
    return piece


def _split(raw: bytes, bounds: Bounds) -> tuple[bytes, bytes]:
    block, body = _parted(raw, bounds)
    # The standard parser would take both for the end of the headers.
    return BLANK_BEFORE_COLON.sub(rb"\1:", ESCAPED_FROM.sub(b"", block)), body


def _parted(raw: bytes, bounds: Bounds) -> tuple[bytes, bytes]:
    """Header block and body, parted by the first empty line or by the first line that is no field."""
    at = 0
    while at < len(raw):
        line = LINE.match(raw, at)
        assert line is not None  # the expression matches everywhere
        if not line.group().strip(b"\r\n"):
            return raw[:at], raw[line.end() :]
        if not FIELD.match(line.group()) and (at == 0 or line.group().strip()):
            bounds.note("Headers and text are not parted by an empty line.")
            return raw[:at], raw[at:]
        at = line.end()
        if at > MAX_HEADER_BYTES:
            bounds.note("The headers are longer than 256 KB; the rest of them was left unread.")
            end = EMPTY_LINE.search(raw, at - 2)
            return raw[: line.start() or MAX_HEADER_BYTES], raw[end.end() :] if end else b""
    return raw[:at], b""
