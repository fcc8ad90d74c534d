"""What happened to calls. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CallChanged:
    """It rings, somebody answered, it is over: whoever it rang at sees it."""

    call_id: int
    member_ids: tuple[int, ...]
    at: datetime
