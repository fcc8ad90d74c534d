"""What other rooms know for the placeholders of a text, such as the newest open order: asked only where a text wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from golddraht.conversations.rules import Blank


class Filler(Protocol):
    """Gives the words for placeholders, in that language; what is not known is left out."""

    def __call__(
        self, *, customer_id: int, conversation_id: int, language: str, zone: str, at: datetime
    ) -> dict[Blank, str]: ...


_fillers: list[Filler] = []


def use(fillers: Sequence[Filler]) -> None:
    """Take these as whoever knows more; the house's wiring calls this once at start."""
    _fillers[:] = fillers


def known_outside(
    *, customer_id: int, conversation_id: int, language: str, zone: str, at: datetime
) -> dict[Blank, str]:
    found: dict[Blank, str] = {}
    for fill in _fillers:
        found |= fill(customer_id=customer_id, conversation_id=conversation_id, language=language, zone=zone, at=at)
    return found
