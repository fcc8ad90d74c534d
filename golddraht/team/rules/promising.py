"""When an answer can honestly be promised, and by when the customer must hear from us again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot, sqrt

from golddraht.ground.durations import rounded_up
from golddraht.ground.hours import Calendar, NeverOpens, round_the_clock

# A thousand recent concerns tell their mean duration to about 3 %.
UNCERTAIN_MEAN = 0.03
# Durations of concerns scatter about as widely as they are long (lognormal, sigma about 0.8).
SCATTER = 0.95
# Standard deviations kept free: one such backlog in twenty takes longer.
DEVIATIONS = 1.65
# Who is there today is known; tomorrow somebody may be ill, so what is left for then takes longer.
TOMORROW = 1.1
SMALLEST_CREW = 0.5
LONGEST_BACKLOG = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Pace:
    """In how much working time a team promises a first answer, and a further word after each of its own.

    `touch_within` None promises no time of its own: then it is the usual days.
    """

    answer_within: timedelta
    touch_within: timedelta | None = None


def promised_answer_at(
    *,
    received_at: datetime,
    calendar: Calendar,
    answer_within: timedelta,
    waiting: int,
    handling_time: timedelta,
    people: float,
) -> datetime:
    """The moment in UTC to promise a first answer for, on a quarter of an hour in opening hours.

    `answer_within` is the policy in working time and never undercut; `waiting` the conversations
    already waiting for us; `handling_time` the mean of recent ones; `people` who will work on
    them on average during opening hours, breaks deducted. More waiting never gives an earlier
    promise. A calendar that never opens is counted round the clock, so that a promise is made.
    """
    backlog = backlog_time(waiting, handling_time, people)
    try:
        return earliest_promise(calendar, received_at, answer_within, backlog)
    except NeverOpens:
        always = round_the_clock(calendar.zone)
        return earliest_promise(always, received_at, answer_within, backlog)


def promised_touch_at(*, said_at: datetime, calendar: Calendar, touch_within: timedelta) -> datetime:
    """The moment in UTC by which the customer hears from us again, on a quarter of an hour in opening hours."""
    try:
        return promised_within(calendar, said_at, touch_within)
    except NeverOpens:
        return promised_within(round_the_clock(calendar.zone), said_at, touch_within)


def backlog_time(waiting: int, handling_time: timedelta, people: float) -> timedelta:
    """Working time in which the backlog and the concern behind it are done 19 times out of 20."""
    crew, ahead = max(people, SMALLEST_CREW), max(waiting, 0)
    expected = ahead / crew + 1
    deviation = hypot(UNCERTAIN_MEAN * ahead / crew, SCATTER * sqrt(ahead) / crew, SCATTER)
    concerns = expected + DEVIATIONS * deviation
    return min(handling_time, LONGEST_BACKLOG / concerns) * concerns


def earliest_promise(
    calendar: Calendar, received_at: datetime, answer_within: timedelta, backlog: timedelta
) -> datetime:
    left_today = calendar.between(received_at, calendar.end_of_day(received_at))
    realistic = backlog + max(backlog - left_today, timedelta(0)) * (TOMORROW - 1)
    return promised_within(calendar, received_at, max(answer_within, realistic))


def promised_within(calendar: Calendar, received_at: datetime, working: timedelta) -> datetime:
    moment = calendar.after(calendar.next_opening(received_at), working)
    promised = rounded_up(moment)
    if calendar.is_within(promised):
        return promised
    opening = calendar.next_opening(promised)
    rounded = rounded_up(opening)
    return rounded if calendar.is_within(rounded) else opening


def latest_next_touch(*, last_human_touch_at: datetime, longest_silence: timedelta) -> datetime:
    """The last moment at which the customer must have heard from a person again.

    Only words from a person count as a touch, so interim messages do not move it.
    """
    return last_human_touch_at + longest_silence
