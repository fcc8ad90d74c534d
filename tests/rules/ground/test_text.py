from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from golddraht.ground.text import excerpt, folded, one_line, sort_key, without_control, words

anything = st.text(st.characters())


def test_umlauts_and_accents_are_folded() -> None:
    assert folded("Müller-Straße ÀÉ Łódź Øre") == "mueller-strasse ae lodz ore"
    assert folded("Mu\u0308ller") == "mueller"


def test_names_sort_as_in_a_german_dictionary() -> None:
    names = ["Öl", "Ofen", "Ärger", "Apfel"]
    assert sorted(names, key=sort_key) == ["Apfel", "Ärger", "Ofen", "Öl"]


def test_words_are_folded_and_without_punctuation() -> None:
    assert words("Grüß Gott, Frau O'Neil!") == ("gruess", "gott", "frau", "o", "neil")


def test_control_and_reordering_signs_are_dropped() -> None:
    assert without_control("a\x00b\r\nc\td\u202ee\ud800") == "ab\nc\tde"


def test_a_line_is_cut_between_words() -> None:
    assert one_line("Die Waschmaschine\n schleudert laut", 22) == "Die Waschmaschine…"


def test_an_excerpt_shows_the_word_that_was_looked_for() -> None:
    text = "Anfang " * 40 + "der Kühlschrank brummt " + "Ende " * 40
    assert "Kühlschrank" in excerpt(text, "kuehl", 60)
    assert excerpt("kurz", "fehlt") == "kurz"


@given(anything)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(anything, anything, st.integers(0, 300))
@example(":0", "0", 0)
def test_lines_are_never_too_long_and_hold_no_breaks(text: str, query: str, length: int) -> None:
    for line in (one_line(text, length), excerpt(text, query, length)):
        assert len(line) <= length
        assert "\n" not in line


@given(anything)
def test_what_is_kept_can_be_stored(text: str) -> None:
    kept = without_control(text)
    assert "\x00" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
