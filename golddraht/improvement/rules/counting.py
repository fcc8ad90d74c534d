"""What one day, one team, one channel and one tag come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from golddraht.improvement.rules.lasting import EDGES

AGES = (1, 3, 7, 14, 28)
"""Days up to which an open concern belongs to a step of age."""


@dataclass(frozen=True)
class Concern:
    """To which team, channel and tags it belongs."""

    team_id: int
    channel: str
    tags: tuple[str, ...] = ()


Slice = tuple[int, str, str]
"""Team, channel and tag; an empty tag stands for all of them."""


def slices_of(concern: Concern) -> list[Slice]:
    """Where it counts: once in its team and channel, and once more under each of its tags."""
    return [(concern.team_id, concern.channel, tag) for tag in ("", *sorted(set(concern.tags) - {""}))]


def _steps() -> list[int]:
    return [0] * (len(EDGES) + 1)


def _ages() -> list[int]:
    return [0] * (len(AGES) + 1)


@dataclass
class Tally:
    """Counts that can be added up. `people` has a mark for everybody behind them and says nothing about who did what."""

    arrived: int = 0
    unanswered: int = 0
    first_kept: int = 0
    first_broken: int = 0
    kept: int = 0
    broken: int = 0
    changed: int = 0
    confirmed: int = 0
    presumed: int = 0
    recurred: int = 0
    objected: int = 0
    asked: int = 0
    rated: int = 0
    content: int = 0
    open: int = 0
    waiting: int = 0
    people: int = 0
    # Within which step of EDGES a person first answered, by working hours and by the clock.
    working: list[int] = field(default_factory=_steps)
    clock: list[int] = field(default_factory=_steps)
    # How old what is open was, in steps of AGES.
    ages: list[int] = field(default_factory=_ages)

    def __add__(self, other: Tally) -> Tally:
        joined: dict[str, Any] = {one.name: _joined(one.name, self, other) for one in fields(Tally)}
        return Tally(**joined)

    @property
    def ended(self) -> int:
        """What came to an end, for good or not."""
        return self.confirmed + self.presumed + self.recurred + self.objected


def _joined(name: str, one: Tally, other: Tally) -> int | list[int]:
    here, there = getattr(one, name), getattr(other, name)
    if name == "people":
        return int(here | there)
    return [a + b for a, b in zip(here, there, strict=True)] if isinstance(here, list) else int(here + there)


def added(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, start=Tally())
