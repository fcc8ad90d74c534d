"""What a promise can be, when it is in danger or broken, and what can be offered instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import sqrt

from golddraht.ground.hours import Calendar, round_the_clock


class Kind(StrEnum):
    FIRST_ANSWER = "FIRST_ANSWER"
    CALLBACK = "CALLBACK"
    DELIVERY = "DELIVERY"
    VISIT = "VISIT"
    OTHER = "OTHER"


class State(StrEnum):
    OPEN = "OPEN"
    KEPT = "KEPT"
    BROKEN = "BROKEN"
    CHANGED = "CHANGED"  # By agreement: the customer chose.
    WAIVED = "WAIVED"  # The customer said that it is solved before it fell due: nobody waits for it any more.


class OptionKind(StrEnum):
    KEEP = "KEEP"
    OTHER_DATE = "OTHER_DATE"
    COLLECT = "COLLECT"
    SEND_BACK = "SEND_BACK"
    CALL_ME = "CALL_ME"


RECORDED = frozenset({Kind.CALLBACK, Kind.DELIVERY, Kind.VISIT, Kind.OTHER})
"""What an agent can promise; a first answer is promised by itself when a concern arrives."""

OURS_TO_DO = frozenset({Kind.FIRST_ANSWER, Kind.CALLBACK, Kind.OTHER})
"""Kept by the owner's own act, so their next touch cannot lie later, and a hand-over passes it on."""

NEEDLESS_ONCE_SOLVED = frozenset({Kind.CALLBACK, Kind.OTHER})
"""What we would have done to solve it; a delivery or a visit takes place all the same."""

BROUGHT_TO_THEM = frozenset({Kind.DELIVERY, Kind.VISIT})
"""What a cancelled tour takes with it."""

GRACE = timedelta(minutes=1)
"""A promise to the minute is broken a minute after its time, not within it."""

SOON = timedelta(hours=2)

FARTHEST = timedelta(days=366)
"""Nobody can be held to a date beyond a year, so it is no promise."""

WORKING_DAY = timedelta(hours=8)
CALL_BACK_WITHIN = timedelta(hours=2)
READY_TO_COLLECT_WITHIN = timedelta(hours=4)
SEND_BACK_WITHIN = 3 * WORKING_DAY


@dataclass(frozen=True)
class OptionDraft:
    """A way out that is to be offered. Without title and condition the usual words of its kind are shown.

    `cents` are what the customer pays, negative what they get back. Another date needs `due_at`.
    """

    kind: OptionKind
    title: str = ""
    condition: str = ""
    cents: int = 0
    starts_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class Interval:
    """A share with the range in which it lies in 95 of 100 such samples."""

    share: float
    low: float
    high: float


def is_broken(*, due_at: datetime, at: datetime) -> bool:
    return at > due_at + GRACE


def remind_at(*, made_at: datetime, due_at: datetime) -> datetime:
    """When the owner is reminded: after three quarters of the time, at most two hours before."""
    return max(due_at - SOON, made_at + (due_at - made_at) * 3 / 4)


def wilson_interval(hits: int, total: int) -> Interval | None:
    """The share of hits with its 95 % interval (E. B. Wilson, JASA 22, 1927); None without any trial."""
    if not total:
        return None
    z = 1.96
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # At both ends rounding would put the share a hair outside of its own range.
    return Interval(
        share, min(share, max(0.0, (middle - spread) / scale)), max(share, min(1.0, (middle + spread) / scale))
    )


def default_options(
    *, kind: Kind, starts_at: datetime | None, due_at: datetime, calendar: Calendar, not_before: datetime
) -> list[OptionDraft]:
    """What can be offered when something cannot be brought: two other dates, collecting, sending back, a call."""
    windows = other_windows(starts_at, due_at, calendar=calendar, not_before=not_before)
    drafts = [
        OptionDraft(OptionKind.OTHER_DATE, starts_at=starts, due_at=due)
        for starts, due in (next(windows), next(windows))
    ]
    if kind == Kind.DELIVERY:
        ready_at = due_after(calendar, not_before, READY_TO_COLLECT_WITHIN)
        drafts += [OptionDraft(OptionKind.COLLECT, due_at=ready_at), OptionDraft(OptionKind.SEND_BACK)]
    return [*drafts, OptionDraft(OptionKind.CALL_ME)]


def other_windows(
    starts_at: datetime | None, due_at: datetime, *, calendar: Calendar, not_before: datetime
) -> Iterator[tuple[datetime | None, datetime]]:
    """The same hours of the clock on the following working days, without end, none of them before `not_before`."""
    due, starts = due_at.astimezone(calendar.zone), starts_at.astimezone(calendar.zone) if starts_at else None
    for day in working_days(calendar, after=due.date()):
        shift = day - due.date()
        # Wall-clock arithmetic on purpose: ten o'clock stays ten o'clock when the clocks change.
        window = (starts + shift if starts else None, due + shift)
        if (window[0] or window[1]) > not_before:
            yield window


def working_days(calendar: Calendar, *, after: date) -> Iterator[date]:
    """The days on which somebody is there; every day for a calendar without weekly hours."""
    week = calendar if calendar.week else round_the_clock(calendar.zone)
    day = after
    while True:
        day += timedelta(days=1)
        if week.spans_on(day):
            yield day


