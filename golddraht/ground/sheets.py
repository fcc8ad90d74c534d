"""Files of rows as people have them: CSV out of any program, in any of the usual encodings and separators."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from golddraht.ground.text import folded

SAMPLE = 64 * 1024
LONGEST_FIELD = 10_000_000
SEPARATORS = ";,\t|"
Row = dict[str, str]


class NotASheet(ValueError):
    """The file cannot be read as rows; the text says why and what to do."""


def rows_of(path: str | Path) -> Iterator[Row]:
    """The rows of a CSV file by column, every cell stripped; cells without a column are left out, missing ones are "".

    Reads UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252, DOS (850) or Macintosh. Raises NotASheet.
    """
    lines = cells_of(path)
    names = next(lines)
    for cells in lines:
        yield {name: cell for name, cell in zip(names, cells, strict=True) if name}


def cells_of(path: str | Path) -> Iterator[list[str]]:
    """The names of the columns, then the cells of every row, as `rows_of` reads them: as many as there are names. Raises NotASheet."""
    path = Path(path)
    encoding = encoding_of(path)
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
        file.seek(0)
        reader = csv.reader(_without_nul(file), delimiter=_separator(sample))
        try:
            yield from _filled(reader, path)
        except csv.Error as error:
            raise NotASheet(f"{path}, line {reader.line_num}: {error}.") from error


def _filled(reader: Iterator[list[str]], path: Path) -> Iterator[list[str]]:
    names = [name.strip() for name in next(reader, [])]
    if not any(names):
        raise NotASheet(f"{path} is empty: the first line has to name the columns.")
    yield names
    for line in reader:
        cells = [cell.strip() for cell in line]
        if any(cells):
            yield [*cells[: len(names)], *[""] * (len(names) - len(cells))]


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in lines)


def encoding_of(path: Path) -> str:
    """How the file spells its letters: UTF-8 or UTF-16 where that fits, else what the German and French letters in it make sense as."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        try:
            for line in file:
                line.decode("utf-8")
        except UnicodeDecodeError:
            file.seek(0)
            return _old_encoding(file.read(SAMPLE))
    return "utf-8-sig"


OLD = ("cp1252", "cp850", "mac_roman")
LETTER = re.compile(r"(?<=[A-Za-z ])[äöüßéèêàâôçëï]|[ÄÖÜ](?=[a-zß])|(?<=[A-Z])[ÄÖÜ]")


def _old_encoding(sample: bytes) -> str:
    """Windows, DOS or an old Macintosh: by whose signs more of the letters stand where our languages have them."""
    found = {name: len(LETTER.findall(sample.decode(name, "replace"))) for name in OLD}
    return max(OLD, key=lambda name: (found[name], -OLD.index(name)))


def _separator(sample: str) -> str:
    """The sign that parts the columns of the first line most often."""
    first = next((line for line in sample.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=lambda sign: (bare.count(sign), -SEPARATORS.index(sign)))


def column_names(row: Mapping[str, str], synonyms: Mapping[str, str]) -> dict[str, str]:
    """Which column of the row means what: {meaning: column}. `synonyms` leads folded names ("vorname") to meanings."""
    found: dict[str, str] = {}
    for column in row:
        meaning = synonyms.get("".join(sign for sign in folded(column) if sign.isalnum()))
        if meaning is not None:
            found.setdefault(meaning, column)
    return found
