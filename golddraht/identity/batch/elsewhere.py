"""The work for another engine: rows made comparable, how common values are, and the model, as files in a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

from golddraht.identity.batch.keys import add_keys
from golddraht.identity.batch.pairs import commons, how_common_sql, settings
from golddraht.identity.batch.preparing import prepare
from golddraht.identity.batch.reading import Sheet
from golddraht.identity.rules.steps import quoted

MODEL, PEOPLE = "model.json", "people.parquet"
IN_SPARK = {"jaro_winkler_similarity(": "jaro_winkler(", " // ": " div "}
"""What is written otherwise for Spark, with the functions that Splink brings there."""


def write(sheets: Sequence[Sheet], folder: Path, *, across: bool = False) -> None:
    """people.parquet, common_COLUMN.parquet and model.json, with which Splink on Spark scores the very pairs that we would."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = sum(len(sheet.ids) for sheet in sheets)
    at = duckdb.connect()
    prepare(at, sheets)
    keys = add_keys(at, rows)
    _copy(at, "SELECT * FROM keyed", folder / PEOPLE)
    for column, usual in commons().items():
        _copy(at, how_common_sql(column, usual, rows), folder / f"common_{column}.parquet")
    model = json.dumps(settings(keys, rows, across=across, dialect="spark"), indent=1)
    for ours, theirs in IN_SPARK.items():
        model = model.replace(ours, theirs)
    (folder / MODEL).write_text(model, encoding="utf-8")


def _copy(at: duckdb.DuckDBPyConnection, query: str, to: Path) -> None:
    at.execute(f"COPY ({query}) TO {quoted(str(to))} (FORMAT parquet)")
