"""Names as they stand in files: shouted, turned round, with titles, particles, households and desks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.names import name_of, read_name


@pytest.mark.parametrize(
    ("text", "first", "family", "title"),
    [
        ("Valentina Moser", "Valentina", "Moser", ""),
        ("Moser, Valentina", "Valentina", "Moser", ""),
        ("Di Lorenzo, Giovanni", "Giovanni", "Di Lorenzo", ""),
        ("Giovanni di Lorenzo", "Giovanni", "di Lorenzo", ""),
        ("Prof. Dr. Hans-Peter Freiherr von der Tann", "Hans-Peter", "Freiherr von der Tann", "Prof."),
        ("Dr. med. dent. Petra Schmidt-Müller, MBA", "Petra", "Schmidt-Müller", "Dr."),
        ("Dipl.-Ing. (FH) Max Moritz", "Max", "Moritz", ""),
        ("Univ.-Prof. Mag. Dr. Eva Gruber", "Eva", "Gruber", "Prof."),
        ("PETRA VON DER TANN", "Petra", "von der Tann", ""),
        ("Petra Müller c/o Hans Meier", "Petra", "Müller", ""),
        ("Frau Petra Müller", "Petra", "Müller", ""),
        ("Thomas Herr", "Thomas", "Herr", ""),
        ("Se Ri Kim", "Se Ri", "Kim", ""),
        ("Petra", "Petra", "", ""),
        ("Moser", "", "Moser", ""),
    ],
)
def test_a_whole_name_is_read_in_its_parts(text: str, first: str, family: str, title: str) -> None:
    name = read_name(text)
    assert (name.given, name.family, name.title) == (first, family, title)
    assert not (name.is_desk or name.is_family or name.is_couple)


@pytest.mark.parametrize("text", ["Fam. Moser", "Familie Moser", "FAM MOSER", "Eheleute Moser"])
def test_a_household_is_no_person(text: str) -> None:
    name = read_name(text)
    assert name.is_family and name.family == "Moser"


def test_a_couple_is_two() -> None:
    assert read_name("Herr und Frau Meier").is_couple


@pytest.mark.parametrize(
    "text", ["Buchhaltung", "Heizwerk GmbH", "Müller & Söhne KG", "Sportverein e. V.", "Team Einkauf"]
)
def test_desks_and_firms_are_no_persons(text: str) -> None:
    assert read_name(text).is_desk


def test_fields_may_be_filled_by_halves_and_twice() -> None:
    assert name_of(given="Petra", family="Müller, Petra").full == "Petra Müller"
    assert name_of(family="Petra Müller").full == "Petra Müller"
    assert name_of(given="Fam.", family="Müller").is_family
    assert name_of(given="Petra", family="Müller", title="Frau Dr.").titles == ("Dr.",)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_no_name_is_too_odd_to_be_read(first: str, family: str, title: str) -> None:
    name = name_of(given=first, family=family, title=title)
    assert name.full == " ".join(name.full.split())
