"""What people tell of themselves by the way, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.gathering import found_in


def told(
    text: str, *, signature: str = "", name: str = "Kim Moser", address: str = "", country: str = "AT"
) -> set[tuple[str, str]]:
    found = found_in(text=text, signature=signature, name=name, address=address, country=country)
    return {(one.attribute, one.value) for one in found}


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("Der Ofen ist kalt.\n\nIhre Kim Moser", Attribute.SALUTATION, "frau"),
        ("Ich bin eine Frau, kein Herr!", Attribute.SALUTATION, "frau"),
        ("Bitte ohne Anrede anschreiben.", Attribute.SALUTATION, "neutral"),
        ("Ich telefoniere lieber.", Attribute.WISH, "call_me"),
        ("Bitte rufen Sie mich nicht mehr an, schreiben Sie.", Attribute.WISH, "do_not_call"),
        ("Können Sie ihn reparieren statt austauschen?", Attribute.WISH, "repair_first"),
        ("Ist die Filiale stufenlos erreichbar?", Attribute.WISH, "step_free"),
        ("Meine Kundennummer ist K-20417.", Attribute.NUMBER, "K-20417"),
        ("Ich bin am 17.5.1980 geboren.", Attribute.BORN_ON, "1980-05-17"),
        ("Meine neue Adresse lautet: Lendkai 12, 8020 Graz. Danke", Attribute.POSTAL, "Lendkai 12\n8020 Graz\nAT"),
        (
            "Danke\n\nMit freundlichen Grüßen\nKim Moser\nLendkai 12\n8020 Graz",
            Attribute.POSTAL,
            "Lendkai 12\n8020 Graz\nAT",
        ),
        ("Danke\n\nMit freundlichen Grüßen\nDr. Kim Moser", Attribute.NAME, "Dr. Kim Moser"),
    ],
)
def test_what_is_told_is_taken_down(text: str, attribute: str, value: str) -> None:
    assert (attribute, value) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Grüße an Frau Moser!",
        "Mein Nachbar wohnt Lendkai 12, 8020 Graz.",
        "Mein Mann sitzt im Rollstuhl.",
        "Bitte rufen Sie mich an, es brennt!",
        "Die Rechnungsnummer ist 2026-3312.",
        "Mein Sohn ist am 17.5.2015 geboren.",
        "Mit freundlichen Grüßen\nPetra Huber",
        "Mit freundlichen Grüßen\nIhr Team von Heizwerk",
        "Bitte meine Frau ansprechen, nicht mich.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert told(text) == set()


def test_a_name_below_the_greeting_is_theirs_where_the_address_bears_it_out() -> None:
    text = "Mit freundlichen Grüßen\nPetra Huber"

    assert told(text, name="", address="petra.huber@post.example") == {(Attribute.NAME, "Petra Huber")}
    assert told(text, name="", address="info@firma.example") == set()


def test_the_words_are_kept_with_what_they_say() -> None:
    (found,) = found_in(text="Ach ja: Ich telefoniere lieber, danke. Und nun?", signature="", name="Kim Moser")

    assert found.words == "ach ja: ich telefoniere lieber, danke"


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=30))
def test_any_text_can_be_looked_at(text: str, signature: str, name: str) -> None:
    for one in found_in(text=text, signature=signature, name=name):
        assert one.value and one.words and 0 <= one.certainty <= 1
