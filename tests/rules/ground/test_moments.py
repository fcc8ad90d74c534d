from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from golddraht.ground.moments import day_and_time, money, short_day_and_time, window

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # Monday, 10:00 in Berlin.
BERLIN = "Europe/Berlin"


def test_today_and_tomorrow_are_called_so() -> None:
    assert day_and_time(NOW + timedelta(hours=5), BERLIN, "de", NOW) == "heute um 15:00 Uhr"
    assert day_and_time(NOW + timedelta(days=1), BERLIN, "de-AT", NOW) == "morgen um 10:00 Uhr"
    assert day_and_time(NOW + timedelta(hours=5), BERLIN, "en", NOW) == "today at 15:00"


def test_a_late_evening_belongs_to_the_day_of_the_zone() -> None:
    assert day_and_time(datetime(2026, 11, 16, 23, 30, tzinfo=UTC), BERLIN, "de", NOW) == "morgen um 00:30 Uhr"


def test_another_day_is_named_with_weekday_and_date() -> None:
    assert day_and_time(NOW + timedelta(days=8), BERLIN, "de", NOW) == "Dienstag, 24. November, 10:00 Uhr"
    assert day_and_time(NOW + timedelta(days=8), BERLIN, "en", NOW) == "Tuesday, 24 November, 10:00"


def test_another_year_is_said() -> None:
    assert day_and_time(NOW + timedelta(days=60), BERLIN, "de", NOW) == "Freitag, 15. Januar 2027, 10:00 Uhr"


def test_a_window_names_its_day_once() -> None:
    starts = NOW + timedelta(days=1, hours=2)

    assert window(starts, starts + timedelta(hours=2), BERLIN, "de", NOW) == "morgen, 12:00–14:00 Uhr"
    assert window(None, starts, BERLIN, "en", NOW) == "tomorrow at 12:00"


def test_a_window_over_several_days_names_both_ends() -> None:
    said = window(NOW, NOW + timedelta(days=1), BERLIN, "de", NOW)

    assert said == "von heute um 10:00 Uhr bis morgen um 10:00 Uhr"


def test_money_is_written_as_in_the_country() -> None:
    assert money(123450, "de") == "1.234,50\N{NO-BREAK SPACE}€"
    assert money(490, "en") == "€4.90"


def test_lists_get_the_short_form() -> None:
    assert short_day_and_time(NOW + timedelta(days=8), BERLIN, "de", NOW) == "Di., 24. Nov., 10:00"
    assert short_day_and_time(NOW, BERLIN, "de", NOW) == "heute 10:00"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_and_time(datetime(2026, 1, 1), BERLIN, "de", NOW)  # noqa: DTZ001  # That is what is tested.
