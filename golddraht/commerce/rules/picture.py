"""Where a delivery or a visit stands, and the steps between ordering and having it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    ORDERED = "ordered"
    PACKED = "packed"
    SENT = "sent"
    NEAR = "near"  # With the driver who comes today.
    TRIED = "tried"  # Nobody was there.
    ARRIVED = "arrived"
    CANCELLED = "cancelled"


class VisitState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


STEPS = (DeliveryState.ORDERED, DeliveryState.PACKED, DeliveryState.SENT, DeliveryState.NEAR, DeliveryState.ARRIVED)
"""The way a delivery takes when all goes well."""


@dataclass(frozen=True)
class Step:
    """One step of the picture: when it was taken, if its moment is known, and whether it lies behind."""

    state: DeliveryState
    at: datetime | None
    is_done: bool
    is_next: bool


def delivery_state(moments: dict[DeliveryState, datetime | None]) -> DeliveryState:
    """The farthest it has come; what has arrived was not cancelled, whatever was said afterwards."""
    if moments.get(DeliveryState.ARRIVED):
        return DeliveryState.ARRIVED
    if moments.get(DeliveryState.CANCELLED):
        return DeliveryState.CANCELLED
    tried, near = moments.get(DeliveryState.TRIED), moments.get(DeliveryState.NEAR)
    if tried and not (near and near > tried):
        return DeliveryState.TRIED
    taken = [state for state in STEPS if moments.get(state)]
    return taken[-1] if taken else DeliveryState.ORDERED


def steps_of(moments: dict[DeliveryState, datetime | None]) -> tuple[Step, ...]:
    """The picture of the steps: a step that was left out lies behind as soon as a later one was taken."""
    reached = max((place for place, state in enumerate(STEPS) if moments.get(state)), default=0)
    ended = bool(moments.get(DeliveryState.CANCELLED))
    return tuple(
        Step(
            state,
            moments.get(state),
            is_done=place <= reached,
            is_next=not ended and place == reached + 1,
        )
        for place, state in enumerate(STEPS)
    )


def visit_state(*, done_at: datetime | None, cancelled_at: datetime | None) -> VisitState:
    if done_at:
        return VisitState.DONE
    return VisitState.CANCELLED if cancelled_at else VisitState.PLANNED
