"""What programs are told, how it is signed, and when it is tried again."""

from __future__ import annotations

import base64
import hmac
from datetime import timedelta
from enum import StrEnum

PREFIX_OF_SECRETS = "whsec_"  # What every secret begins with is none.


class News(StrEnum):
    """The names of what is told."""

    CONCERN_OPENED = "concern.opened"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_SENT = "message.sent"
    CONCERN_CHANGED = "concern.changed"
    CONCERN_HANDED_OVER = "concern.handed_over"
    CONCERN_ESCALATED = "concern.escalated"
    SOLUTION_PROPOSED = "concern.solution_proposed"
    CONCERN_SOLVED = "concern.solved"
    CONCERN_REOPENED = "concern.reopened"
    INQUIRY_ANSWERED = "inquiry.answered"
    ANSWER_LOST = "answer.lost"
    PROMISE_MADE = "promise.made"
    PROMISE_KEPT = "promise.kept"
    PROMISE_BROKEN = "promise.broken"
    PROMISE_WAIVED = "promise.waived"
    PROMISE_REOPENED = "promise.reopened"
    PROMISE_ENDANGERED = "promise.endangered"
    OPTION_CHOSEN = "promise.option_chosen"
    ORDER_PLACED = "order.placed"
    DELIVERY_CHANGED = "delivery.changed"
    ALARM_RAISED = "alarm.raised"
    ALARM_CLEARED = "alarm.cleared"
    PING = "ping"  # Only when somebody tries the webhook out.


TOLD = tuple(news for news in News if news is not News.PING)
"""What a webhook can choose."""


class DeliveryState(StrEnum):
    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    GIVEN_UP = "GIVEN_UP"  # The receiver refused this very message again and again; what follows is told all the same.


PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 3600, 2 * 3600, 4 * 3600, 6 * 3600, 8 * 3600)
)
"""How long a webhook rests after so many failures in a row; the last pause repeats."""

REFUSED_AT_MOST = 4
"""So often a message that the receiver itself refuses (4xx) is tried; it must not hold up all that follow for ever."""

PAUSED_AFTER = timedelta(days=2)
"""A webhook that has failed for so long is paused, and somebody is told. Nothing is lost: what waits goes on waiting."""

OLD_SECRET_LASTS = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)
GONE = 410
ONLY_FOR_NOW = frozenset({408, 409, 421, 425, 429})
"""Refusals (4xx) that are about the moment, not about the message (RFC 9110, RFC 8470, RFC 6585)."""


def pause_after(failures: int) -> timedelta:
    """How long to rest after that many failures in a row, at least one."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


def is_success(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def is_refused(status: int | None) -> bool:
    """Whether the receiver is well and does not want this very message."""
    return status is not None and 400 <= status < 500 and status not in ONLY_FOR_NOW


def signature(*, secret: str, message_id: str, timestamp: int, body: str) -> str:
    """After Standard Webhooks: HMAC-SHA256 over id, time and body with the bytes behind `whsec_`."""
    key = base64.b64decode(secret.removeprefix(PREFIX_OF_SECRETS))
    digest = hmac.digest(key, f"{message_id}.{timestamp}.{body}".encode(), "sha256")
    return "v1," + base64.b64encode(digest).decode()


def headers_for(*, secrets: list[str], message_id: str, timestamp: int, body: str) -> dict[str, str]:
    """What goes along with a message; during a rotation it is signed with both secrets."""
    signed = [signature(secret=one, message_id=message_id, timestamp=timestamp, body=body) for one in secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Golddraht-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signed),
    }
