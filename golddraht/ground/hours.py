"""Business hours: when somebody is there, and when so much working time will have passed.

Every result is an aware moment in UTC. Working time is elapsed time: the night in which the clocks
change is an hour shorter or longer, exactly as it is for the people who work through it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from golddraht.ground.holidays import NO_HOLIDAYS

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
MIDNIGHT = time(0)
NOTHING = timedelta(0)
DAY = timedelta(days=1)
LONGEST_CLOSURE = timedelta(days=370)

Holidays = Container[date] | Callable[[date], bool]
Interval = tuple[datetime, datetime]


class NeverOpens(ValueError):
    """The calendar has no opening within 370 days, so no working time can be counted."""


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """Open on every such weekday (Monday is 0). `closes` at 00:00 means the end of the day, 24:00."""

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"A weekday is 0 to 6, not {self.weekday}.")
        refuse_backward_span(self.opens, self.closes)


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Open on this one day. The spans of a day replace its weekly hours and win over a holiday."""

    on: date
    opens: time
    closes: time

    def __post_init__(self) -> None:
        refuse_backward_span(self.opens, self.closes)


def refuse_backward_span(opens: time, closes: time) -> None:
    if opens.tzinfo or closes.tzinfo:
        raise ValueError("Opening hours are wall-clock times of the calendar's own zone.")
    if closes not in (MIDNIGHT,) and closes <= opens:
        raise ValueError(f"A span cannot open at {opens} and close at {closes}.")


@dataclass(frozen=True)
class Calendar:
    """The weekly hours of a place, with its holidays, closures and special openings.

    Breaks are simply two spans on one day. Overlapping spans count once.
    """

    zone: ZoneInfo
    week: tuple[WeekSpan, ...]
    holidays: Holidays = NO_HOLIDAYS
    closed_on: frozenset[date] = frozenset()
    extra: tuple[DaySpan, ...] = ()
    _known: dict[date, tuple[Interval, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    def after(self, moment: datetime, working: timedelta) -> datetime:
        """The first moment at which this much working time has passed since `moment`.

        It lies within opening hours or on their end; no working time at all gives `moment` itself.
        Raises NeverOpens.
        """
        if working < NOTHING:
            raise ValueError("Working time cannot be negative.")
        start, left = in_utc(moment), working
        if not left:
            return start
        for opens, closes in self.intervals_from(start):
            begins = max(opens, start)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
        raise AssertionError("intervals_from ends only by raising")

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """The working time from `earlier` to `later`; nothing when they are the wrong way round."""
        start, end = in_utc(earlier), in_utc(later)
        total = NOTHING
        day, last = self.day_of(start), self.day_of(end)
        while day <= last:
            for opens, closes in self.intervals_on(day):
                total += max(min(closes, end) - max(opens, start), NOTHING)
            day += DAY
        return total

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there; the closing moment itself is no longer open."""
        at = in_utc(moment)
        return any(opens <= at < closes for opens, closes in self.intervals_on(self.day_of(at)))

    def is_within(self, moment: datetime) -> bool:
        """Whether a result of `after` may lie here: open, or exactly at closing time."""
        return self.is_open(moment) or self.is_open(moment - timedelta(microseconds=1))

    def next_opening(self, moment: datetime) -> datetime:
        """`moment` itself while open, else the next moment somebody is there. Raises NeverOpens."""
        at = in_utc(moment)
        opens, _ = next(self.intervals_from(at))
        return max(opens, at)

    def intervals_from(self, moment: datetime) -> Iterator[Interval]:
        """Opening intervals that end after `moment`, without end. Raises NeverOpens."""
        day = last_opened = self.day_of(moment)
        while day - last_opened <= LONGEST_CLOSURE:
            for opens, closes in self.intervals_on(day):
                if closes > moment:
                    last_opened = day
                    yield opens, closes
            day += DAY
        raise NeverOpens(f"Nobody is there in the {LONGEST_CLOSURE.days} days after {last_opened}.")

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """The opening intervals of a local day as moments in UTC, in order and without overlap."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = merged(
                (self.opening(day, opens), self.closing(day, closes)) for opens, closes in self.spans_on(day)
            )
        return known

    def spans_on(self, day: date) -> list[tuple[time, time]]:
        if day in self.closed_on:
            return []
        special = [(span.opens, span.closes) for span in self.extra if span.on == day]
        if special or self.is_holiday(day):
            return special
        return [(span.opens, span.closes) for span in self.week if span.weekday == day.weekday()]

    def is_holiday(self, day: date) -> bool:
        return self.holidays(day) if callable(self.holidays) else day in self.holidays

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def end_of_day(self, moment: datetime) -> datetime:
        """Local midnight behind `moment`."""
        return self.closing(self.day_of(moment), MIDNIGHT)

    def opening(self, day: date, opens: time) -> datetime:
        return wall_moment(datetime.combine(day, opens), self.zone, is_later=False)

    def closing(self, day: date, closes: time) -> datetime:
        ends_on = day + DAY if closes == MIDNIGHT else day
        # Midnight that comes twice belongs to the next day, so only its first coming ends this one.
        is_later = closes != MIDNIGHT
        return wall_moment(datetime.combine(ends_on, closes), self.zone, is_later=is_later)


def in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(UTC)


def wall_moment(wall: datetime, zone: ZoneInfo, *, is_later: bool) -> datetime:
    """The moment in UTC at which clocks in `zone` show `wall`.

    A time that comes twice is taken at its earlier or later coming; one that is skipped is the
    moment of the change (PEP 495 describes both).
    """
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if late < early:
        return change_of_clocks(zone, after=late, until=early)
    return late if is_later else early


def change_of_clocks(zone: ZoneInfo, *, after: datetime, until: datetime) -> datetime:
    """The moment, exact to the second, at which the offset of `zone` changes in that stretch."""
    before = after.astimezone(zone).utcoffset()
    seconds = range(int((until - after).total_seconds()) + 1)

    def has_changed(second: int) -> bool:
        return (after + timedelta(seconds=second)).astimezone(zone).utcoffset() != before

    return after + timedelta(seconds=bisect_left(seconds, True, key=has_changed))


def merged(intervals: Iterator[Interval]) -> tuple[Interval, ...]:
    """The same openings in order, touching and overlapping ones joined, empty ones dropped."""
    joined: list[Interval] = []
    for opens, closes in sorted(pair for pair in intervals if pair[0] < pair[1]):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def same_hours(weekdays: range, *spans: tuple[time, time]) -> tuple[WeekSpan, ...]:
    """The same spans on each of these weekdays: `same_hours(range(5), (time(8), time(18)))`."""
    return tuple(WeekSpan(day, opens, closes) for day in weekdays for opens, closes in spans)


def round_the_clock(zone: ZoneInfo) -> Calendar:
    """A calendar that is always open; what a place without any hours falls back to."""
    return Calendar(zone, same_hours(range(7), (MIDNIGHT, MIDNIGHT)))
