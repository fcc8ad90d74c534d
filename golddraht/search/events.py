"""What happened to saved filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FilterChanged:
    """One was kept, renamed, shared, pinned or removed."""

    filter_id: int
    at: datetime
