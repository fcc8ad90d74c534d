"""What happened to imports. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ImportBegun:
    """There is work to do: reading, trying, taking over or undoing."""

    import_id: int
    at: datetime


@dataclass(frozen=True)
class ImportMoved:
    """It has come further, or was changed."""

    import_id: int
    at: datetime
