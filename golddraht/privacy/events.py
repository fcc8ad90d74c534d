from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ErasureAsked:
    """Somebody is to be erased; the clock of the law runs."""

    erasure_id: int
    at: datetime


@dataclass(frozen=True)
class ErasureApproved:
    """Somebody has looked at what goes and what stays: it can begin."""

    erasure_id: int
    at: datetime


@dataclass(frozen=True)
class PersonErased:
    """They are gone from every table; files may still follow."""

    erasure_id: int
    at: datetime


@dataclass(frozen=True)
class KeepingDue:
    """The day's look at what is past its period can begin, or go on."""

    run_id: int
    at: datetime


@dataclass(frozen=True)
class KeepingEnded:
    """It came through everything."""

    run_id: int
    at: datetime
