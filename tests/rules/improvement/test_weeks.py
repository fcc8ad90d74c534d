"""Like contacts by week, and their picture."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from golddraht.improvement.rules import letter_for, picture_of, weeks_around

MONDAY = date(2026, 11, 2)


def test_the_week_of_the_fix_counts_as_before() -> None:
    days = [MONDAY, MONDAY + timedelta(days=8), MONDAY + timedelta(days=9), MONDAY + timedelta(days=20)]
    weeks = weeks_around(days, first_on=MONDAY, today=MONDAY + timedelta(days=27), fixed_on=MONDAY + timedelta(days=10))

    assert [(week.count, week.is_after) for week in weeks] == [(1, False), (2, False), (1, True), (0, True)]


def test_the_picture_is_as_high_as_the_fullest_week() -> None:
    weeks = weeks_around(
        [MONDAY] * 4 + [MONDAY + timedelta(days=7)], first_on=MONDAY, today=MONDAY + timedelta(days=7), fixed_on=MONDAY
    )
    picture = picture_of(weeks)

    assert picture.most == 4 and picture.fixed_x == "160.0"
    assert [float(bar.height) for bar in picture.bars] == [94.0, 23.5]
    assert picture_of([]).bars == ()


def test_a_letter_begins_with_its_greeting() -> None:
    assert letter_for("{greeting}\n\nEs geht.", "Guten Tag Rosa,") == "Guten Tag Rosa,\n\nEs geht."
    assert letter_for("Es geht.", "Guten Tag Rosa,") == "Guten Tag Rosa,\n\nEs geht."


@given(
    st.lists(st.dates(MONDAY, MONDAY + timedelta(days=200)), max_size=30),
    st.dates(MONDAY, MONDAY + timedelta(days=200)),
)
def test_no_contact_is_lost(days: list[date], fixed_on: date) -> None:
    weeks = weeks_around(days, first_on=MONDAY, today=MONDAY + timedelta(days=200), fixed_on=fixed_on)

    assert sum(week.count for week in weeks) == len(days)
    assert all(0 <= float(bar.y) <= 96 for bar in picture_of(weeks).bars)
