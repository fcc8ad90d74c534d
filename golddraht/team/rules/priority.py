"""How urgent a concern is, in three words."""

from __future__ import annotations

from enum import StrEnum


class Priority(StrEnum):
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    URGENT = "URGENT"
