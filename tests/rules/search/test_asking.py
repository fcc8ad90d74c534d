"""What is typed into the search field is understood, in German and in English, and nothing that is typed is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.text import composed, without_control, words
from golddraht.search.rules import Asked, Misunderstood, Phrase, asked, excerpt_marked, marked, question
from golddraht.search.rules.documents import Draft
from golddraht.search.rules.marking import Wanted, wanted_recipients, wanted_terms
from golddraht.search.rules.terms import vector

TODAY = date(2026, 11, 16)


def read(typed: str) -> Asked:
    return asked(typed, today=TODAY)


def test_words_phrases_and_what_must_not_be_there() -> None:
    found = read('Pumpe "pumpt nicht ab" -Trockner „ganz genau“')

    assert found.phrases == (
        Phrase(("pumpe",)),
        Phrase(("pumpt", "nicht", "ab"), is_quoted=True),
        Phrase(("trockner",), is_excluded=True),
        Phrase(("ganz", "genau"), is_quoted=True),
    )


@pytest.mark.parametrize(("german", "english"), [
    ("von:Moser", "from:Moser"),
    ("an:nina", "to:nina"),
    ("status:offen", "status:open"),
    ("priorität:dringend", "priority:urgent"),
    ("vor:gestern", "before:yesterday"),
    ("nach:30tage", "after:30days"),
    ("kümmerer:ich", "owner:me"),
    ("hat:anhang", "has:attachment"),
    ("-hat:datei", "-has:file"),
    ("art:notiz", "kind:note"),
    ("-status:spam", "-status:spam"),
])  # fmt: skip
def test_filters_have_words_in_two_languages(german: str, english: str) -> None:
    assert read(german) == read(english) != Asked()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("vor:2026-11-03", date(2026, 11, 3)),
        ("vor:3.11.2026", date(2026, 11, 3)),
        ("vor:3.11.26", date(2026, 11, 3)),
        ("vor:3.11.", date(2026, 11, 3)),
        ("vor:24.12.", date(2025, 12, 24)),
        ("vor:heute", TODAY),
        ("vor:7tage", date(2026, 11, 9)),
    ],
)
def test_days_as_people_write_them(typed: str, day: date) -> None:
    assert read(typed).until == day


@pytest.mark.parametrize(
    "typed",
    [
        "vor:morgenrot",
        "vor:31.02.",
        "nach:99.99.9999",
        "status:blau",
        "prio:egal",
        "hat:hunger",
        "art:brot",
        "vor:9999tage",
    ],
)
def test_what_means_nothing_is_told_and_left_out(typed: str) -> None:
    found = read(typed)

    assert found.is_empty or found.until is not None
    assert len(found.misunderstood) == (found.until is None)


def test_a_colon_that_is_no_filter_belongs_to_the_words() -> None:
    assert read("Fehler:E24 https://shop.example/x").phrases[0] == Phrase(("fehler", "e24"))
    assert read("status:blau").misunderstood == (Misunderstood("status", "blau"),)


def test_what_hangs_together_must_stand_together() -> None:
    assert read("RE-2024-001").phrases == (Phrase(("re", "2024", "001")),)


@given(st.text(max_size=400))
def test_anything_can_be_asked(typed: str) -> None:
    found = read(typed)

    assert question(found, 7) == question(read(typed), 7)
    assert question(found, 7, widely=True).count("(") == question(found, 7, widely=True).count(")")


@given(st.text(max_size=200), st.text(max_size=80))
def test_marking_changes_no_sign_of_a_text(text: str, typed: str) -> None:
    wanted = wanted_terms(read(typed))

    assert "".join(piece for piece, _ in marked(text, wanted)) == "".join(piece for piece, _ in marked(text, Wanted()))
    excerpt_marked(text, wanted)


def test_a_hit_is_marked_in_any_form_and_within_a_compound() -> None:
    wanted = wanted_terms(read("Rechnungen"))

    assert marked("Die Rechnungskorrektur und die Rechnung, berechnet.", wanted) == [
        ("Die ", False),
        ("Rechnungskorrektur", True),
        (" und die ", False),
        ("Rechnung", True),
        (", berechnet.", False),
    ]


def test_an_excerpt_begins_near_the_hit() -> None:
    pieces = excerpt_marked("Guten Tag, " + "Bla " * 100 + "die Pumpe steht still.", wanted_terms(read("Pumpe")), 100)

    assert ("Pumpe", True) in pieces
    assert pieces[0][0].startswith("…")


def test_a_vector_carries_tenant_place_and_weight() -> None:
    draft = Draft(1, None, title="Rechnung", text="Vertrag", sender="Moser", recipients="nina@x", begins="Valentina")  # type: ignore[arg-type]  # No matter when.

    assert vector(draft, 7) == "'7.rechn':1A '7.vertrag':22B '7.moser':43C '7>nina':64 '7>x':65 '7=valentina'"


def test_to_whom_it_went_is_asked_for_apart_from_what_was_said() -> None:
    assert question(read("werk"), 7) == "('7.werk')"
    assert question(read("an:werk"), 7) == "('7>werk')"


@given(st.text(min_size=1, max_size=80), st.booleans())
def test_whatever_word_of_a_text_is_asked_for_is_marked_in_it(text: str, widely: bool) -> None:
    for word in words(without_control(text))[:5]:
        wanted = wanted_terms(Asked((Phrase((word,)),)), widely=widely)

        assert wanted.is_in(word)
        if word in composed(without_control(text)):
            assert any(is_hit for _, is_hit in excerpt_marked(text, wanted))


def test_widely_what_goes_on_is_marked_too() -> None:
    asked_for = read("spülma")

    assert not any(is_hit for _, is_hit in marked("Die Spülmaschine", wanted_terms(asked_for)))
    assert ("Spülmaschine", True) in marked("Die Spülmaschine", wanted_terms(asked_for, widely=True))


def test_recipients_are_marked_where_they_stand() -> None:
    asked_for = read("an:heizwerk pumpe")

    assert wanted_recipients(asked_for).is_in("service@heizwerk.example")
    assert not wanted_terms(asked_for).is_in("service@heizwerk.example")
