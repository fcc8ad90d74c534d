"""Text with blanks to be filled: `{name}`, `{anrede}`. Two braces of a kind stand for the brace itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

BLANK = re.compile(r"\{\{|\}\}|\{([^{}\n]{0,40})\}|[{}]")


class UnknownPlaceholder(ValueError):
    """A blank that nobody can fill, or a brace that stands alone; `name` is what was read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Nothing is known as {name}.")
        self.name = name


def placeholders_in(text: str) -> list[str]:
    """The names in their order, in small letters, each once. Raises UnknownPlaceholder for a brace that stands alone."""
    found: dict[str, None] = {}
    for hit in BLANK.finditer(text):
        if hit[0] in "{}":
            raise UnknownPlaceholder(hit[0])
        if hit[1] is not None:
            found[named(hit[1])] = None
    return list(found)


def check_placeholders(text: str, known: Collection[str]) -> None:
    """Raises UnknownPlaceholder for the first one that is not `known`."""
    for name in placeholders_in(text):
        if name not in known:
            raise UnknownPlaceholder("{" + name + "}")


def named(written: str) -> str:
    return written.strip().casefold()


def filled(text: str, value_of: Callable[[str], str]) -> tuple[str, list[str]]:
    """The text with its blanks filled, and the names of those that had no value: these stand as they were."""
    missing: dict[str, None] = {}

    def fill(hit: re.Match[str]) -> str:
        if hit[0] in ("{{", "}}"):
            return hit[0][0]
        if hit[1] is None:
            return hit[0]
        value = value_of(named(hit[1]))
        if not value:
            missing[named(hit[1])] = None
        return value or hit[0]

    return BLANK.sub(fill, text), list(missing)
