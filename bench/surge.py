"""Do promised answer times hold when ten times the usual mail arrives within an hour?

A deterministic replay: four ordinary days teach how long a concern takes, on the fifth a
thousand mails come within an hour. Twelve people work in the order of the promised times, take their
breaks, and nobody knows beforehand how long a concern will take. Who is ill today is known, who
will be ill tomorrow is not.

    python -m bench.surge [seeds]

The best possible promise for a mail is the moment at which this very replay answers it, known
only afterwards and not rounded. Goal: at least 95 % held, median promise at most 1.25 times it in
working time (in elapsed time a promise just before or just after a night differs by that night).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from heapq import heappop, heappush
from math import exp
from random import Random
from statistics import fmean, median
from zoneinfo import ZoneInfo

from golddraht.ground.holidays import public_holidays
from golddraht.ground.hours import Calendar, same_hours
from golddraht.team.rules import promised_answer_at

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(BERLIN, same_hours(range(5), (time(8), time(18))), public_holidays("DE", "BY"))
DAY_SECONDS = 10 * 3600
START = datetime(2026, 3, 2, 8, tzinfo=BERLIN).astimezone(UTC)
DAYS = 14
SURGE_DAY = 4 * DAY_SECONDS
LAST_ARRIVAL = 6 * DAY_SECONDS
USUAL_PER_HOUR = 100
SURGE_HOURS = (9, 13)
SURGE_MAILS = 1000
CREW = 12
MEAN_SECONDS = 300.0
SCATTER = 0.8
ILL = 0.04
# The rota of the breaks: begun between these seconds of the day, and how long they last.
BREAKS = ((1800, 10800, 900), (10800, 22500, 2700), (25200, 34200, 900))
FORESIGHT = 4 * 3600
ANSWER_WITHIN = timedelta(hours=2)
REMEMBERED = 2000
GOAL_HELD = 0.95
GOAL_RATIO = 1.25


@dataclass(slots=True)
class Concern:
    """One mail of the replay; its moments in seconds of working time since the start."""

    arrived: float
    takes: float
    received_at: datetime
    promised_at: datetime = START
    answered: float = 0.0

    @property
    def answered_at(self) -> datetime:
        return CALENDAR.after(START, timedelta(seconds=self.answered))

    @property
    def is_held(self) -> bool:
        return self.answered_at <= self.promised_at


@dataclass(slots=True)
class Person:
    """Somebody who works; `pauses` are their coming breaks and sick days, soonest first."""

    pauses: list[tuple[float, float]]
    ill_on: frozenset[int] = frozenset()
    free_since: float = 0.0

    def back_at(self, now: float) -> float:
        """The moment from which they can take the next concern; `now` unless they are in a pause."""
        while self.pauses and self.pauses[0][0] <= now:
            begins, lasts = self.pauses.pop(0)
            self.free_since = max(begins, self.free_since) + lasts
        return max(self.free_since, now)


@dataclass(slots=True)
class Replay:
    """The floor of the service team while the surge comes in."""

    concerns: list[Concern]
    people: list[Person]
    queue: list[tuple[datetime, int]] = field(default_factory=list)
    free: list[tuple[float, int]] = field(default_factory=list)
    idle: list[int] = field(default_factory=list)
    recent: list[float] = field(default_factory=lambda: [MEAN_SECONDS])
    in_hand: list[tuple[float, float]] = field(default_factory=list)

    def run(self) -> list[Concern]:
        self.free = [(0.0, who) for who in range(len(self.people))]
        for index, concern in enumerate(self.concerns):
            self.work_until(concern.arrived)
            self.receive(index, concern)
        self.work_until(float("inf"))
        return self.concerns

    def receive(self, index: int, concern: Concern) -> None:
        waiting = self.waiting(concern.arrived)
        concern.promised_at = promised_answer_at(
            received_at=concern.received_at,
            calendar=CALENDAR,
            answer_within=ANSWER_WITHIN,
            waiting=waiting,
            handling_time=timedelta(seconds=fmean(self.recent[-REMEMBERED:])),
            people=self.people_from(concern.arrived),
        )
        heappush(self.queue, (concern.promised_at, index))
        while self.idle:
            heappush(self.free, (concern.arrived, self.idle.pop()))

    def people_from(self, now: float) -> float:
        """Who is not ill today, less the breaks that the rota has for the hours to come."""
        day, second = divmod(now, DAY_SECONDS)
        present = sum(day not in person.ill_on for person in self.people)
        return present * share_at_work(int(second // 900) * 900)

    def waiting(self, now: float) -> int:
        """Unanswered concerns, those in somebody's hands included."""
        while self.in_hand and self.in_hand[0][0] <= now:
            self.recent.append(heappop(self.in_hand)[1])
        return len(self.queue) + len(self.in_hand)

    def work_until(self, until: float) -> None:
        while self.free and self.free[0][0] <= until:
            now, who = heappop(self.free)
            back = self.people[who].back_at(now)
            if back > now:
                heappush(self.free, (back, who))
            elif self.queue:
                self.answer_next(now, who)
            else:
                self.people[who].free_since = now
                self.idle.append(who)

    def answer_next(self, now: float, who: int) -> None:
        _, index = heappop(self.queue)
        concern = self.concerns[index]
        concern.answered = now + concern.takes
        self.people[who].free_since = concern.answered
        heappush(self.in_hand, (concern.answered, concern.takes))
        heappush(self.free, (concern.answered, who))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a replay, for the mails of the surge hour and for all from then on."""

    held: float
    held_afterwards: float
    ratio_working: float
    ratio_elapsed: float
    best: float

    @property
    def is_good(self) -> bool:
        return self.held >= GOAL_HELD and self.ratio_working <= GOAL_RATIO


def replayed(seed: int, hour: int = 9) -> Outcome:
    """The outcome of one surge at that hour; the same seed always gives the same."""
    chance = Random(seed)
    begins = SURGE_DAY + (hour - 8) * 3600.0
    concerns = Replay(arrivals(chance, begins), [new_person(chance) for _ in range(CREW)]).run()
    surge = [concern for concern in concerns if begins <= concern.arrived < begins + 3600]
    afterwards = [concern for concern in concerns if concern.arrived >= begins]
    return Outcome(
        held=share_held(surge),
        held_afterwards=share_held(afterwards),
        ratio_working=median(promised_seconds(one) for one in surge)
        / median(one.answered - one.arrived for one in surge),
        ratio_elapsed=median(hours(one.received_at, one.promised_at) for one in surge)
        / median(hours(one.received_at, one.answered_at) for one in surge),
        best=median(one.answered - one.arrived for one in surge) / 3600,
    )


def share_held(concerns: list[Concern]) -> float:
    return sum(concern.is_held for concern in concerns) / len(concerns)


def promised_seconds(concern: Concern) -> float:
    return CALENDAR.between(concern.received_at, concern.promised_at).total_seconds()


def hours(earlier: datetime, later: datetime) -> float:
    return (later - earlier) / timedelta(hours=1)


def arrivals(chance: Random, begins: float) -> list[Concern]:
    usual = evenly(chance, 0, LAST_ARRIVAL, USUAL_PER_HOUR * LAST_ARRIVAL // 3600)
    surge = evenly(chance, begins, begins + 3600, SURGE_MAILS - USUAL_PER_HOUR)
    return [new_concern(chance, second) for second in sorted(usual + surge)]


def evenly(chance: Random, begins: float, ends: float, count: int) -> list[float]:
    return [chance.uniform(begins, ends) for _ in range(count)]


def new_concern(chance: Random, second: float) -> Concern:
    takes = MEAN_SECONDS * exp(chance.gauss(0, SCATTER) - SCATTER**2 / 2)
    return Concern(second, takes, CALENDAR.after(START, timedelta(seconds=second)))


def new_person(chance: Random) -> Person:
    ill_on = frozenset(day for day in range(DAYS) if chance.random() < ILL)
    pauses = [pause for day in range(DAYS) for pause in pauses_on(day, chance, ill_on)]
    return Person(pauses, ill_on)


def pauses_on(day: int, chance: Random, ill_on: frozenset[int]) -> list[tuple[float, float]]:
    """A sick day, or a break in the morning, lunch and a break in the afternoon."""
    begins = float(day * DAY_SECONDS)
    if day in ill_on:
        return [(begins, float(DAY_SECONDS))]
    return [(begins + chance.uniform(soonest, latest), lasts) for soonest, latest, lasts in BREAKS]


@cache
def share_at_work(second: int) -> float:
    """The part of the hours from that second of the day in which a person is not in a break."""
    until = min(second + FORESIGHT, DAY_SECONDS)
    away = fmean(sum(overlap(second, until, start_of(one, nth / 100), one[2]) for one in BREAKS) for nth in range(101))
    return 1 - away / (until - second)


def start_of(pause: tuple[int, int, int], part: float) -> float:
    soonest, latest, _ = pause
    return soonest + part * (latest - soonest)


def overlap(begins: float, ends: float, pause: float, lasts: float) -> float:
    return max(min(ends, pause + lasts) - max(begins, pause), 0.0)


def main(seeds: int = 20) -> int:
    print("hour seed    held  afterwards  median promise / best possible (working, elapsed)  best")
    outcomes = [reported(seed, hour) for hour in SURGE_HOURS for seed in range(seeds)]
    met = sum(one.is_good for one in outcomes)
    print(f"goal met in {met} of {len(outcomes)} replays;", end=" ")
    print(f"worst share held {min(one.held for one in outcomes):.1%},", end=" ")
    print(f"worst ratio {max(one.ratio_working for one in outcomes):.2f}")
    return 0 if met == len(outcomes) else 1


def reported(seed: int, hour: int) -> Outcome:
    one = replayed(seed, hour)
    print(f"{hour:4} {seed:4} {one.held:7.1%} {one.held_afterwards:11.1%}", end=" ")
    print(f"{one.ratio_working:27.2f} {one.ratio_elapsed:10.2f}", end=" ")
    print(f"{one.best:11.1f} h  {'met' if one.is_good else 'missed'}")
    return one


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
