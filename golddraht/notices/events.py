"""What happened to notices. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NoticeWaits:
    """A device has something to be told, from that moment on."""

    device_id: int
    due_at: datetime
    at: datetime
