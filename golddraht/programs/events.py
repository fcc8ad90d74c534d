"""What happened to what programs are told. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NewsWaits:
    """A webhook has something to be told, now or at a later moment."""

    webhook_id: int
    due_at: datetime | None
    at: datetime