def due_after(calendar: Calendar, at: datetime, working: timedelta) -> datetime:
    """When so much working time has passed; counted round the clock for a calendar without weekly hours."""
    week = calendar if calendar.week else round_the_clock(calendar.zone)
    return week.after(week.next_opening(at), working)


def due_of_choice(kind: OptionKind, due_at: datetime | None, *, calendar: Calendar, at: datetime) -> datetime:
    """By when we must have done what the customer chose, where the option itself does not say."""
    if due_at is not None and due_at > at:
        return due_at
    within = {OptionKind.CALL_ME: CALL_BACK_WITHIN, OptionKind.SEND_BACK: SEND_BACK_WITHIN}
    return due_after(calendar, at, within.get(kind, READY_TO_COLLECT_WITHIN))


def refusal_of_options(options: Sequence[OptionDraft], *, at: datetime) -> str:
    """Why these options cannot be offered, as a key: NONE, NO_DATE or PAST; empty when they can."""
    if not options:
        return "NONE"
    if any(option.kind == OptionKind.OTHER_DATE and option.due_at is None for option in options):
        return "NO_DATE"
    return "PAST" if any(option.due_at is not None and option.due_at <= at for option in options) else ""


class Follow(StrEnum):
    """What a word from outside asks of the promise that follows it."""

    NOTHING = "nothing"
    MAKE = "make"
    RECORD = "record"  # It was done before we heard of its date: kept or broken at once.
    KEEP = "keep"
    WAIVE = "waive"
    WARN = "warn"  # Another date, to which nobody has agreed: the customer is told, with ways out.
    ALL_CLEAR = "all_clear"
    AGREE = "agree"
    RENEW = "renew"  # The promised date has passed: it is broken, and the new one is promised.


@dataclass(frozen=True)
class Word:
    """What is said outside of something that comes to a customer; without `due_at` no date. `said_at` is when the date was named."""

    starts_at: datetime | None
    due_at: datetime | None
    said_at: datetime | None
    agreed: bool = False
    done_at: datetime | None = None
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """The latest promise that follows it. `ran_out`: broken by time alone, so that a keeping in time may still be recorded."""

    state: State
    starts_at: datetime | None
    due_at: datetime
    dated_at: datetime | None
    moved_from: datetime | None
    moved_to: datetime | None
    ran_out: bool = False


def follow(word: Word, standing: Standing | None, *, at: datetime) -> Follow:
    """Nobody is moved without being asked: only the customer's agreement changes a promise, whatever the source says."""
    if word.done_at is not None:
        return _once_done(word, standing)
    if word.cancelled_at is not None:
        return Follow.WAIVE if standing is not None and standing.state == State.OPEN else Follow.NOTHING
    if word.due_at is None or word.said_at is None:
        return Follow.NOTHING
    if standing is None or standing.state != State.OPEN:
        return _anew(word, standing, at=at)
    return _while_open(word, standing, at=at)


def _once_done(word: Word, standing: Standing | None) -> Follow:
    if standing is not None:
        may_be_kept = standing.state == State.OPEN or (standing.state == State.BROKEN and standing.ran_out)
        return Follow.KEEP if may_be_kept else Follow.NOTHING
    assert word.done_at is not None
    was_said_before = word.due_at is not None and word.said_at is not None and word.said_at <= word.done_at
    return Follow.RECORD if was_said_before else Follow.NOTHING


def _anew(word: Word, standing: Standing | None, *, at: datetime) -> Follow:
    """A promise where none is open: the first one, one after a broken one, or one that was called off and is not."""
    assert word.due_at is not None
    if not at < word.due_at <= at + FARTHEST:
        return Follow.NOTHING
    if standing is None or standing.state == State.WAIVED:
        return Follow.MAKE
    is_newer = standing.state == State.BROKEN and _is_newer(word, standing)
    return Follow.MAKE if is_newer and word.due_at > standing.due_at else Follow.NOTHING


def _while_open(word: Word, standing: Standing, *, at: datetime) -> Follow:
    assert word.due_at is not None
    if not _is_newer(word, standing) or (word.starts_at, word.due_at) == (standing.moved_from, standing.moved_to):
        # What the customer chose since holds against what was said before; and what they were told is not told again.
        return Follow.NOTHING
    if lies_within(word, standing):
        return Follow.ALL_CLEAR if standing.moved_to is not None else Follow.NOTHING
    if not at < word.due_at <= at + FARTHEST:
        return Follow.NOTHING
    if word.agreed:
        return Follow.AGREE
    return Follow.RENEW if is_broken(due_at=standing.due_at, at=at) else Follow.WARN


def _is_newer(word: Word, standing: Standing) -> bool:
    assert word.said_at is not None
    return standing.dated_at is None or word.said_at > standing.dated_at


def lies_within(word: Word, standing: Standing) -> bool:
    """A narrower window within the promised one holds what was promised."""
    assert word.due_at is not None
    starts_in_time = standing.starts_at is None or (word.starts_at or word.due_at) >= standing.starts_at
    return word.due_at <= standing.due_at and starts_in_time
