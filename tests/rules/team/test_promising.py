from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.surge import GOAL_HELD, GOAL_RATIO, replayed
from golddraht.ground.holidays import public_holidays
from golddraht.ground.hours import Calendar, same_hours
from golddraht.team.rules import latest_next_touch, promised_answer_at, promised_touch_at

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(
    BERLIN, same_hours(range(5), (time(8), time(12)), (time(13), time(17, 50))), public_holidays("DE", "BY")
)
ODD = Calendar(BERLIN, same_hours(range(7), (time(8, 5), time(8, 10)), (time(13), time(13, 14))))
FOUR_HOURS = timedelta(hours=4)
FIVE_MINUTES = timedelta(minutes=5)

moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
calendars = st.sampled_from([OFFICE, ODD])
backlogs = st.integers(0, 3000)


def promised(
    at: datetime, *, waiting: int = 0, calendar: Calendar = OFFICE, people: float = 4, within: timedelta = FOUR_HOURS
) -> datetime:
    return promised_answer_at(
        received_at=at,
        calendar=calendar,
        answer_within=within,
        waiting=waiting,
        handling_time=FIVE_MINUTES,
        people=people,
    )


def test_a_friday_evening_mail_is_promised_an_answer_on_monday() -> None:
    friday_evening = datetime(2026, 3, 6, 19, 20, tzinfo=BERLIN)
    assert promised(friday_evening) == datetime(2026, 3, 9, 12, tzinfo=BERLIN)


def test_a_promise_is_made_for_a_quarter_of_an_hour() -> None:
    assert promised(datetime(2026, 3, 9, 8, 7, tzinfo=BERLIN)) == datetime(2026, 3, 9, 13, 15, tzinfo=BERLIN)


def test_a_promise_that_would_be_rounded_past_closing_time_moves_to_the_next_day() -> None:
    assert promised(datetime(2026, 3, 9, 12, 48, tzinfo=BERLIN), within=timedelta(hours=4, minutes=49)) == datetime(
        2026, 3, 10, 8, tzinfo=BERLIN
    )


def test_a_backlog_makes_the_promise_later_and_more_people_earlier() -> None:
    monday = datetime(2026, 3, 9, 8, tzinfo=BERLIN)
    assert promised(monday, waiting=400) > promised(monday, waiting=400, people=8) > promised(monday)


def test_nobody_on_duty_still_gives_a_promise() -> None:
    assert promised(datetime(2026, 3, 9, 8, tzinfo=BERLIN), waiting=50, people=0) > datetime(
        2026, 3, 9, 12, tzinfo=BERLIN
    )


def test_a_calendar_that_never_opens_is_counted_round_the_clock() -> None:
    at = datetime(2026, 3, 9, 22, tzinfo=BERLIN)
    assert promised(at, calendar=Calendar(BERLIN, ())) == at + FOUR_HOURS


def test_an_absurd_backlog_is_bounded() -> None:
    assert promised(datetime(2026, 3, 9, 8, tzinfo=BERLIN), waiting=10**9) < datetime(2031, 1, 1, tzinfo=UTC)


@given(calendars, moments, backlogs)
def test_a_promise_lies_in_opening_hours_and_never_undercuts_the_policy(
    calendar: Calendar, at: datetime, waiting: int
) -> None:
    due = promised(at, waiting=waiting, calendar=calendar, within=timedelta(minutes=30))
    assert calendar.is_within(due)
    assert calendar.between(at, due) >= timedelta(minutes=30)


@given(calendars, moments, moments, backlogs, backlogs)
def test_more_waiting_or_a_later_arrival_never_gives_an_earlier_promise(
    calendar: Calendar, one: datetime, two: datetime, few: int, many: int
) -> None:
    earlier, later = sorted((one, two))
    few, many = sorted((few, many))
    assert promised(earlier, waiting=few, calendar=calendar) <= promised(earlier, waiting=many, calendar=calendar)
    assert promised(earlier, waiting=few, calendar=calendar) <= promised(later, waiting=few, calendar=calendar)


def test_the_next_touch_is_due_when_the_longest_silence_ends() -> None:
    at = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert latest_next_touch(last_human_touch_at=at, longest_silence=timedelta(days=2)) == at + timedelta(days=2)


@pytest.mark.parametrize(("seed", "hour"), [(2, 9), (3, 9), (5, 9), (0, 13), (3, 13)])
def test_promises_hold_when_a_thousand_mails_come_within_an_hour(seed: int, hour: int) -> None:
    outcome = replayed(seed, hour)
    assert outcome.held >= GOAL_HELD
    assert outcome.ratio_working <= GOAL_RATIO


@given(moments, calendars, st.integers(15, 6000))
def test_a_further_word_is_promised_in_opening_hours_and_not_before_it_could_be_kept(
    at: datetime, calendar: Calendar, minutes: int
) -> None:
    within = timedelta(minutes=minutes)
    due = promised_touch_at(said_at=at, calendar=calendar, touch_within=within)
    assert calendar.is_within(due)
    assert calendar.between(at, due) >= within


def test_a_further_word_is_promised_round_the_clock_where_nothing_ever_opens() -> None:
    at = datetime(2026, 3, 9, 8, tzinfo=BERLIN)
    assert promised_touch_at(said_at=at, calendar=Calendar(BERLIN, ()), touch_within=FOUR_HOURS) == at + FOUR_HOURS
