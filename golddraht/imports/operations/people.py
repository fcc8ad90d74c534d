"""Files of customers: one row is one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from golddraht.imports.models import Import, Row
from golddraht.imports.operations.judging import Judged, Seen, judge, note_trial, with_likenesses
from golddraht.imports.operations.taking import home_country, take
from golddraht.imports.operations.undoing import undo_some
from golddraht.imports.rules.guessing import guesses
from golddraht.imports.rules.subjects import CUSTOMERS, Subject
from golddraht.imports.rules.targets import MANY, Target, is_known


def preview(file: Import, rows: Sequence[Row], *, at: datetime) -> list[Judged]:
    """The rows as they are understood, held against everybody we know."""
    return _judged(file, rows, at=at, seen=Seen())


def try_rows(file: Import, rows: Sequence[Row], *, at: datetime, seen: Seen) -> None:
    for one in _judged(file, rows, at=at, seen=seen):
        note_trial(one)


def _judged(file: Import, rows: Sequence[Row], *, at: datetime, seen: Seen) -> list[Judged]:
    home = home_country()
    judged = judge(file, rows, home=home, today=at.date(), seen=seen)
    return with_likenesses(judged, source=file.source.source, home=home, at=at)


PEOPLE = Subject(
    name=CUSTOMERS,
    targets=frozenset(map(str, Target)),
    many=frozenset(map(str, MANY)),
    knows=is_known,
    guesses=guesses,
    preview=preview,
    try_rows=try_rows,
    take=take,
    undo_some=undo_some,
    lets_in=True,
)
