"""What happened outside. Ids and moments; a promised date carries the words in which it is promised.

Programs hear the ids and flags alone (`programs.naming`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OrderPlaced:
    order_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class OrderCancelled:
    order_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class DeliveryChanged:
    """Something new was said of a delivery."""

    delivery_id: int
    customer_id: int
    state: str
    at: datetime


@dataclass(frozen=True)
class DeliverySent:
    delivery_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class DeliveryArrived:
    delivery_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class VisitPlanned:
    appointment_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class VisitDone:
    appointment_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class ReturnAnnounced:
    return_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class ReturnReceived:
    return_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class OutsideWithdrawn:
    """Whoever said it took it back: these moments did not happen; without any the thing itself is gone."""

    thing: str
    thing_id: int
    fallen: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class DateWithdrawn:
    """Whoever said it took it back: `said_at` names the date by when it was said, `done_at` the proof; None of what still holds."""

    mark: str
    customer_id: int
    said_at: datetime | None
    done_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class DatePromised:
    """Something comes to a customer by a date, as its source says by now; told again whenever any of it changes.

    `mark` names the thing for good. Without `due_at` no date holds. `said_at` is when the source named this date.
    """

    mark: str
    customer_id: int
    conversation_id: int | None
    what: str
    reference: str
    tour: str
    starts_at: datetime | None
    due_at: datetime | None
    said_at: datetime | None
    agreed: bool
    why: str
    done_at: datetime | None
    cancelled_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class DeliveryPromised(DatePromised):
    """It is brought."""


@dataclass(frozen=True)
class VisitPromised(DatePromised):
    """Somebody comes."""
