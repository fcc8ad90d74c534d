from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.durations import rounded_up

BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_seven_past_nine_becomes_a_quarter_past() -> None:
    assert rounded_up(datetime(2026, 3, 9, 9, 7, 1, tzinfo=BERLIN)) == datetime(2026, 3, 9, 9, 15, tzinfo=BERLIN)


def test_a_full_quarter_stays_even_in_the_hour_that_comes_twice() -> None:
    twice = datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN, fold=1)
    assert rounded_up(twice).astimezone(UTC) == twice.astimezone(UTC)


def test_a_step_that_does_not_divide_the_day_is_refused() -> None:
    with pytest.raises(ValueError, match="do not divide"):
        rounded_up(datetime(2026, 3, 9, tzinfo=UTC), 7)


@given(moments.map(lambda moment: moment.astimezone(BERLIN)))
def test_rounding_is_never_early_and_less_than_a_step_late(moment: datetime) -> None:
    late = rounded_up(moment).astimezone(UTC) - moment.astimezone(UTC)
    assert timedelta(0) <= late < timedelta(minutes=15)
    assert rounded_up(moment).minute % 15 == 0
