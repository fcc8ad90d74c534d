"""What a row says: names, addresses, numbers and days as they really stand in files."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.names import read_name
from golddraht.customers.rules.postal import read_postal
from golddraht.customers.rules.values import kept_form
from golddraht.customers.rules.ways import Reached
from golddraht.imports.rules.guessing import Why, guesses
from golddraht.imports.rules.reading import day_in, mails_in, phones_in, wishes_in
from golddraht.imports.rules.recognising import Owner, recognised
from golddraht.imports.rules.states import Moments, State, state_of
from golddraht.imports.rules.targets import Target, target_named
from golddraht.imports.rules.understanding import Odd, Remark, Understood, cells_of, understood

TODAY = date(2026, 11, 28)


def row(source: str = "import:shop", home: str = "DE", lenient: bool = False, **cells: str) -> Understood:
    told = {Target(name): [cell] for name, cell in cells.items()}
    return understood(told, source=source, home=home, today=TODAY, lenient=lenient)


def said(found: Understood, attribute: Attribute) -> list[str]:
    return [one.value for one in found.told if one.attribute is attribute]


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"name": "Moser, Valentina"}, "Valentina Moser"),
        (
            {"given": "Hans-Peter", "family": "von der Tann", "title": "Herr Prof. Dr."},
            "Prof. Dr. Hans-Peter von der Tann",
        ),
        ({"given": "Karl", "family": "Tann", "suffix": "Freiherr von der"}, "Karl Freiherr von der Tann"),
        ({"given": "Ute", "family": "Ohm", "title": "Dipl.-Ing.", "suffix": "MBA"}, "Dipl.-Ing. Ute Ohm, MBA"),
        ({"given": "JÖRG", "name": "MÜLLER-LÜDENSCHEIDT"}, "Jörg Müller-Lüdenscheidt"),
        ({"given": "Petra", "name": "Petra Huber"}, "Petra Huber"),
        ({"name": "Fam. Moser c/o Huber"}, "Familie Moser"),
        ({"family": "Fam. Moser"}, "Familie Moser"),
        ({"name": "Herr und Frau Meier"}, "Herr und Frau Meier"),
        ({"name": "Heizwerk GmbH"}, "Heizwerk GmbH"),
        ({"organisation": "Bäckerei Huber"}, "Bäckerei Huber"),
        ({"given": "Kim", "family": "Sørensen"}, "Kim Sørensen"),
    ],
)
def test_names_from_however_many_columns(cells: dict[str, str], name: str) -> None:
    found = row(**cells)

    assert found.name == name and not found.faults


def test_a_name_is_read_again_as_it_was_understood() -> None:
    for cells in (
        {"given": "Anna Maria", "family": "von und zu Berg"},
        {"name": "Dr. med. Eva Kühn"},
        {"given": "Ó", "family": "Briain"},
    ):
        found = row(**cells)
        assert read_name(found.name).family == found.parts.family


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        (
            {"street": "Lendkai", "house_number": "12/3", "postcode": "8020", "city": "Graz", "country": "Österreich"},
            "Lendkai 12/3\n8020 Graz\nAT",
        ),
        ({"street": "Ring 1", "postcode": "A-1010", "city": "Wien"}, "Ring 1\n1010 Wien\nAT"),
        (
            {"street": "Hauptstr. 5", "postcode": "1067", "city": "Dresden", "country": "D"},
            "Hauptstr. 5\n01067 Dresden\nDE",
        ),
        ({"street": "Weg 1", "city": "80331 München"}, "Weg 1\n80331 München\nDE"),
        ({"address": "Postfach 12, 8001 Zürich, Schweiz"}, "Postfach 12\n8001 Zürich\nCH"),
        (
            {"name": "Moser c/o Huber", "street": "Weg 1", "postcode": "80331", "city": "München"},
            "c/o Huber\nWeg 1\n80331 München\nDE",
        ),
        (
            {"street": "5 High St", "city": "London", "postcode": "SW1A 1AA", "country": "UK"},
            "5 High St\nLondon\nSW1A 1AA\nGB",
        ),
        (
            {"street": "Dam 1", "postcode": "1012 JS", "city": "Amsterdam", "country": "NL"},
            "Dam 1\n1012 JS Amsterdam\nNL",
        ),
    ],
)
def test_addresses_of_our_countries_and_others(cells: dict[str, str], address: str) -> None:
    found = row(**({"name": "Petra Huber"} | cells))

    assert said(found, Attribute.POSTAL) == [address] and not found.faults
    assert kept_form(Attribute.POSTAL, address, country="DE") == address


def test_four_digits_at_home_in_austria_are_austrian_and_elsewhere_doubtful() -> None:
    cells = {"name": "Petra Huber", "street": "Weg 1", "postcode": "8020", "city": "Graz"}

    assert said(row(home="AT", **cells), Attribute.POSTAL) == ["Weg 1\n8020 Graz\nAT"]
    abroad = row(**cells)
    assert said(abroad, Attribute.POSTAL) == ["Weg 1\n8020 Graz"] and Odd(Remark.COUNTRY, "8020 Graz") in abroad.odd


def test_an_address_that_is_none_makes_the_row_bad_and_a_place_alone_becomes_a_remark() -> None:
    assert [one.remark for one in row(name="P Huber", street="Weg 1", city="München").faults] == [Remark.ADDRESS]
    assert [
        one.remark for one in row(name="P Huber", street="Weg 1", postcode="1", city="X", country="Atlantis").faults
    ] == [Remark.ADDRESS]
    found = row(name="P Huber", postcode="80331", city="München")
    assert said(found, Attribute.NOTE) == ["80331 München"] and not found.faults


@pytest.mark.parametrize(
    ("said_", "day"),
    [
        ("17.5.1980", (1980, 5, 17)), ("17.05.80", (1980, 5, 17)), ("17. Mai 1980", (1980, 5, 17)), ("3. März 61", (1961, 3, 3)),
        ("1980-05-17 00:00", (1980, 5, 17)), ("19800517", (1980, 5, 17)), ("17/05/1980", (1980, 5, 17)), ("5/17/1980", (1980, 5, 17)),
        ("29358", (1980, 5, 17)), ("1. Jänner 2012", (2012, 1, 1)), ("12.1.12", (2012, 1, 12)),
    ],
)  # fmt: skip
def test_days_in_any_usual_form(said_: str, day: tuple[int, int, int]) -> None:
    assert day_in(said_, today=TODAY) == date(*day)


@pytest.mark.parametrize("said_", ["31.2.1980", "gestern", "1980", "17.13.1980", "", "123456", "99.99.9999"])
def test_what_is_no_day(said_: str) -> None:
    assert day_in(said_, today=TODAY) is None


def test_a_day_that_programs_write_for_none_is_left_out_and_one_to_come_is_wrong() -> None:
    assert [one.remark for one in row(name="P Huber", born_on="1.1.1900").odd] == [Remark.NO_DAY]
    assert [one.remark for one in row(name="P Huber", born_on="1.1.2030").faults] == [Remark.DAY]
    assert said(row(name="P Huber", born_month_first="5/6/1980"), Attribute.BORN_ON) == ["1980-05-06"]


def test_several_addresses_in_a_cell() -> None:
    assert mails_in("a@x.example; Petra <b@x.example>, mailto:c@x.example") == (
        ["a@x.example", "b@x.example", "c@x.example"],
        [],
    )
    assert mails_in("ute@") == ([], ["ute@"]) and mails_in("-") == ([], [])
    assert [way.address for way in row(name="P", email="A@X.example / a@x.example").ways] == ["a@x.example"]
    assert [one.remark for one in row(name="P", email="no-reply@x.example").odd] == [Remark.NO_REPLY]


@pytest.mark.parametrize(
    ("cell", "country", "numbers"),
    [
        ("0316/12 34 56", "AT", ["+43316123456"]),
        ("0171-1234567 (Büro) / 089 123456", "DE", ["+491711234567", "+4989123456"]),
        ("+41 (0)44 555 01 20; 0041 79 555 01 20", "CH", ["+41445550120", "+41795550120"]),
        ("4915112345678", "DE", ["+4915112345678"]),
        ("1715550123", "DE", ["+491715550123"]),
        ("Tel.: 089 123456 privat", "DE", ["+4989123456"]),
        ("0351 5550199 oder 0171 5550123", "DE", ["+493515550199", "+491715550123"]),
        ("089 / 55 50 142", "DE", ["+49895550142"]),
        ("keine", "DE", []),
    ],
)
def test_telephone_numbers_in_national_form(cell: str, country: str, numbers: list[str]) -> None:
    found, wrong, _ = phones_in(cell, country)

    assert [number for number, _ in found] == numbers and not wrong


def test_a_number_that_is_none_makes_the_row_bad_unless_it_is_left_out() -> None:
    assert [one.remark for one in row(name="P Huber", phone="siehe Akte").faults] == [Remark.PHONE]
    assert not row(name="P Huber", phone="siehe Akte", lenient=True).faults
    assert row(lenient=True, note="nur das").faults


def test_a_salutation_counts_where_the_first_name_bears_it_out() -> None:
    assert said(row(given="Petra", family="Huber", salutation="Frau"), Attribute.SALUTATION) == ["frau"]
    assert said(row(given="Kim", family="Lee", salutation="Frau"), Attribute.SALUTATION) == []
    assert said(row(given="Petra", family="Huber", salutation="Herr"), Attribute.SALUTATION) == []
    assert said(row(given="Kim", family="Lee", declared="Herr"), Attribute.SALUTATION) == ["herr"]
    assert said(row("list:fair", given="Petra", family="Huber", salutation="Frau"), Attribute.SALUTATION) == []


def test_languages_hours_wishes_and_remarks() -> None:
    found = row(
        name="P Huber",
        language="Deutsch",
        quiet_hours="20 bis 8 Uhr",
        wish="bitte anrufen; Hund beißt",
        note="x " * 400,
    )

    assert said(found, Attribute.LANGUAGE) == ["de"] and said(found, Attribute.WISH) == ["call_me"]
    assert said(found, Attribute.MATTERS) == ["Hund beißt"] and len(said(found, Attribute.NOTE)) == 3
    assert [one.remark for one in row(name="P", language="Klingonisch", quiet_hours="immer").faults] == [
        Remark.LANGUAGE,
        Remark.HOURS,
    ]
    assert wishes_in("bitte nicht anrufen")[0] == ["do_not_call"]


def test_nobody_is_a_fault() -> None:
    assert [one.remark for one in row(note="eine Notiz").faults] == [Remark.NOBODY]


@given(cells=st.dictionaries(st.sampled_from([one for one in Target if one]), st.text(max_size=60), max_size=8))
def test_any_row_is_understood_or_bad_and_what_is_said_can_be_kept(cells: dict[Target, str]) -> None:
    found = understood(cells_of(list(cells), list(cells.values())), source="import:x", home="DE", today=TODAY)

    if not found.faults:
        for one in found.told:
            assert kept_form(one.attribute, one.value, country="DE")
    assert all(Odd.read(one.kept()).remark is one.remark for one in found.odd)


def test_an_address_is_read_again_whatever_was_in_it() -> None:
    found = row(name="P", street="Weg 1\nHinterhaus", postcode="80331", city="München")

    assert read_postal(said(found, Attribute.POSTAL)[0]) is not None


@pytest.mark.parametrize(
    ("column", "target"),
    [
        ("Kd-Nr.", Target.NUMBER), ("E-Mail-Adresse", Target.EMAIL), ("Geb.-Dat.", Target.BORN_ON), ("Straße/Hausnr.", Target.STREET),
        ("Rechnung PLZ", Target.POSTCODE), ("Telefon privat", Target.PHONE), ("Last Name", Target.FAMILY), ("E-mail 2 - Value", Target.EMAIL),
        ("Ansprechpartner", Target.NAME), ("Umsatz", Target.SKIP),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(column: str, target: Target) -> None:
    assert target_named(column) is target


def test_columns_are_known_by_what_stands_in_them() -> None:
    rows = [
        ["petra@huber.example", "17.5.1980", "80331", "Lendkai 12", "Frau", "x"],
        ["k@h.example", "3.1.1961", "01067", "Ringstraße 1", "Herr", "y"],
    ]

    found = guesses(["A", "B", "C", "D", "E", "F"], rows)

    assert [one.target for one in found] == [
        Target.EMAIL,
        Target.BORN_ON,
        Target.POSTCODE,
        Target.SKIP,
        Target.SALUTATION,
        Target.SKIP,
    ]
    assert found[0].why is Why.VALUES


def test_a_column_whose_cells_are_something_else_is_left_out_and_a_second_one_too() -> None:
    found = guesses(
        ["E-Mail", "PLZ", "Ort", "Ort 2"], [["ja", "80331", "München", "Berlin"], ["nein", "01067", "Dresden", "Bonn"]]
    )

    assert [one.why for one in found] == [Why.UNLIKE, Why.BOTH, Why.NAME, Why.TWICE]


def test_name_beside_given_names_is_the_family_name() -> None:
    found = guesses(["Vorname", "Name"], [["Petra", "Huber"]])

    assert [one.target for one in found] == [Target.GIVEN, Target.FAMILY]


def test_american_days_are_noticed() -> None:
    (found,) = guesses(["Birthday"], [["5/17/1980"], ["4/3/1961"]])

    assert found.target is Target.BORN_MONTH_FIRST


def test_number_before_address_before_nobody_and_names_must_fit() -> None:
    petra = Understood(
        name="Petra Huber",
        parts=read_name("Petra Huber"),
        number="K-1",
        ways=[Reached("EMAIL", "p@x", "p@x"), Reached("PHONE", "+491", "1")],
    )
    owners = {("EMAIL", "p@x"): Owner(7, "P. Huber"), ("PHONE", "+491"): Owner(8, "Karl Huber")}

    assert recognised(petra, numbers={"K-1": 5}, owners={}).customer_id == 5
    found = recognised(petra, numbers={}, owners=owners)
    assert found.customer_id == 7 and not found.ways and found.odd[0].remark is Remark.TAKEN
    assert recognised(petra, numbers={"K-1": 5}, owners=owners).others == (7,)
    assert recognised(petra, numbers={}, owners={}).customer_id is None


def test_the_latest_thing_that_happened_says_how_far_it_is() -> None:
    from datetime import UTC, datetime

    at, no = datetime(2026, 1, 1, tzinfo=UTC), None
    assert state_of(Moments(no, "", no, no, no, no, no, no)) is State.READING
    assert state_of(Moments(no, "weil", no, no, no, no, no, no)) is State.UNREADABLE
    assert state_of(Moments(at, "", at, at, no, no, no, no)) is State.TRIED
    assert state_of(Moments(at, "", at, at, at, at, no, no)) is State.DONE
    assert state_of(Moments(at, "", no, no, at, at, at, no)) is State.UNDOING


def test_fax_messengers_and_pages_are_ways_too() -> None:
    found = row(
        name="Vera Moser",
        fax="030 1234567",
        signal="0151 23456789",
        messenger="Telegram: @vera_moser; nur so",
        web="vera.example",
    )

    assert [(way.channel, way.address) for way in found.ways] == [
        ("FAX", "+49301234567"),
        ("WEB", "vera.example"),
        ("MESSENGER", "telegram:vera_moser"),
        ("MESSENGER", "signal:+4915123456789"),
    ]
    assert found.faults == [Odd(Remark.WAY, "nur so")]
