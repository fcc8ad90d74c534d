"""What happened to customers. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CustomerLearned:
    """Something new was said of a customer."""

    customer_id: int
    at: datetime


@dataclass(frozen=True)
class CustomersMerged:
    """Two customers are one person from now on; `head_id` stands in front."""

    merge_id: int
    customer_id: int
    head_id: int
    at: datetime


@dataclass(frozen=True)
class CustomersTakenApart:
    """A merge was undone."""

    merge_id: int
    customer_id: int
    head_id: int
    at: datetime


@dataclass(frozen=True)
class LookDue:
    """Customers wait to be looked at by the rules as they are now."""

    at: datetime
