"""What a program may do with its token: areas, each to read or to write."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Area(StrEnum):
    """A part of the interface."""

    CONVERSATIONS = "conversations"
    CUSTOMERS = "customers"
    PROMISES = "promises"
    TEAM = "team"
    ORDERS = "orders"
    CALLS = "calls"


class Scope(StrEnum):
    """One thing that a token opens. A scope that writes does not read, so that a telephone system learns nothing."""

    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_WRITE = "conversations:write"
    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    PROMISES_READ = "promises:read"
    PROMISES_WRITE = "promises:write"
    TEAM_READ = "team:read"
    TEAM_WRITE = "team:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    CALLS_WRITE = "calls:write"

    @property
    def writes(self) -> bool:
        return self.value.endswith(":write")


READING = frozenset(scope for scope in Scope if not scope.writes)


def scope_of(area: Area, *, is_reading: bool) -> Scope:
    """The scope that a request in this area needs. Calls are only told to us, so there is nothing to read."""
    return Scope(f"{area}:{'read' if is_reading and area is not Area.CALLS else 'write'}")


def scopes_of(told: Iterable[str], *, may_write: bool) -> frozenset[Scope]:
    """The scopes as they were kept; a token from before there were scopes reads everything, or reads and writes it."""
    known = frozenset(Scope(one) for one in told if one in {scope.value for scope in Scope})
    return known or (frozenset(Scope) if may_write else READING)
