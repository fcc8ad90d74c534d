"""Concerns go, and their counts stay: what a day came to is the same before and after somebody is erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from golddraht.conversations.models import Conversation, Solution
from golddraht.improvement.models import GoneTally, Satisfaction
from golddraht.improvement.operations.counting import SNAPSHOT, Book, happened_on
from golddraht.improvement.queries.days import today
from golddraht.improvement.rules.counting import Slice, Tally
from golddraht.promises.models import Promise

MOMENTS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Conversation, "pk", ("created_at",)),
    (Promise, "conversation_id", ("due_at", "settled_at")),
    (Solution, "conversation_id", ("confirmed_at", "objected_at", "presumed_at", "recurred_at")),
    (Satisfaction, "conversation_id", ("asked_at", "answered_at")),
)
"""What puts a concern into the count of a day."""


@contextmanager
def keeping_counts(conversation_ids: Iterable[int]) -> Iterator[None]:
    """Delete these concerns inside: what the days lose by it is put down as counts without persons."""
    before = {on: happened_on(on) for on in sorted(_days_of(list(conversation_ids)))}
    yield
    for on, book in before.items():
        _put_down(on, book, happened_on(on))


def _days_of(ids: list[int]) -> set[date]:
    found: set[date] = set()
    for model, key, names in MOMENTS:
        for moments in model.objects.filter(**{f"{key}__in": ids}).values_list(*names):
            found |= {today(at) for at in moments if isinstance(at, datetime)}
    return found


def _put_down(on: date, before: Book, after: Book) -> None:
    for where, tally in before.items():
        lost = _difference(tally, after.get(where, Tally()))
        if lost is not None:
            _add(on, where, lost)


def _difference(before: Tally, after: Tally) -> Tally | None:
    """What is missing now; None when nothing is."""
    lost: dict[str, Any] = {}
    for one in fields(Tally):
        here, there = getattr(before, one.name), getattr(after, one.name)
        if one.name in SNAPSHOT or one.name == "people":
            continue
        lost[one.name] = [a - b for a, b in zip(here, there, strict=True)] if isinstance(here, list) else here - there
    is_any = any(any(value) if isinstance(value, list) else value for value in lost.values())
    return Tally(people=before.people, **lost) if is_any else None


def _add(on: date, where: Slice, lost: Tally) -> None:
    team_id, channel, tag = where
    row, _ = GoneTally.objects.get_or_create(
        on=on, team_id=team_id, channel=channel, tag=tag, defaults={"working": [], "clock": [], "ages": []}
    )
    known = Tally(**{one.name: getattr(row, one.name) or getattr(Tally(), one.name) for one in fields(Tally)})
    for name, value in (known + lost).__dict__.items():
        setattr(row, name, value)
    row.save()
