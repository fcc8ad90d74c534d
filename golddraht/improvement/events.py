"""What happened to causes. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ProblemChanged:
    """It was opened, or says something else now."""

    problem_id: int
    at: datetime


@dataclass(frozen=True)
class ConcernLinked:
    """A concern belongs to a problem, or does no longer."""

    problem_id: int
    conversation_id: int
    at: datetime


@dataclass(frozen=True)
class ProblemFixed:
    """Its owner says that the cause is gone; whether it is, later contacts show."""

    problem_id: int
    at: datetime


@dataclass(frozen=True)
class AffectedTold:
    """Letters about it were written, have left or were stopped."""

    problem_id: int
    at: datetime
