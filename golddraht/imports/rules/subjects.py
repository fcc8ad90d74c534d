"""What the rows of a file may be about: the table of subjects stands in the house's wiring, so that rooms above this one add theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from golddraht.imports.rules.guessing import Guess

CUSTOMERS = "customers"
"""What a file is about unless it is said."""


class Preview(Protocol):
    """What these first rows are understood as, for the page of this subject; nothing is written."""

    def __call__(self, file: Any, rows: Sequence[Any], *, at: datetime) -> Sequence[Any]: ...


class Trial(Protocol):
    """Writes into each row what it would be; `seen` remembers who was met in the portions before. The caller keeps the rows."""

    def __call__(self, file: Any, rows: Sequence[Any], *, at: datetime, seen: Any) -> None: ...


class Take(Protocol):
    """Takes these rows over, keeps what became of each, and counts it in the file, which the caller saves."""

    def __call__(self, file: Any, rows: Sequence[Any], *, at: datetime) -> None: ...


class UndoSome(Protocol):
    """Gives back what was before the next portion; False when none is left. The caller saves the file."""

    def __call__(self, file: Any, portion: int, *, at: datetime) -> bool: ...


@dataclass(frozen=True)
class Subject:
    """One thing that files are about, with whoever understands their rows.

    `targets` are what a column may mean, `many` those that several columns may; without one that means `must` nothing can be
    taken over. Rows that say the same under `one_by` are one, and are looked at together.
    """

    name: str
    targets: Collection[str]
    many: Collection[str]
    knows: Callable[[str], bool]
    guesses: Callable[[Sequence[str], Sequence[Sequence[str]]], list[Guess]]
    preview: Preview
    try_rows: Trial
    take: Take
    undo_some: UndoSome
    must: str = ""
    one_by: str = ""
    portion: int = 1_000
    lets_in: bool = False
    """Whether a person decides here about whoever was erased."""


_subjects: dict[str, Subject] = {}


def use(table: Sequence[Subject]) -> None:
    """Take `table` as what files may be about; the house calls this once at start."""
    _subjects.clear()
    _subjects.update({one.name: one for one in table})


def subject_named(name: str) -> Subject | None:
    return _subjects.get(name)


def subject_of(file: Any) -> Subject:
    """What the file is about."""
    return _subjects[file.about]
