"""What happened to those who care. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CountryChanged:
    """Another law applies to the company from now on."""

    at: datetime


@dataclass(frozen=True)
class AlarmRaised:
    """A person is needed now, and is told on another way than the one that failed."""

    alarm_id: int
    at: datetime


@dataclass(frozen=True)
class AlarmCleared:
    alarm_id: int
    at: datetime
