"""How long something is kept, by country and day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.retention_law import NO_DAY, PERIODS, Keeping, answer_clock, period

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("country", "keeping", "ended", "over"),
    [
        ("DE", Keeping.LETTER, date(2026, 3, 1), date(2033, 1, 1)),
        ("AT", Keeping.LETTER, date(2026, 3, 1), date(2034, 1, 1)),
        ("CH", Keeping.LETTER, date(2026, 3, 1), date(2037, 1, 1)),
        ("DE", Keeping.VOUCHER, date(2026, 12, 31), date(2035, 1, 1)),
        ("DE", Keeping.ENQUIRY, date(2024, 2, 29), date(2025, 3, 1)),
        ("DE", Keeping.COPY, date(2026, 11, 1), date(2026, 12, 2)),
        ("DE", Keeping.CLAIMS, date(2026, 5, 5), date(2030, 1, 1)),
    ],
)
def test_a_period_ends_on_its_day(country: str, keeping: Keeping, ended: date, over: date) -> None:
    found = period(keeping, country=country, on=TODAY)
    assert found is not None and found.over_on(ended) == over


def test_the_line_that_was_valid_then_counts_then() -> None:
    before, after = (period(Keeping.VOUCHER, country="DE", on=day) for day in (date(2024, 12, 31), date(2025, 1, 1)))
    assert before is not None and after is not None and (before.months, after.months) == (120, 96)


def test_the_proof_of_a_consent_has_a_line_before_and_since_the_law_on_fair_consumer_contracts() -> None:
    before, after = (period(Keeping.CONSENT, country="DE", on=day) for day in (date(2021, 9, 30), date(2021, 10, 1)))
    assert before is not None and after is not None and (before.months, after.months) == (36, 60)


def test_every_class_has_a_period_or_says_that_it_has_no_day() -> None:
    for keeping in Keeping:
        for country in ("DE", "AT", "CH", "ES"):
            assert (period(keeping, country=country, on=TODAY) is None) == (keeping in NO_DAY)


@pytest.mark.parametrize(
    ("country", "keeping", "first"),
    [
        ("DE", Keeping.LETTER, date(1986, 1, 1)),
        ("DE", Keeping.VOUCHER, date(1998, 12, 24)),
        ("DE", Keeping.CONSENT, date(2018, 5, 25)),
        ("DE", Keeping.CLAIMS, date(2002, 1, 1)),
        ("AT", Keeping.LETTER, date(2007, 1, 1)),
        ("CH", Keeping.LETTER, date(2013, 1, 1)),
        ("CH", Keeping.CLAIMS, date(1912, 1, 1)),
        ("DE", Keeping.ENQUIRY, date(2018, 5, 25)),
    ],
)
def test_a_line_is_valid_from_the_day_on_which_its_law_came_into_force(
    country: str, keeping: Keeping, first: date
) -> None:
    assert period(keeping, country=country, on=first - timedelta(days=1)) is None
    found = period(keeping, country=country, on=first)
    assert found is not None and found.valid_from == first and found.since


def test_no_day_has_two_lines_and_none_between_them_is_without() -> None:
    for lines in PERIODS.values():
        for earlier, later in pairwise(lines):
            assert earlier.valid_to is not None and earlier.valid_to + timedelta(days=1) == later.valid_from


def test_every_line_names_its_source_and_keeps_within_its_own_bounds() -> None:
    for lines in PERIODS.values():
        for one in lines:
            assert one.source and one.shortest <= one.months and (one.longest is None or one.months <= one.longest)


@given(ended=st.dates(min_value=date(2018, 6, 1), max_value=date(2090, 1, 1)), months=st.integers(0, 200))
def test_longer_is_never_over_earlier(ended: date, months: int) -> None:
    found = period(Keeping.LETTER, country="DE", on=TODAY)
    assert found is not None
    assert ended < found.over_on(ended, months=months) <= found.over_on(ended, months=months + 1)


def test_whoever_asks_has_an_answer_within_a_month_in_switzerland_within_thirty_days() -> None:
    assert answer_clock("DE").due_on(date(2026, 1, 31)) == date(2026, 2, 28)
    assert answer_clock("CH").due_on(date(2026, 1, 31)) == date(2026, 3, 2)
