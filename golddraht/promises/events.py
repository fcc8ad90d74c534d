"""What happened to promises. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PromiseMade:
    promise_id: int
    conversation_id: int | None
    at: datetime
    customer_id: int | None = None


@dataclass(frozen=True)
class PromiseKept:
    promise_id: int
    conversation_id: int | None
    at: datetime
    customer_id: int | None = None


@dataclass(frozen=True)
class PromiseBroken:
    promise_id: int
    conversation_id: int | None
    at: datetime
    customer_id: int | None = None


@dataclass(frozen=True)
class PromiseWaived:
    """Not needed any more: the concern was solved before it fell due."""

    promise_id: int
    conversation_id: int | None
    at: datetime
    customer_id: int | None = None


@dataclass(frozen=True)
class PromiseReopened:
    """What seemed to keep it never arrived, and there is still time."""

    promise_id: int
    conversation_id: int | None
    at: datetime


@dataclass(frozen=True)
class PromiseEndangered:
    """It will probably not hold; the customer hears of it before it breaks, with options."""

    promise_id: int
    conversation_id: int | None
    at: datetime
    customer_id: int | None = None


@dataclass(frozen=True)
class OptionChosen:
    promise_id: int
    option_id: int
    new_promise_id: int | None
    conversation_id: int | None
    at: datetime
