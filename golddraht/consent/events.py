"""What customers allowed and refused. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ConsentAsked:
    """Somebody is to be asked to confirm (double opt-in)."""

    act_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class ConsentGiven:
    """They allowed something: said so, or confirmed it."""

    act_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class ConsentWithdrawn:
    act_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class ObjectionRaised:
    """They do not want advertising any more."""

    act_id: int
    customer_id: int
    at: datetime


@dataclass(frozen=True)
class ObjectionRead:
    """A colleague said what was meant by words that were read as an objection, or as one perhaps: MISREAD, UPHELD, or UNSAID."""

    act_id: int
    customer_id: int
    message_id: int
    note_id: int
    reading: str
    at: datetime


@dataclass(frozen=True)
class ChannelsChosen:
    """For a purpose they chose the ways on which they want to hear from us."""

    customer_id: int
    at: datetime


@dataclass(frozen=True)
class LeaveRefused:
    """The gate let something not leave: of which class, and for which of its reasons."""

    refusal_id: int
    customer_id: int | None
    conversation_id: int | None
    message_class: str
    reason: str
    at: datetime
