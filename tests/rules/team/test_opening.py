"""Hours as people write them."""

from __future__ import annotations

import contextlib
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.team.rules import UnreadableHours, hours_as_text, read_hours

MORNING, AFTERNOON = (time(8), time(12)), (time(13), time(17, 30))


@pytest.mark.parametrize(
    "text",
    [
        "8-12, 13-17:30",
        "08:00–12:00 13:00–17:30",
        "8 bis 12 Uhr und 13 bis 17.30 Uhr",
        "13–17:30; 8–12",
        "8h-12h / 13h - 17h30",
    ],
)
def test_hours_are_read_in_many_ways(text: str) -> None:
    assert read_hours(text) == (MORNING, AFTERNOON)


def test_an_empty_line_is_a_closed_day() -> None:
    assert read_hours("  ") == ()


def test_a_day_can_end_at_midnight() -> None:
    assert read_hours("18-24") == ((time(18), time(0)),)
    assert hours_as_text([(time(18), time(0))]) == "18:00–24:00"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("morgens", "FORM"),
        ("8", "FORM"),
        ("8-25", "TIME"),
        ("8-12:75", "TIME"),
        ("12-8", "ORDER"),
        ("8-8", "ORDER"),
        ("8-12, 11-14", "OVERLAP"),
        ("20-24, 22-23", "OVERLAP"),
    ],
)
def test_what_cannot_be_hours_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableHours) as refusal:
        read_hours(text)

    assert refusal.value.reason == reason


@given(st.lists(st.times(), min_size=2, max_size=6, unique_by=lambda one: (one.hour, one.minute)))
def test_what_is_written_is_read_again(moments: list[time]) -> None:
    ordered = sorted(one.replace(second=0, microsecond=0) for one in moments)
    spans = tuple(zip(ordered[::2], ordered[1::2], strict=False))

    assert read_hours(hours_as_text(spans)) == spans


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnreadableHours):
        read_hours(text)
