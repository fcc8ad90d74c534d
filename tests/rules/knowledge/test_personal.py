"""What in a text may point at a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.knowledge.rules.personal import MarkKind, marks_in, without_marks


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Schreiben Sie an v.moser@post.example!", MarkKind.MAIL, "v.moser@post.example"),
        ("Konto DE12 5001 0517 5407 3249 31 bitte", MarkKind.IBAN, "DE12 5001 0517 5407 3249 31"),
        ("AT61 1904 3002 3457 3201", MarkKind.IBAN, "AT61 1904 3002 3457 3201"),
        ("Rufen Sie 0821 555 0163 an", MarkKind.PHONE, "0821 555 0163"),
        ("mobil +43 660 1234567.", MarkKind.PHONE, "+43 660 1234567"),
        ("in der Lindenstraße 4a", MarkKind.ADDRESS, "Lindenstraße 4a"),
        ("86150 Augsburg", MarkKind.ADDRESS, "86150 Augsburg"),
        ("A-8010 Graz", MarkKind.ADDRESS, "A-8010 Graz"),
        ("die Bestellnummer 88-2041 war", MarkKind.NUMBER, "Bestellnummer 88-2041"),
        ("der Nr. 88-2041", MarkKind.NUMBER, "88-2041"),
        ("Frau Dr. Moser rief an", MarkKind.NAME, "Frau Dr. Moser"),
        ("Herr Öztürk rief an", MarkKind.NAME, "Herr Öztürk"),
        ("mein Name ist Karl Groß", MarkKind.NAME, "mein Name ist Karl Groß"),
    ],
)
def test_what_points_at_a_person_is_found(text: str, kind: MarkKind, words: str) -> None:
    assert [(mark.kind, mark.words) for mark in marks_in(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Die WM 714 zeigt den Fehlercode E18.",
        "Öffnen Sie die Klappe und warten Sie 20 Minuten.",
        "Wir liefern Montag bis Freitag von 8 bis 18 Uhr, 540 kg kosten 89,90 €.",
        "Hallo zusammen, seit 2024 gilt das nicht mehr.",
        "Nach 3 bis 5 Werktagen ist das Geld da.",
    ],
)
def test_what_points_at_nobody_is_left_alone(text: str) -> None:
    assert marks_in(text) == ()


def test_names_of_the_concern_are_found_wherever_they_stand() -> None:
    found = marks_in("Mosers Ofen raucht, sagt VALENTINA.", ["Valentina Moser"])

    assert [mark.words for mark in found] == ["Mosers", "VALENTINA"]


def test_a_text_without_its_marks_says_nobody() -> None:
    assert without_marks("Frau Moser, 0821 555 0163, fragt.") == "…, …, fragt."


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_marks_stand_in_order_and_say_what_is_there(text: str, names: list[str]) -> None:
    position = 0
    for mark in marks_in(text, names):
        assert position <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.words
        position = mark.end
