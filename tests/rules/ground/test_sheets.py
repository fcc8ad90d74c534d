"""CSV files as programs of all kinds write them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.sheets import NotASheet, column_names, rows_of

ROWS = [{"Vorname": "Jörg", "Ort": "Graz"}, {"Vorname": "Ayşe", "Ort": ""}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_found(tmp_path: Path, encoding: str, sign: str) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f"Vorname{sign} Ort \nJörg{sign}Graz{sign}zu viel\n\nAyşe\n", encoding=encoding)
    assert list(rows_of(file)) == ROWS


def test_old_windows_files_are_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes('Name;"Notiz; lang"\r\nMüller;"zwei\r\nZeilen"\r\n'.encode("cp1252"))
    assert list(rows_of(file)) == [{"Name": "Müller", "Notiz; lang": "zwei\r\nZeilen"}]


def test_an_empty_file_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("")
    with pytest.raises(NotASheet, match="empty"):
        list(rows_of(file))


@given(content=st.binary(max_size=300))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("sheet") / "rows.csv"
    file.write_bytes(content)
    with suppress(NotASheet):
        assert all(isinstance(row, dict) for row in rows_of(file))


def test_columns_are_known_by_their_names() -> None:
    assert column_names({"E-Mail": "", "Vor-Name": ""}, {"email": "mail", "vorname": "given"}) == {
        "mail": "E-Mail",
        "given": "Vor-Name",
    }
