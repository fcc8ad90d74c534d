"""What a trusted server noted about a mail: `Authentication-Results` of RFC 8601, and nobody else's.

A sender can write such a field as well. So only the topmost one that carries the trusted server's name counts, and only
where that server can have put it: above the first `Received` that another server had written before (RFC 8601 §5, §7.1).
"""

from __future__ import annotations

import re

from .headers import Headers
from .verdict import NOT_CHECKED, Checked, Evidence

FIELD = "authentication-results"
BY = re.compile(r"\bby\s+([A-Za-z0-9._-]+)")
FROM = re.compile(r"^\s*from\s+([^\s()\[\]]+)")
GREETING = re.compile(r"\bhelo=\S+", re.IGNORECASE)
LITERAL = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\]")
RESULT = re.compile(r"^\s*([a-z-]+)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
PROPERTY = re.compile(r"\b(?:smtp|header|policy)\s*\.\s*([a-z.]+)\s*=\s*(?:\"([^\"]*)\"|([^\s;]+))", re.IGNORECASE)
LONGEST = 8_000


def header_block(content: bytes) -> bytes:
    """The header fields of a mail, without its body."""
    return re.split(rb"\r\n\r\n|\n\n|\r\r", content.lstrip(b"\r\n")[:262_144], maxsplit=1)[0]


def trusted_evidence(headers: Headers, server: str) -> Evidence | None:
    """What the server called `server` found; None when it said nothing. An empty name trusts nobody."""
    value = _topmost(headers, server)
    if value is None:
        return None
    _, pieces = _told(value)
    return Evidence(
        dkim=tuple(_checked(piece, ("d", "i")) for method, piece in pieces if method == "dkim"),
        spf=next((_checked(piece, ("mailfrom", "helo")) for method, piece in pieces if method == "spf"), NOT_CHECKED),
        dmarc=next((_checked(piece, ("from",)) for method, piece in pieces if method == "dmarc"), NOT_CHECKED),
        told_by=server,
    )


def connecting_client(headers: Headers, server: str) -> tuple[str, str] | None:
    """Address and greeting of whoever handed the mail to the trusted server, from the `Received` it wrote; None without one."""
    for value in headers.raws("received")[:10]:
        if _is_of(_writer(value), server):
            # What the client says of itself comes first, what the server saw comes last.
            seen = LITERAL.findall(GREETING.sub("", value.partition(" by ")[0]))
            greeting = FROM.match(value)
            return (seen[-1], greeting.group(1) if greeting else "") if seen else None
    return None


def _topmost(headers: Headers, server: str) -> str | None:
    named = server.strip().lower()
    fields = _above_the_boundary(headers, named)
    for position, (name, value) in enumerate(fields):
        if name != FIELD or not named:
            continue
        plain = re.sub(r"\s+", " ", value)[:LONGEST]
        own = _told(plain)[0]
        if any(_is_of(one, named) for one in ([own] if own else _neighbours(fields, position))):
            return plain
    return None


def _neighbours(fields: list[tuple[str, str]], position: int) -> list[str]:
    """Who can have put a field without a name there, as Exchange Online does: the writers of the Received next below and above."""
    below = (_writer(value) for name, value in fields[position:] if name == "received")
    above = (_writer(value) for name, value in reversed(fields[:position]) if name == "received")
    return [one for one in (next(below, ""), next(above, "")) if one]


def _above_the_boundary(headers: Headers, server: str) -> list[tuple[str, str]]:
    """The fields that the trusted server or those behind it have put there."""
    found: list[tuple[str, str]] = []
    is_beyond, seen = False, 0
    is_named = any(_is_of(_writer(value), server) for value in headers.raws("received"))
    for name, value in headers.fields:
        if name == "received":
            is_own = _is_of(_writer(value), server)
            if is_beyond and not is_own:
                break
            is_beyond, seen = is_own or (not is_named and seen == 0), seen + 1
        found.append((name, value))
    return found


def _writer(received: str) -> str:
    written = BY.search(_without_comments(re.sub(r"\s+", " ", received[:LONGEST])))
    return written.group(1).lower() if written else ""


def _is_of(name: str, server: str) -> bool:
    here, there = name.lower().rstrip("."), server.lower().rstrip(".")
    return bool(here and there) and (here == there or here.endswith("." + there))


def _told(value: str) -> tuple[str, list[tuple[str, str]]]:
    """The server's name ("" where it wrote none), and method and words of each result."""
    first, *rest = _without_comments(value).split(";")
    words = first.split()
    is_nameless = RESULT.match(first) is not None
    name = "" if is_nameless or not words else words[0].strip('"').lower()
    pieces = [first, *rest] if is_nameless else rest
    found = ((RESULT.match(piece), piece) for piece in pieces[:50])
    return name, [(match.group(1).lower(), piece) for match, piece in found if match]


def _without_comments(value: str) -> str:
    """The value without its comments (RFC 5322 §3.2.2), nested ones included."""
    kept, depth = [], 0
    for sign in value:
        depth += sign == "("
        if depth == 0:
            kept.append(sign)
        depth -= sign == ")" and depth > 0
    return "".join(kept)


def _checked(piece: str, names: tuple[str, ...]) -> Checked:
    result = RESULT.match(piece)
    told = {name.lower(): (quoted or bare) for name, quoted, bare in PROPERTY.findall(piece)}
    value = next((told[name] for name in names if told.get(name)), "")
    return Checked(result.group(2).lower() if result else "none", value.rpartition("@")[2].strip("<>.").lower())
