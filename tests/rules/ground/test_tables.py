"""Tables of strangers: found out, whatever they were written with; any bytes are a table or a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golddraht.ground import vcards
from golddraht.ground.sheets import NotASheet
from golddraht.ground.tables import Table, table_in
from golddraht.imports.rules.targets import is_known
from tests.workbooks import workbook

PEOPLE = "Kd-Nr.;Name;Straße;PLZ;Ort\n1;Müller, Jörg;Hauptstraße 5;01067;Dresden\n"


def read(path: Path, content: bytes) -> tuple[Table, list[list[str]]]:
    path.write_bytes(content)
    table = table_in(path, knows=is_known)
    return table, [line.cells for line in table.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_letters_are_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    table, rows = read(tmp_path / "x", PEOPLE.encode(encoding))

    assert table.columns == ("Kd-Nr.", "Name", "Straße", "PLZ", "Ort")
    assert rows == [["1", "Müller, Jörg", "Hauptstraße 5", "01067", "Dresden"]]


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_separators_are_found_out(tmp_path: Path, sign: str) -> None:
    text = "\n".join(sign.join(f'"{cell}"' for cell in ("Name", "Ort", "E-Mail")) for _ in range(1))
    table, rows = read(tmp_path / "x", f'{text}\n"Huber, Petra"{sign}"Graz; Lend"{sign}a@b.example\n'.encode())

    assert table.told["separator"] == sign and rows == [["Huber, Petra", "Graz; Lend", "a@b.example"]]


def test_what_stands_above_the_columns_and_merged_headers(tmp_path: Path) -> None:
    text = "Kundenliste 1.1.2026;;;;\n;;;;\n;Rechnung;;Lieferung;\nName;Straße;Ort;Straße;Ort\nHuber;Ring 1;Graz;Weg 2;Wien\n"
    table, rows = read(tmp_path / "x", text.encode())

    assert table.header_line == 4
    assert table.columns == ("Name", "Rechnung Straße", "Rechnung Ort", "Lieferung Straße", "Lieferung Ort")
    assert rows == [["Huber", "Ring 1", "Graz", "Weg 2", "Wien"]]


def test_a_file_without_names_of_columns_begins_with_people(tmp_path: Path) -> None:
    table, rows = read(tmp_path / "x", b"Petra Huber;petra@huber.example\nKarl Huber;karl@huber.example\n")

    assert table.header_line == 0 and len(rows) == 2 and table.columns == ("Spalte 1", "Spalte 2")


def test_formulas_quotes_and_line_ends_in_cells(tmp_path: Path) -> None:
    table, rows = read(tmp_path / "x", b'sep=;\nName;PLZ;Notiz\n"Huber";="01067";"zwei\nZeilen"\n\n;;\n')

    assert rows == [["Huber", "01067", "zwei\nZeilen"]] and table.told["separator"] == ";"
    _, rows = read(tmp_path / "y", b"'Name','Ort'\n'Huber, Petra','Graz'\n'Moser, Karl','Wien'\n")
    assert rows[0] == ["Huber, Petra", "Graz"]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"%PDF-1.4", b"\x89PNG\r\n", b"PK\x03\x04 torn", b"<html>", b"\xd0\xcf\x11\xe0x"]
)
def test_what_is_no_table_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotASheet, match=r"\w+ \w+"):
        read(tmp_path / "x", content)


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_a_table_or_a_reason(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    try:
        table, rows = read(path, content)
    except NotASheet:
        return
    assert all(len(cells) == len(table.columns) for cells in rows)
    assert len(set(table.columns)) == len(table.columns)
    assert not any("\0" in cell for cells in rows for cell in cells)


def test_a_workbook_with_formulas_dates_and_numbers(tmp_path: Path) -> None:
    content = workbook(
        tmp_path / "x.xlsx",
        [
            ["Kundenliste"],
            ["Nachname", "Geburtsdatum", "Telefon", "PLZ", "Ort"],
            [
                "Huber & Söhne",
                '<c s="1"><v>29358</v></c>',
                "<c><v>4915112345678</v></c>",
                "<c><v>1067</v></c>",
                '<c t="str"><f>A1</f><v>Dresden</v></c>',
            ],
        ],
    )
    table, rows = read(tmp_path / "y", content)

    assert table.told == {"form": "xlsx", "sheet": "Kunden"} and table.header_line == 2
    assert rows == [["Huber & Söhne", "1980-05-17", "4915112345678", "1067", "Dresden"]]


def test_a_small_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("golddraht.ground.workbooks.LARGEST_INSIDE", 1000)
    with pytest.raises(NotASheet, match="too large"):
        read(tmp_path / "y", workbook(tmp_path / "x.xlsx", [["Name"], ["x" * 5000]]))


CARDS = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dr. J=C3=B6rg M=
=C3=BCller
TEL;CELL;PREF:+49 171 5550123
TEL;HOME;VOICE:0351 5550199
ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Hauptstra=C3=9Fe 5;Dresden;;01067;Deutschland
END:VCARD
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iOS 17//EN
N:Huber;Petra;;;
FN:Petra Huber
ORG:Huber GmbH;Einkauf
item1.EMAIL;type=INTERNET;type=pref:petra@huber.example
EMAIL:p.huber@privat.example
BDAY;value=date:1980-05-17
NOTE:Klingel unten\\, zweimal\\n
  läuten
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg
 ABAQAAAQABAAD
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Bäckerei Wälchli AG
TEL;VALUE=uri;TYPE="voice,work":tel:+41-44-555-01-20
ADR;PREF=1:;;Limmatquai 2;Zürich;;8001;Schweiz
BDAY:--0412
LANG:de
END:VCARD
"""


