"""Working time over nights, weekends, holidays and changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.holidays import UnknownRegion, public_holidays, states_of
from golddraht.ground.hours import (
    SUNDAY,
    Calendar,
    DaySpan,
    NeverOpens,
    WeekSpan,
    round_the_clock,
    same_hours,
)

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(BERLIN, same_hours(range(5), (time(8), time(12)), (time(13), time(17))), public_holidays("DE", "BY"))
NIGHT = Calendar(BERLIN, (WeekSpan(SUNDAY, time(0), time(4)),))
ODD = Calendar(
    BERLIN, same_hours(range(7), (time(2, 15), time(2, 45)), (time(2, 30), time(3, 30)), (time(22), time(0)))
)
HOUR = timedelta(hours=1)

moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
durations = st.timedeltas(timedelta(0), timedelta(hours=200))
calendars = st.sampled_from([OFFICE, NIGHT, ODD, round_the_clock(BERLIN)])


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[misc,arg-type]


def test_a_friday_evening_mail_is_due_on_monday() -> None:
    assert OFFICE.after(berlin(2026, 3, 6, 18), 2 * HOUR) == berlin(2026, 3, 9, 10)


def test_the_lunch_break_does_not_count() -> None:
    assert OFFICE.after(berlin(2026, 3, 9, 11), 2 * HOUR) == berlin(2026, 3, 9, 14)


def test_work_that_ends_with_the_day_is_due_at_closing_time() -> None:
    assert OFFICE.after(berlin(2026, 3, 9, 16), HOUR) == berlin(2026, 3, 9, 17)


def test_epiphany_is_closed_in_bavaria_and_open_in_berlin() -> None:
    in_berlin = Calendar(BERLIN, OFFICE.week, public_holidays("DE", "BE"))
    assert OFFICE.next_opening(berlin(2026, 1, 6, 9)) == berlin(2026, 1, 7, 8)
    assert in_berlin.next_opening(berlin(2026, 1, 6, 9)) == berlin(2026, 1, 6, 9)


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    assert NIGHT.between(berlin(2026, 3, 29), berlin(2026, 3, 30)) == 3 * HOUR
    assert NIGHT.after(berlin(2026, 3, 29), 2 * HOUR) == berlin(2026, 3, 29, 3)


def test_the_night_the_clocks_go_back_is_an_hour_longer() -> None:
    assert NIGHT.between(berlin(2026, 10, 25), berlin(2026, 10, 26)) == 5 * HOUR


def test_a_span_that_begins_in_the_skipped_hour_begins_when_the_clocks_change() -> None:
    calendar = Calendar(BERLIN, (WeekSpan(SUNDAY, time(2, 30), time(4)),))
    assert calendar.next_opening(berlin(2026, 3, 29)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_span_may_last_until_midnight() -> None:
    calendar = Calendar(BERLIN, (WeekSpan(SUNDAY, time(20), time(0)),))
    assert calendar.after(berlin(2026, 3, 8, 12), 4 * HOUR) == berlin(2026, 3, 9)


def test_a_special_opening_wins_over_a_holiday_and_a_closure_over_everything() -> None:
    epiphany = date(2026, 1, 6)
    spans = (DaySpan(epiphany, time(10), time(14)),)
    special = Calendar(BERLIN, OFFICE.week, OFFICE.holidays, extra=spans)
    closed = Calendar(BERLIN, OFFICE.week, OFFICE.holidays, frozenset({epiphany}), spans)
    assert special.is_open(berlin(2026, 1, 6, 11))
    assert not closed.is_open(berlin(2026, 1, 6, 11))


def test_holidays_may_be_a_set_or_a_question() -> None:
    off = date(2026, 3, 9)
    for holidays in (frozenset({off}), off.__eq__):
        assert not Calendar(BERLIN, OFFICE.week, holidays).is_open(berlin(2026, 3, 9, 9))


def test_a_calendar_that_never_opens_says_so() -> None:
    with pytest.raises(NeverOpens):
        Calendar(BERLIN, ()).after(berlin(2026, 3, 9), HOUR)
    with pytest.raises(NeverOpens):
        Calendar(BERLIN, OFFICE.week, lambda day: True).next_opening(berlin(2026, 3, 9))


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        OFFICE.is_open(datetime(2026, 3, 9))  # noqa: DTZ001


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot open"):
        WeekSpan(0, time(9), time(8))


@given(calendars, moments, durations, durations)
def test_working_time_is_additive(calendar: Calendar, at: datetime, one: timedelta, two: timedelta) -> None:
    assert calendar.after(calendar.after(at, one), two) == calendar.after(at, one + two)


@given(calendars, moments, durations)
def test_the_working_time_between_is_what_was_added(calendar: Calendar, at: datetime, working: timedelta) -> None:
    assert calendar.between(at, calendar.after(at, working)) == working


@given(calendars, moments, durations.filter(bool))
def test_work_ends_in_opening_hours_or_on_their_end(calendar: Calendar, at: datetime, working: timedelta) -> None:
    end = calendar.after(at, working)
    assert calendar.is_within(end)
    assert calendar.is_open(end - timedelta(microseconds=1))


@given(calendars, moments, moments, durations)
def test_later_mail_is_never_due_earlier(calendar: Calendar, one: datetime, two: datetime, working: timedelta) -> None:
    earlier, later = sorted((one, two))
    assert calendar.after(earlier, working) <= calendar.after(later, working)
    assert calendar.next_opening(earlier) <= calendar.next_opening(later)


@given(calendars, moments, moments, moments)
def test_stretches_of_time_add_up(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    first, second, third = sorted((a, b, c))
    halves = calendar.between(first, second) + calendar.between(second, third)
    assert halves == calendar.between(first, third)


@given(calendars, moments)
def test_the_next_opening_is_open(calendar: Calendar, at: datetime) -> None:
    opening = calendar.next_opening(at)
    assert calendar.is_open(opening)
    assert calendar.between(at, opening) == timedelta(0)


@given(calendars, st.dates(date(2024, 1, 1), date(2031, 1, 1)))
def test_the_openings_of_a_day_are_in_order_and_apart(calendar: Calendar, day: date) -> None:
    bounds = [moment for interval in calendar.intervals_on(day) for moment in interval]
    assert all(earlier < later for earlier, later in pairwise(bounds))


def test_ten_thousand_due_times_take_about_a_second() -> None:
    at, begun = berlin(2026, 3, 9, 9), perf_counter()
    for minute in range(10_000):
        OFFICE.after(at + timedelta(minutes=minute), 8 * HOUR)
    assert perf_counter() - begun < 3


def test_regions_are_known_by_code_or_name_and_unknown_ones_refused() -> None:
    assert date(2026, 1, 6) in public_holidays("at", "Wien")
    assert date(2026, 8, 1) in public_holidays("CH", "ZH")
    assert public_holidays("DE").in_year(2026)[date(2026, 10, 3)] == "Tag der Deutschen Einheit"
    assert date(2026, 8, 15) in public_holidays("DE", "BY", also=("catholic",))
    assert "BY" in states_of("de")
    for country, state in (("XX", ""), ("DE", "XX")):
        with pytest.raises(UnknownRegion):
            public_holidays(country, state)
