"""Questions to the DNS as pure functions ask them: whoever calls brings the way to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class NotKnown(Exception):
    """Nobody could say: no answer in time, or a server that failed. It is not the same as “there is none”."""


@dataclass(frozen=True)
class Answer:
    """One record. `text` is a TXT record joined, an address, a name without its last dot, or, for other kinds, the record
    as it is written; `preference` is that of an MX."""

    text: str
    preference: int = 0


Look = Callable[[str, str], tuple[Answer, ...]]
"""Name and kind of record to its answers, empty when there are none. Raises NotKnown."""


def texts(look: Look, name: str) -> list[str]:
    """The TXT records of a name. Raises NotKnown."""
    return [answer.text for answer in look(name, "TXT")]


def tags(record: str) -> dict[str, str]:
    """The `tag=value` pairs of a record (RFC 6376 §3.2), small names, the first of each; what is none is left out."""
    found: dict[str, str] = {}
    for piece in record.split(";"):
        name, equals, value = piece.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found
