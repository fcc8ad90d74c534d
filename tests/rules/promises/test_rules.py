from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from golddraht.ground.hours import Calendar, same_hours
from golddraht.promises.rules import (
    Kind,
    OptionDraft,
    OptionKind,
    default_options,
    due_of_choice,
    is_broken,
    other_windows,
    refusal_of_options,
    wilson_interval,
)

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = Calendar(BERLIN, same_hours(range(5), (time(8), time(18))))
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=BERLIN)


def test_a_promise_to_the_minute_is_broken_a_minute_later() -> None:
    assert not is_broken(due_at=FRIDAY_NOON, at=FRIDAY_NOON + timedelta(minutes=1))
    assert is_broken(due_at=FRIDAY_NOON, at=FRIDAY_NOON + timedelta(minutes=1, seconds=1))


def test_other_dates_are_the_same_hours_on_the_next_working_days() -> None:
    windows = other_windows(FRIDAY_NOON, FRIDAY_NOON + timedelta(hours=2), calendar=WEEK, not_before=FRIDAY_NOON)

    monday, tuesday = islice(windows, 2)

    assert monday == (FRIDAY_NOON + timedelta(days=3), FRIDAY_NOON + timedelta(days=3, hours=2))
    assert tuesday[1].date() == date(2026, 11, 24)


def test_noon_stays_noon_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 23, 12, 0, tzinfo=BERLIN)  # The Friday before summer time ends.

    starts, ends = next(other_windows(None, before, calendar=WEEK, not_before=before))

    assert starts is None
    assert ends.astimezone(UTC).hour == before.astimezone(UTC).hour + 1


def test_no_other_date_lies_before_the_disturbance_ends() -> None:
    until = FRIDAY_NOON + timedelta(days=4)

    starts, _ = next(other_windows(FRIDAY_NOON, FRIDAY_NOON, calendar=WEEK, not_before=until))

    assert starts is not None and starts > until


def test_a_team_without_hours_can_still_offer_dates() -> None:
    windows = other_windows(None, FRIDAY_NOON, calendar=Calendar(BERLIN, ()), not_before=FRIDAY_NOON)

    assert next(windows)[1] == FRIDAY_NOON + timedelta(days=1)


def test_a_delivery_can_be_collected_and_a_visit_cannot() -> None:
    def kinds(kind: Kind) -> list[OptionKind]:
        options = default_options(kind=kind, starts_at=None, due_at=FRIDAY_NOON, calendar=WEEK, not_before=FRIDAY_NOON)
        return [option.kind for option in options]

    assert kinds(Kind.DELIVERY) == ["OTHER_DATE", "OTHER_DATE", "COLLECT", "SEND_BACK", "CALL_ME"]
    assert kinds(Kind.VISIT) == ["OTHER_DATE", "OTHER_DATE", "CALL_ME"]


def test_a_call_is_due_within_two_working_hours() -> None:
    evening = FRIDAY_NOON.replace(hour=20)

    assert due_of_choice(OptionKind.CALL_ME, None, calendar=WEEK, at=evening) == evening.replace(hour=10) + timedelta(
        days=3
    )


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], "NONE"),
        ([OptionDraft(OptionKind.OTHER_DATE)], "NO_DATE"),
        ([OptionDraft(OptionKind.COLLECT, due_at=FRIDAY_NOON)], "PAST"),
        ([OptionDraft(OptionKind.CALL_ME)], ""),
    ],
)
def test_only_what_can_still_be_had_is_offered(options: list[OptionDraft], reason: str) -> None:
    assert refusal_of_options(options, at=FRIDAY_NOON) == reason


def test_the_interval_of_nine_in_ten_is_wide() -> None:
    found = wilson_interval(9, 10)

    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.596, 0.982)


def test_nothing_tried_has_no_rate() -> None:
    assert wilson_interval(0, 0) is None


@given(some.integers(1, 10_000).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total))))
def test_the_share_lies_in_its_interval(counts: tuple[int, int]) -> None:
    found = wilson_interval(*counts)

    assert found is not None
    assert 0 <= found.low <= found.share + 1e-12 and found.share - 1e-12 <= found.high <= 1
