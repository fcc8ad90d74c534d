"""Counting a day anew, as often as one likes: what stood there before is replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta

from django.db import transaction

from golddraht.improvement.models import CountedDay, DayTally, GoneTally
from golddraht.improvement.queries.days import bounds_of, today
from golddraht.improvement.queries.facts import (
    Arrival,
    Ending,
    Living,
    Opinion,
    Word,
    arrivals,
    endings,
    living,
    opinions,
    words_due,
)
from golddraht.improvement.rules.counting import AGES, Slice, Tally, slices_of
from golddraht.improvement.rules.lasting import bucket_of
from golddraht.improvement.rules.protecting import mark_of
from golddraht.promises.rules import Kind, State

Book = defaultdict[Slice, Tally]
SNAPSHOT = ("open", "waiting", "ages")
"""What can only be known on the day itself."""


@transaction.atomic
def count_day(*, on: date, at: datetime) -> None:
    """Put down what that day came to. Of past days the state of things at their end stays as it was."""
    CountedDay.objects.update_or_create(on=on, defaults={"counted_at": at})
    book = happened_on(on)
    _count_gone(book, on)
    if on == today(at):
        _count_living(book, living(), at=at)
    else:
        _keep_snapshot(book, on)
    DayTally.objects.filter(on=on).delete()
    DayTally.objects.bulk_create(_row(on, where, tally) for where, tally in book.items())


def happened_on(on: date) -> Book:
    """What that day came to by what is there now."""
    begins, ends = bounds_of(on)
    book: Book = defaultdict(Tally)
    _count_arrivals(book, arrivals(since=begins, until=ends))
    _count_words(book, words_due(since=begins, until=ends))
    _count_endings(book, endings(since=begins, until=ends))
    _count_opinions(book, opinions(since=begins, until=ends))
    return book


def _count_gone(book: Book, on: date) -> None:
    """Concerns of people who were erased still count; nothing tells any more whose they were."""
    for row in GoneTally.objects.filter(on=on):
        where = row.team_id, row.channel, row.tag
        book[where] += Tally(**{one.name: getattr(row, one.name) for one in fields(Tally)})


def count_anew(*, since: date) -> None:
    """The past has changed, for instance by an import: the days from then on are counted once more, one after the other."""
    CountedDay.objects.filter(on__gte=since).delete()


def _row(on: date, where: Slice, tally: Tally) -> DayTally:
    team_id, channel, tag = where
    return DayTally(on=on, team_id=team_id, channel=channel, tag=tag, **asdict(tally))


def _count_arrivals(book: Book, found: Iterable[Arrival]) -> None:
    for one in found:
        for where in slices_of(one.concern):
            tally = book[where]
            tally.arrived += 1
            tally.unanswered += one.is_unanswered
            tally.people |= mark_of(one.answered_by)
            if one.working is not None and one.clock is not None:
                tally.working[bucket_of(_minutes(one.working))] += 1
                tally.clock[bucket_of(_minutes(one.clock))] += 1


def _minutes(time: timedelta) -> float:
    return time / timedelta(minutes=1)


def _count_words(book: Book, found: Iterable[Word]) -> None:
    for one in found:
        for where in slices_of(one.concern):
            tally, is_first = book[where], one.kind == Kind.FIRST_ANSWER
            tally.people |= mark_of(one.owner_id)
            tally.kept += one.state == State.KEPT
            tally.broken += one.state == State.BROKEN
            tally.changed += one.state == State.CHANGED
            tally.first_kept += is_first and one.state == State.KEPT
            tally.first_broken += is_first and one.state == State.BROKEN


def _count_endings(book: Book, found: Iterable[Ending]) -> None:
    for one in found:
        for where in slices_of(one.concern):
            tally = book[where]
            tally.people |= mark_of(one.by_id)
            setattr(tally, one.how, getattr(tally, one.how) + 1)


def _count_opinions(book: Book, found: Iterable[Opinion]) -> None:
    for one in found:
        for where in slices_of(one.concern):
            tally = book[where]
            tally.people |= mark_of(one.owner_id)
            tally.asked += 1
            tally.rated += one.is_rated
            tally.content += one.is_content


def _count_living(book: Book, found: Iterable[Living], *, at: datetime) -> None:
    for one in found:
        age = next((step for step, days in enumerate(AGES) if at - one.since < timedelta(days=days)), len(AGES))
        for where in slices_of(one.concern):
            tally = book[where]
            tally.open += 1
            tally.waiting += one.waits_for_us
            tally.ages[age] += 1


def _keep_snapshot(book: Book, on: date) -> None:
    for row in DayTally.objects.filter(on=on):
        tally = book[row.team_id, row.channel, row.tag] if row.open else Tally()
        for name in SNAPSHOT:
            setattr(tally, name, getattr(row, name))