def test_vcards_of_three_versions(tmp_path: Path) -> None:
    table, rows = read(tmp_path / "x.vcf", CARDS.replace("\n", "\r\n").encode())
    found = [{name: cell for name, cell in zip(table.columns, row, strict=True) if cell} for row in rows]

    assert found[0] == {
        "Vorname": "Jörg", "Nachname": "Müller", "Titel": "Dr.", "Telefon": "0351 5550199", "Mobil": "+49 171 5550123",
        "Straße": "Hauptstraße 5", "PLZ": "01067", "Ort": "Dresden", "Land": "Deutschland",
    }  # fmt: skip
    assert found[1]["E-Mail"] == "petra@huber.example; p.huber@privat.example"
    assert found[1]["Firma"] == "Huber GmbH, Einkauf" and found[1]["Geburtsdatum"] == "1980-05-17"
    assert found[1]["Notiz"] == "Klingel unten, zweimal\n läuten"
    assert found[2]["Firma"] == "Bäckerei Wälchli AG" and found[2]["Telefon"] == "+41-44-555-01-20"
    assert "Geburtsdatum" not in found[2] and found[2]["Sprache"] == "de"


@settings(max_examples=100, deadline=None)
@given(middle=st.text(max_size=200))
def test_any_card_is_read_without_an_error(tmp_path_factory: pytest.TempPathFactory, middle: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.vcf"
    _, rows = read(path, b"BEGIN:VCARD\r\n" + middle.encode("utf-8", "surrogatepass") + b"\r\nEND:VCARD\r\n")

    assert len(rows) <= 2 + middle.upper().count("BEGIN")


def test_a_card_tells_of_fax_messengers_and_a_page(tmp_path: Path) -> None:
    file = tmp_path / "vera.vcf"
    file.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Vera Moser\nTEL;TYPE=HOME,FAX:0316 123457\nTEL;TYPE=CELL:0664 1234567\n"
        "IMPP;X-SERVICE-TYPE=WhatsApp:x-apple:+436641234567\nIMPP:xmpp:vera@heim.example\n"
        "X-SOCIALPROFILE;TYPE=telegram:https://t.me/vera_moser\nX-SOCIALPROFILE;TYPE=facebook:https://face.example/vera\n"
        "URL:https://vera.example/\nEND:VCARD\n"
    )
    columns, rows = vcards.columns_and_rows(file)
    [(_, cells)] = rows
    told = dict(zip(columns, cells, strict=True))

    assert (told["Fax"], told["Mobil"], told["Webseite"]) == ("0316 123457", "0664 1234567", "https://vera.example/")
    assert told["Messenger"] == "WhatsApp: +436641234567; xmpp: vera@heim.example; telegram: https://t.me/vera_moser"
