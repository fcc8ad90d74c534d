"""The short name of a company."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import text

from golddraht.team.rules import LONGEST_SLUG, is_slug, slug_from


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Heizwerk Graz", "heizwerk-graz"),
        ("Möbelhaus Groß & Söhne", "moebelhaus-gross-soehne"),
        ("  Café 24!  ", "cafe-24"),
        ("!!!", ""),
    ],
)
def test_a_name_as_everybody_can_type_it(name: str, slug: str) -> None:
    assert slug_from(name) == slug


@given(text(max_size=120))
def test_what_is_made_of_a_name_is_a_short_name_or_nothing(name: str) -> None:
    made = slug_from(name)

    assert len(made) <= LONGEST_SLUG
    assert made == "" or is_slug(made)


@pytest.mark.parametrize("typed", ["", "Heizwerk", "heiz werk", "-a", "a-", "a--b", "ä", "a" * 41, "a\n"])
def test_what_is_none(typed: str) -> None:
    assert not is_slug(typed)
