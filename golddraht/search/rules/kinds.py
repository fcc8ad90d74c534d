"""What can be found, of any room: the table of kinds stands in the house's wiring, so that rooms above this one add theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from golddraht.search.rules.documents import Draft


@dataclass(frozen=True)
class Found:
    """A row as it is shown to whoever searched. `kind` and `source_id` say what it is, the rest where it belongs."""

    kind: str
    source_id: int
    at: datetime
    title: str
    text: str
    who: str = ""
    conversation_number: int | None = None
    conversation_status: str = ""
    customer_id: int | None = None
    file_names: tuple[str, ...] = ()
    signature: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of row that can be found.

    `drafts` gives the words of those rows that exist, and holds them until the transaction ends, so that none is erased
    meanwhile; `shown` gives those that the viewer may see.
    """

    name: str
    drafts: Callable[[Sequence[int]], list[Draft]]
    shown: Callable[[Any, Collection[int]], list[Found]]


_kinds: dict[str, Kind] = {}


def use(table: Sequence[Kind]) -> None:
    """Take `table` as what can be found; the house calls this once at start."""
    _kinds.clear()
    _kinds.update({kind.name: kind for kind in table})


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def kind_names() -> tuple[str, ...]:
    return tuple(_kinds)
