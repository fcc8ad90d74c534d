"""How far an import is, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    READING = "reading"
    UNREADABLE = "unreadable"
    MAPPING = "mapping"
    TRYING = "trying"
    TRIED = "tried"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


AT_WORK = frozenset({State.READING, State.TRYING, State.RUNNING, State.UNDOING})
"""Somebody works on it: a job, or whoever takes it up."""


class RowState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    BAD = "bad"
    LEFT = "left"  # Somebody decided that it is not taken over.
    UNDONE = "undone"


class Verdict(StrEnum):
    """What a row is, or would be: somebody new, somebody known, somebody new whom a person should look at, or bad.

    Of other things: known and otherwise than before, or of somebody whom nobody knows yet (doubtful).
    """

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class Moments:
    """When what happened to an import; None for what has not."""

    read_at: datetime | None
    unreadable: str
    trying_since: datetime | None
    tried_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None
    undoing_since: datetime | None
    undone_at: datetime | None


def state_of(moments: Moments) -> State:
    """The latest thing that happened says it."""
    if moments.undoing_since is not None:
        return State.UNDONE if moments.undone_at else State.UNDOING
    if moments.begun_at is not None:
        return State.DONE if moments.ended_at else State.RUNNING
    if moments.trying_since is not None:
        return State.TRIED if moments.tried_at else State.TRYING
    if moments.unreadable:
        return State.UNREADABLE
    return State.MAPPING if moments.read_at else State.READING
