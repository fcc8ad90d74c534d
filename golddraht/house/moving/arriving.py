"""What becomes of rows that would do something by themselves: they arrive at rest, and a person sets them going."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from golddraht.channels.rules import DeliveryState

Row = dict[str, Any]
FAR_AWAY = timedelta(days=3650)
UNDER_WAY = frozenset({DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.HANDING_OVER})


def _closed_mailbox(row: Row, at: datetime) -> Row:
    """Its passwords stayed behind: it is opened again by somebody who enters them."""
    return row | {"active": False, "is_default": False, "uses_oauth": False}


def _held_delivery(row: Row, at: datetime) -> Row:
    """The old installation may have sent it: whether it goes once more is a person's to say."""
    if row["state"] not in UNDER_WAY:
        return row
    return row | {"state": DeliveryState.HELD.value, "next_attempt_at": None}


def _told_alarm(row: Row, at: datetime) -> Row:
    """Nobody is woken by troubles of another house."""
    return row | {"told_at": row["told_at"] or at.isoformat(), "cleared_at": row["cleared_at"] or at.isoformat()}


def _waiting_draft(row: Row, at: datetime) -> Row:
    """An answer that was on its way waits until its writer takes it back: the old installation may have sent it."""
    if row["leaves_at"] is None:
        return row
    return row | {"leaves_at": (at + FAR_AWAY).isoformat(), "is_timed": True}


def _ended_errand(row: Row, at: datetime) -> Row:
    """What was being done to many concerns stops where it was."""
    return row | {"ended_at": row["ended_at"] or at.isoformat()}


AT_REST: dict[str, Callable[[Row, datetime], Row]] = {
    "channels.Mailbox": _closed_mailbox,
    "channels.Delivery": _held_delivery,
    "conversations.Draft": _waiting_draft,
    "conversations.Errand": _ended_errand,
    "team.Alarm": _told_alarm,
}


def as_it_arrives(label: str, row: Row, at: datetime) -> Row:
    """The row, at rest."""
    return AT_REST[label](row, at) if label in AT_REST else row
