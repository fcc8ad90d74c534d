"""Words as they are looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.knowledge.rules.searching import asked_for, distance, is_slip, kin_of, quoted, spelt

VOCABULARY = ["waschmaschin", "pump", "pumpt", "ofen", "kaminof", "rechnung", "rechnungskopi", "liefer", "ei"]


def test_umlauts_are_the_same_however_they_were_typed() -> None:
    assert len({spelt("Öfen"), spelt("Oefen"), spelt("ofen"), spelt("ÖFEN")}) == 1
    assert spelt("Grüße") == spelt("Gruesse") == spelt("GRÜSSE")


@pytest.mark.parametrize(
    ("stem", "kin"),
    [
        ("pump", ["pump", "pumpt"]),
        ("maschin", ["waschmaschin"]),
        ("waschmaschinenpump", ["pump", "waschmaschin"]),
        ("rechnung", ["rechnung", "rechnungskopi"]),
        ("rehcnung", ["rechnung"]),
        ("waschmashcin", ["waschmaschin"]),
        ("liefre", ["liefer"]),
        ("qxyz", []),
    ],
)
def test_a_word_finds_its_kin(stem: str, kin: list[str]) -> None:
    assert kin_of(stem, VOCABULARY) == kin


def test_a_slip_begins_with_the_same_letter() -> None:
    assert is_slip("ofen", "ofn") and not is_slip("haus", "maus")


def test_a_question_is_quoted() -> None:
    assert quoted("o'neill\\") == "'o''neill\\\\'"
    assert asked_for([["pump", "pumpt"], ["ofen"]]) == "('pump' | 'pumpt') & ('ofen')"
    assert asked_for([]) == ""


@given(st.text("abc", min_size=1, max_size=8), st.text("abc", min_size=1, max_size=8))
def test_the_way_back_is_as_long(one: str, other: str) -> None:
    assert distance(one, other, 8) == distance(other, one, 8)
    assert (distance(one, other, 8) == 0) == (one == other)
