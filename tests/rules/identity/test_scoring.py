"""Two people at a time get the very answers that whole files get."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bench.identity.population import Population
from golddraht.identity.batch.reading import read
from golddraht.identity.batch.resolving import Resolved
from golddraht.identity.rules.people import Person, person_of
from golddraht.identity.rules.scoring import Likeness, liken
from tests.rules.identity.files import file_of

ANNA = {
    "given_name": "Anna",
    "family_name": "Moser",
    "birth": "3.5.1961",
    "email": "a.moser@gmx.at",
    "phone": "+43 1 5877777",
}
COLUMNS = [
    "given",
    "family",
    "birth",
    "street",
    "number",
    "postcode",
    "city",
    "email",
    "phone",
    "mobile",
    "root",
    "generation",
]


def likeness(changed: dict[str, str], people: int = 1_000_000) -> Likeness:
    return liken(person_of(ANNA), person_of(ANNA | changed), people=people)


def test_whole_files_and_single_people_are_made_comparable_alike(tmp_path: Path) -> None:
    rows = list(Population(5).rows(800))
    resolved = Resolved([read(file_of(rows, tmp_path / "rows.csv"))], threads=1)
    found = resolved.at.execute(f"SELECT id, {', '.join(COLUMNS)}, address, mailbox_is_name FROM people").fetchall()
    single = {row["id"]: person_of(row) for row in rows}
    for name, *values, is_name in found:
        assert is_name == single[name].mailbox_is_name
        assert [value or "" for value in values] == [getattr(single[name], column) for column in (*COLUMNS, "address")]


def test_whole_files_and_single_people_are_scored_alike(tmp_path: Path) -> None:
    rows = list(Population(6).rows(1200))
    resolved = Resolved([read(file_of(rows, tmp_path / "rows.csv"))], threads=1)
    named = dict(resolved.at.execute("SELECT id, named FROM people").fetchall())
    single = {row["id"]: _named(person_of(row), named[row["id"]]) for row in rows}

    @cache
    def how_many(column: str, value: str) -> int:
        return sum(getattr(person, column) == value for person in single.values())

    pairs = list(resolved.pairs())
    assert len(pairs) > 300
    for pair in pairs:
        found = liken(single[pair.left[1]], single[pair.right[1]], people=len(rows), how_many=how_many)
        assert [(one.field, one.says) for one in found.evidence[1:]] == [
            (one.field, one.says) for one in pair.evidence[1:]
        ]
        assert found.weight == pytest.approx(pair.weight, abs=0.001)
        assert found.doubt == pair.doubt


def _named(person: Person, is_named: bool) -> Person:
    """With what only a whole file can count: whether the given name is borne by several."""
    return Person(**{name: getattr(person, name) for name in Person.__slots__} | {"is_named": is_named})


@pytest.mark.parametrize(
    ("email", "is_name"),
    [
        ("anna.moser@gmx.at", True),
        ("Moser_A@gmx.at", True),
        ("familie-moser@gmx.at", True),
        ("moser7@gmx.at", False),
        ("bergfex@gmx.at", False),
        ("", False),
    ],
)
def test_a_mailbox_made_of_the_name_is_known(email: str, is_name: bool) -> None:
    assert person_of(ANNA | {"email": email}).mailbox_is_name is is_name


def test_a_mailbox_made_of_a_common_name_says_less_than_another() -> None:
    bare = {"given_name": "Anna", "family_name": "Moser", "email": "anna.moser@gmx.at"}
    other = bare | {"email": "bergfex7@gmx.at"}
    many = {"given": 5_000, "family": 5_000}
    made, free = (
        liken(person_of(one), person_of(one), people=1_000_000, how_many=lambda column, value: many.get(column))
        for one in (bare, other)
    )
    assert not made.is_one and free.is_one
    rare = liken(person_of(bare), person_of(bare), people=1_000_000, how_many=lambda column, value: 2)
    assert rare.is_one


@pytest.mark.parametrize("one", ["Anna Moser", "Moser, Anna", "Frau Dr. Anna Moser"])
def test_a_whole_name_is_taken_apart(one: str) -> None:
    person = person_of({"name": one})
    assert (person.given, person.family) == ("anna", "moser")


def test_the_same_is_recognised_and_says_why() -> None:
    found = likeness({"family_name": "Mosr", "phone": "01 5877777"})
    assert found.is_one and found.certainty > 0.99
    assert found.reasons[0] == "same telephone number" and "same e-mail address, made of the name" in found.reasons
    assert sum(one.weight for one in found.evidence) == pytest.approx(found.weight)


def test_a_twin_at_the_same_telephone_is_for_a_person_to_look_at() -> None:
    found = likeness({"given_name": "Eva", "email": ""})
    assert not found.is_one and found.needs_a_look and found.doubt == "given name differs"


def test_the_same_telephone_with_another_birthday_says_so_in_words() -> None:
    found = likeness({"birth": "17.9.1988", "email": ""})
    assert not found.is_one and found.needs_a_look
    assert {"same telephone number", "birthday differs"} <= set(found.reasons)


def test_a_husband_bothers_nobody() -> None:
    found = likeness({"given_name": "Emil", "birth": "1.1.1960", "email": ""})
    assert not found.is_one and not found.needs_a_look


def test_of_whom_nothing_is_known_nothing_is_said() -> None:
    found = liken(Person(), person_of(ANNA), people=10)
    assert not found.is_one and not found.reasons


def test_either_order_says_the_same() -> None:
    people = [person_of(row) for row in Population(8).rows(60)]
    for one in people:
        for two in people:
            there, back = liken(one, two, people=60), liken(two, one, people=60)
            assert there.weight == pytest.approx(back.weight) and there.doubt == back.doubt
