"""Any file is read or refused in words, and the command speaks as agreed."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from golddraht.ground.sheets import NotASheet
from golddraht.house.cli import golddraht
from golddraht.identity import rules
from golddraht.identity.batch import reading
from golddraht.identity.batch.reading import read
from golddraht.identity.batch.resolving import Resolved
from golddraht.identity.rules.columns import meanings
from tests.rules.identity.files import THOMAS, file_of, like, together

SCHEMA = json.loads((Path(rules.__file__).parent / "dedupe.schema.json").read_text(encoding="utf-8"))


def said(*words: str) -> list[dict[str, object]]:
    answer = CliRunner().invoke(golddraht, ["identity", *words, "--json"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return [json.loads(line) for line in answer.output.splitlines()]


def refused(*words: str) -> str:
    answer = CliRunner().invoke(golddraht, ["identity", *words])
    assert answer.exit_code == 1
    return answer.output


def test_every_row_is_answered_in_its_order(tmp_path: Path) -> None:
    path = file_of([like(id="z"), like(id="x", vorname="Uwe"), like(id="y")], tmp_path / "rows.csv")
    lines = said("dedupe", str(path), "--id", "id")
    assert [line["id"] for line in lines] == ["z", "x", "y"]
    assert [line["cluster"] for line in lines] == ["y", "x", "y"]
    for line in lines:
        jsonschema.validate(line, SCHEMA)


def test_linked_rows_say_their_file(tmp_path: Path) -> None:
    one, two = file_of([THOMAS], tmp_path / "one.csv"), file_of([like(id="a")], tmp_path / "two.csv")
    lines = said("link", str(one), str(two))
    assert [(line["id"], line["file"]) for line in lines] == [("a", "one.csv"), ("a", "two.csv")]
    assert {line["cluster"] for line in lines} == {"one.csv:a"}
    for line in lines:
        jsonschema.validate(line, SCHEMA)


def test_pairs_tell_their_evidence(tmp_path: Path) -> None:
    (pair,) = said("dedupe", str(file_of([THOMAS, THOMAS], tmp_path / "rows.csv")), "--pairs")
    assert (pair["left"], pair["right"]) == ("a", "b")
    assert isinstance(pair["evidence"], list) and len(pair["evidence"]) > 5


def test_columns_of_other_programs_are_known() -> None:
    febrl = [
        "given_name",
        "surname",
        "street_number",
        "address_1",
        "address_2",
        "suburb",
        "postcode",
        "state",
        "date_of_birth",
        "soc_sec_id",
    ]
    assert set(meanings(febrl)) == {
        *(
            "given_name",
            "family_name",
            "house_number",
            "street",
            "street_more",
            "city",
            "postcode",
            "birth",
            "identifier",
        )
    }
    assert meanings(["Vor-Name", "Name", "E-Mail", "Geb.-Datum", "PLZ", "Straße"]) == {
        "given_name": "Vor-Name",
        "family_name": "Name",
        "email": "E-Mail",
        "birth": "Geb.-Datum",
        "postcode": "PLZ",
        "street": "Straße",
    }


def test_a_column_is_mapped_by_hand_or_left_out() -> None:
    assert meanings(["Wer", "ort"], ["name=Wer", "city="]) == {"name": "Wer"}
    with pytest.raises(NotASheet, match="MEANING=COLUMN"):
        meanings(["Wer"], ["who=Wer"])
    with pytest.raises(NotASheet, match="no column Wo"):
        meanings(["Wer"], ["city=Wo"])


def test_a_whole_name_and_a_whole_address_are_taken_apart(tmp_path: Path) -> None:
    whole = {"name": "Dr. Thomas von der Tann", "adresse": "Hauptstr. 5, 76131 Karlsruhe", "email": "t@tann.de"}
    other = {"name": "von der Tann, Thomas", "adresse": "Hauptstraße 5, 76131 Karlsruhe", "email": ""}
    assert together(tmp_path, whole, other, whole | {"name": "Eva von der Tann"}) == ["a", "a", "c"]


@pytest.mark.parametrize(
    ("content", "words", "why"),
    [
        ("", (), "is empty"),
        ("id,vorname\na,Tom\na,Tim\n", (), "'a' occurs twice"),
        ("id,vorname\n,Tom\n", ("--id", "id"), "is empty"),
        ("id,vorname\na,Tom\n", ("--id", "nr"), "There is no column nr"),
        ("farbe\nrot\n", (), "None of the columns farbe is known"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    tmp_path: Path, content: str, words: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(content, encoding="utf-8")
    assert why in refused("dedupe", str(path), *words)


@pytest.mark.parametrize(
    "content", ["id;Vorname\n", "id;Vorname\n1;Jörg\n", "Vorname\nJörg\nAnna\n", "id;Vorname;plz\n1;;\n2;;\n"]
)
def test_small_files_are_answered(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content.encode("cp1252"))
    lines = said("dedupe", str(path))
    assert len(lines) == content.count("\n") - 1
    assert len({line["cluster"] for line in lines}) == len(lines)


@settings(max_examples=300, deadline=None)
@given(lines=st.text(alphabet='ab ü,;"\n\r\t\x1c\u00a0\x85', max_size=40), is_dos=st.booleans())
def test_quick_and_careful_reading_read_the_same(
    tmp_path_factory: pytest.TempPathFactory, lines: str, is_dos: bool
) -> None:
    path = tmp_path_factory.mktemp("any") / "rows.csv"
    path.write_bytes(("id,name" + ("\r\n" if is_dos else "\n") + lines).encode())
    quick = reading._quickly(path)
    if quick is not None:
        assert quick.to_pylist() == reading._carefully(path).to_pylist()


def test_plain_files_are_read_quickly(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes("id, name\na, Jörg \n\nb,\n".encode())
    quick = reading._quickly(path)
    assert quick is not None and quick.to_pylist() == [{"id": "a", "name": "Jörg"}, {"id": "b", "name": ""}]


@settings(max_examples=20, deadline=None)
@given(content=st.binary(max_size=200))
def test_no_file_breaks_it(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "rows.csv"
    path.write_bytes(b"id,name,geburtsdatum,plz,telefon,email\n" + content)
    with suppress(NotASheet):
        sheet = read(path)
        assert len(list(Resolved([sheet], threads=1).answers())) == len(sheet.ids)
