"""How far a delivery has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from golddraht.commerce.rules import DeliveryState, delivery_state


def moments_of(row: Any, *, ordered_at: datetime | None = None) -> dict[DeliveryState, datetime | None]:
    """When each step was taken, as far as its source has said so."""
    return {
        DeliveryState.ORDERED: ordered_at,
        DeliveryState.PACKED: row.packed_at,
        DeliveryState.SENT: row.sent_at,
        DeliveryState.NEAR: row.near_at,
        DeliveryState.TRIED: row.tried_at,
        DeliveryState.ARRIVED: row.arrived_at,
        DeliveryState.CANCELLED: row.cancelled_at,
    }


def state_of_delivery(row: Any) -> DeliveryState:
    return delivery_state(moments_of(row))
