"""The colour of a company, and whether its name can be read on it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.team.rules import NoColour, colour_of, ink_on, read_colour
from golddraht.team.rules.brand import BLACK, DARK, LIGHT, READABLE, SUGGESTED, WHITE, contrast, mixed, readable_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}")


@given(COLOURS)
def test_on_every_colour_something_can_be_read(colour: str) -> None:
    assert contrast(colour, ink_on(colour)) >= 4.5


@given(COLOURS)
def test_whatever_colour_is_worn_can_be_read_in_light_and_in_dark(colour: str) -> None:
    day, night = readable_on(LIGHT, colour), readable_on(DARK, colour)

    assert all(contrast(day, ground) >= READABLE for ground in (LIGHT, WHITE))
    assert all(contrast(night, ground) >= READABLE for ground in (DARK, "0a0c11"))
    assert contrast(day, WHITE) >= READABLE <= contrast(night, BLACK)
    assert contrast(mixed(day, BLACK, 0.15), WHITE) >= READABLE <= contrast(mixed(night, WHITE, 0.2), BLACK)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable_on(LIGHT, "1d3f8f") == "1d3f8f"
    assert readable_on(DARK, "ffd400") == "ffd400"
    assert readable_on(LIGHT, "ffd400") != "ffd400"


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_company_that_chose_nothing_keeps_the_same_colour() -> None:
    assert colour_of("", 5) == colour_of("", 5) == colour_of("green", 5)
    assert colour_of("#1d5fbf", 5) == "1d5fbf"
    assert len({colour_of("", tenant_id) for tenant_id in range(len(SUGGESTED))}) == len(SUGGESTED)
    assert all(one != other for one, other in combinations(SUGGESTED, 2))


def test_only_colours_are_colours() -> None:
    assert read_colour(" #1D5FBF ") == "#1d5fbf"
    for wrong in ("", "red", "#fff", "#1d5fbg", "1d5fbf", "#1d5fbf;}", "#1d5fbf\n#"):
        with pytest.raises(NoColour):
            read_colour(wrong)
