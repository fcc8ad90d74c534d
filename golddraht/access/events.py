"""What happened at the door of customers. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CodeAsked:
    """Somebody asked for a code; whether its address is known is not told here either."""

    code_id: int
    at: datetime


@dataclass(frozen=True)
class CopyAsked:
    """Somebody wants a copy of everything about a person."""

    copy_id: int
    at: datetime
