"""Small customer files and who is one in them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from golddraht.identity.batch.reading import read
from golddraht.identity.batch.resolving import Resolved

THOMAS = {
    "vorname": "Thomas",
    "nachname": "Müller",
    "geburtsdatum": "03.05.1961",
    "strasse": "Gartenstraße 12a",
    "plz": "76131",
    "ort": "Karlsruhe",
    "email": "th.mueller@gmx.de",
    "telefon": "0721 4711222",
}


def like(**changed: str) -> dict[str, str]:
    return THOMAS | changed


def file_of(rows: Sequence[Mapping[str, str]], path: Path) -> Path:
    """The rows as a CSV file; rows without an id are numbered a, b, c."""
    named = [{"id": chr(ord("a") + place)} | dict(row) for place, row in enumerate(rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in named for name in row)))
        writer.writeheader()
        writer.writerows(named)
    return path


def clusters_of(path: Path) -> dict[str, str]:
    """The cluster of every row of a file."""
    return {name: first[1] for _, name, first, _ in Resolved([read(path)], threads=1).answers()}


def together(folder: Path, *rows: Mapping[str, str]) -> list[str]:
    """The clusters of the rows: the same letter for those who are one."""
    return list(clusters_of(file_of(rows, folder / "rows.csv")).values())
