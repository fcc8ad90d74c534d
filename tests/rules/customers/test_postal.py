"""Postal addresses: read, kept in one form, and set for an envelope."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.postal import COUNTRIES, PostalAddress, country_named, envelope, read_postal
from golddraht.customers.rules.values import NotSuchValue, kept_form


@pytest.mark.parametrize(
    ("typed", "home", "lines"),
    [
        ("Hauptstr. 5a, 80331 München", "DE", ["Hauptstr. 5a", "80331 München"]),
        ("c/o Moser\nLendkai 12/3/7\nA-8020 Graz", "DE", ["c/o Moser", "Lendkai 12/3/7", "8020 Graz", "ÖSTERREICH"]),
        ("Lendkai 12\n8020 Graz", "AT", ["Lendkai 12", "8020 Graz"]),
        ("Bahnhofstrasse 1\n8001 Zürich\nSchweiz", "DE", ["Bahnhofstrasse 1", "8001 Zürich", "SCHWEIZ"]),
        ("12, rue Lepic\n75018 Paris\nFrance", "DE", ["12, rue Lepic", "75018 Paris", "FRANKREICH"]),
        ("Damrak 1\n1012 LG Amsterdam", "DE", ["Damrak 1", "1012 LG Amsterdam", "NIEDERLANDE"]),
        (
            "10 Downing Street\nLondon\nsw1a 2aa\nUK",
            "DE",
            ["10 Downing Street", "London", "SW1A 2AA", "GROSSBRITANNIEN"],
        ),
        ("1 Main St\nSpringfield IL 62701\nUSA", "DE", ["1 Main St", "Springfield IL 62701", "USA"]),
        ("Postfach 12\n80331 München\nDeutschland", "AT", ["Postfach 12", "80331 München", "DEUTSCHLAND"]),
    ],
)
def test_an_address_is_read_and_set_for_an_envelope(typed: str, home: str, lines: list[str]) -> None:
    address = read_postal(typed, country=home)

    assert address is not None and address.is_whole
    assert envelope(address, name="Petra Moser", sent_from=home) == ["Petra Moser", *lines]


def test_a_letter_within_the_country_names_no_country() -> None:
    address = PostalAddress(("Lendkai 12",), "8020", "Graz", "AT")

    assert envelope(address, name="Fam. Moser", sent_from="AT")[-1] == "8020 Graz"


def test_four_digits_abroad_are_not_guessed_to_be_one_of_several_countries() -> None:
    address = read_postal("Bahnhofstrasse 1\n8001 Zürich", country="DE")

    assert address is not None and address.country == "" and not address.is_whole


@pytest.mark.parametrize("typed", ["", "Foo", "Straße 5\nGraz", "\n\n"])
def test_what_is_no_address_is_none(typed: str) -> None:
    assert read_postal(typed) is None


@pytest.mark.parametrize(
    ("named", "code"), [("Österreich", "AT"), ("united kingdom", "GB"), ("CH", "CH"), ("of", ""), ("", "")]
)
def test_countries_are_known_by_their_names(named: str, code: str) -> None:
    assert country_named(named) == code


words = (
    st.text(st.sampled_from("abcäöüß xyz.-"), min_size=2, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: len(text.strip(" ,")) > 1 and text == text.strip(" ,") and not country_named(text))
)
POSTCODES = {
    "DE": "80331",
    "AT": "8020",
    "CH": "8001",
    "FR": "75018",
    "NL": "1012 LG",
    "PL": "00-001",
    "GB": "SW1A 2AA",
}


@given(
    st.lists(words, min_size=1, max_size=3),
    words,
    st.sampled_from(list(POSTCODES)),
    st.sampled_from(["DE", "AT", "CH"]),
)
def test_the_kept_form_is_read_as_what_it_was(lines: list[str], place: str, country: str, home: str) -> None:
    address = PostalAddress(tuple(f"{line} 1" for line in lines), POSTCODES[country], place, country)

    assert read_postal(address.written(), country=home) == address


@given(st.text(max_size=200), st.sampled_from(["", *COUNTRIES]))
def test_reading_any_text_never_fails(typed: str, home: str) -> None:
    address = read_postal(typed, country=home)

    if address is not None:
        again = read_postal(address.written(), country=home)
        assert again is not None and again.written() == address.written()


@pytest.mark.parametrize(
    ("attribute", "typed", "kept"),
    [
        (Attribute.BORN_ON, "17.5.1980", "1980-05-17"),
        (Attribute.QUIET_HOURS, "20 bis 9 Uhr", "20:00–09:00"),
        (Attribute.SALUTATION, "Frau", "frau"),
        (Attribute.WISH, "repair_first", "repair_first"),
        (Attribute.LANGUAGE, "DE", "de"),
    ],
)
def test_each_attribute_has_one_form(attribute: Attribute, typed: str, kept: str) -> None:
    assert kept_form(attribute, typed) == kept
    assert kept_form(attribute, kept) == kept


@pytest.mark.parametrize(
    ("attribute", "typed"),
    [
        (Attribute.BORN_ON, "31.2.1980"),
        (Attribute.BORN_ON, "1780-01-01"),
        (Attribute.QUIET_HOURS, "abends"),
        (Attribute.QUIET_HOURS, "9-9"),
        (Attribute.SALUTATION, "Herr/Frau"),
        (Attribute.WISH, "a pony"),
        (Attribute.NAME, "  "),
        (Attribute.LANGUAGE, "Deutsch bitte"),
        (Attribute.POSTAL, "irgendwo"),
    ],
)
def test_what_cannot_be_is_refused(attribute: Attribute, typed: str) -> None:
    with pytest.raises(NotSuchValue):
        kept_form(attribute, typed)


@given(st.sampled_from(list(Attribute)), st.text(max_size=80))
def test_any_words_are_kept_or_refused(attribute: Attribute, typed: str) -> None:
    with suppress(NotSuchValue):
        assert kept_form(attribute, typed)
