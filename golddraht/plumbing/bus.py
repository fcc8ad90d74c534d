"""Events and what follows from them, inside the transaction of whoever publishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection

Reaction = Callable[[Any], None]
_reactions: dict[type, Sequence[Reaction]] = {}


def use(table: Mapping[type, Sequence[Reaction]]) -> None:
    """Take `table` as the consequences of events; the house's wiring calls this once at start."""
    _reactions.clear()
    _reactions.update(table)


def publish(event: object) -> None:
    """Run every reaction to `event`, in order, inside the caller's transaction: all of it holds, or none."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs inside a transaction.")
    for react in _reactions.get(type(event), ()):
        react(event)
