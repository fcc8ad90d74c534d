"""What a telephone system tells of a call, and what became of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Signal(StrEnum):
    """What happens to a call."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"


class State(StrEnum):
    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    ENDED = "ENDED"
    MISSED = "MISSED"


SHOWN_FOR = timedelta(minutes=10)
"""How long a call that rings is shown where nobody says what became of it."""
WRITE_UP_WITHIN = timedelta(minutes=3)
"""How long after the end somebody is asked to write down what was said."""


def state_of(*, answered_at: datetime | None, ended_at: datetime | None) -> State:
    if ended_at is not None:
        return State.MISSED if answered_at is None else State.ENDED
    return State.RINGING if answered_at is None else State.ANSWERED
