"""Rows of one person come together, and members of a household never do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.identity.population import Population
from golddraht.identity.batch import resolving
from golddraht.identity.batch.reading import read
from golddraht.identity.batch.resolving import Resolved
from tests.rules.identity.files import THOMAS, clusters_of, file_of, like, together


@pytest.mark.parametrize(
    "changed",
    [
        {"nachname": "Mueller", "strasse": "Gartenstr. 12 a"},
        {"nachname": "MULLER", "telefon": "+49 (0)721 / 4711 222"},
        {"vorname": "Tom", "plz": "D-76131"},
        {"vorname": "Thomsa", "geburtsdatum": "1961-05-03"},
        {"vorname": "Müller", "nachname": "Thomas"},
        {"geburtsdatum": "05.03.1961"},
        {"geburtsdatum": "", "telefon": ""},
        {"vorname": "T.", "email": "mueller.thomas@web.de"},
        {"strasse": "Kaiserallee 5", "plz": "20099", "ort": "Hamburg", "telefon": "040 1234567"},
        {"vorname": "Dr. Thomas"},
    ],
)
def test_one_person_in_other_words(tmp_path: Path, changed: dict[str, str]) -> None:
    assert together(tmp_path, THOMAS, like(**changed)) == ["a", "a"]


def test_a_bride_keeps_her_record(tmp_path: Path) -> None:
    anna = like(vorname="Anna", nachname="Schmidt", email="anna.s@web.de")
    assert together(tmp_path, anna, anna | {"nachname": "Schmidt-Krause"}, anna | {"nachname": "Krause"}) == ["a"] * 3


@pytest.mark.parametrize(
    "changed",
    [
        {"vorname": "Sabine", "geburtsdatum": "11.11.1963"},
        {"vorname": "Martin"},
        {"vorname": "Andrea", "geburtsdatum": ""},
        {"geburtsdatum": "17.09.1988"},
        {"vorname": "Thomas jun.", "geburtsdatum": "17.09.1988"},
        {"vorname": "Tanja", "email": "familie@mueller.de"},
    ],
    ids=["wife", "twin", "wife without birthday", "son of his name", "junior", "daughter"],
)
def test_a_household_stays_apart(tmp_path: Path, changed: dict[str, str]) -> None:
    assert together(tmp_path, THOMAS, like(**changed)) == ["a", "b"]


def test_twins_and_son_stay_apart_though_a_row_without_first_name_is_between_them(tmp_path: Path) -> None:
    rows = [THOMAS, like(vorname="Martin"), like(vorname="", geburtsdatum=""), like(geburtsdatum="17.09.1988")]
    found = together(tmp_path, *rows)
    assert len({found[0], found[1], found[3]}) == 3


def test_a_twin_waits_for_a_look_and_a_wife_does_not(tmp_path: Path) -> None:
    wife = like(vorname="Sabine", geburtsdatum="11.11.1963")
    path = file_of([THOMAS, like(vorname="Martin"), wife], tmp_path / "rows.csv")
    looks = {name: needs_review for _, name, _, needs_review in Resolved([read(path)], threads=1).answers()}
    assert looks == {"a": True, "b": True, "c": False}


def test_the_name_alone_is_not_enough(tmp_path: Path) -> None:
    other = {"strasse": "Kaiserallee 5", "plz": "20099", "ort": "Hamburg"}
    bare = {"email": "", "telefon": "", "geburtsdatum": ""}
    assert together(tmp_path, like(**bare), like(**bare, **other)) == ["a", "b"]


def test_the_weights_of_the_evidence_add_up(tmp_path: Path) -> None:
    path = file_of([THOMAS, like(vorname="Tom", telefon="")], tmp_path / "rows.csv")
    (pair,) = Resolved([read(path)], threads=1).pairs()
    assert sum(one.weight for one in pair.evidence) == pytest.approx(pair.weight, abs=0.001)
    assert {"same birthday", "given names of one person"} <= {one.says for one in pair.evidence}
    assert "telephone number" not in {one.field for one in pair.evidence}
    assert pair.probability > 0.99


def test_what_speaks_against_is_said_in_words(tmp_path: Path) -> None:
    path = file_of([THOMAS, like(geburtsdatum="17.09.1988")], tmp_path / "rows.csv")
    (pair,) = Resolved([read(path)], threads=1).pairs()
    assert pair.doubt == "birthday differs" and pair.probability < 0.5
    assert {"same telephone number", "birthday differs"} <= {one.says for one in pair.evidence}


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = list(Population(7).rows(400))
    one = clusters_of(file_of(rows, tmp_path / "one.csv"))
    two = clusters_of(file_of(rows[::-1], tmp_path / "two.csv"))
    assert one == two
    assert len(set(one.values())) < len(rows)


def test_many_pairs_are_read_in_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file_of(list(Population(7).rows(400)), tmp_path / "rows.csv")
    whole = clusters_of(path)
    monkeypatch.setattr(resolving, "PORTION", 7)
    assert clusters_of(path) == whole
    assert len(list(Resolved([read(path)], threads=1).pairs())) > 100


def test_linking_compares_across_files_only(tmp_path: Path) -> None:
    files = [file_of([THOMAS, THOMAS], tmp_path / "one.csv"), file_of([like(nachname="Mueller")], tmp_path / "two.csv")]
    resolved = Resolved([read(path) for path in files], across=True, threads=1)
    assert {(pair.left[0], pair.right[0]) for pair in resolved.pairs()} == {(0, 1)}
    assert {first for _, _, first, _ in resolved.answers()} == {(0, "a")}


def test_a_generated_population_is_told_apart(tmp_path: Path) -> None:
    found = clusters_of(file_of(list(Population(3).rows(1500)), tmp_path / "rows.csv"))
    groups: dict[str, list[str]] = {}
    for name, first in found.items():
        groups.setdefault(first, []).append(name.split("-")[1])
    pairs = [one == two for group in groups.values() for at, one in enumerate(group) for two in group[:at]]
    assert sum(pairs) > 500
    assert pairs.count(False) <= len(pairs) / 50
