from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golddraht.house.cli.speaking import Refused, as_json, print_json

if TYPE_CHECKING:
    from golddraht.identity.batch.reading import Sheet
    from golddraht.identity.batch.resolving import Resolved, Row

PORTION = 10_000
"""Rows that are said in one breath."""
a_file = click.Path(exists=True, dir_okay=False)
id_ = click.option(
    "--id",
    "id_column",
    default="",
    help="The column that names each row; else one called id, or the number of the row.",
)
map_ = click.option(
    "--map", "mapped", multiple=True, metavar="MEANING=COLUMN", help="What a column means; MEANING= leaves one out."
)
pairs_ = click.option(
    "--pairs", "in_pairs", is_flag=True, help="Print the pairs with their evidence instead of the rows."
)


@click.group()
def identity() -> None:
    """Who in a file is one person, and why."""


@identity.command()
@click.argument("file", type=a_file)
@id_
@map_
@pairs_
@as_json
def dedupe(file: str, id_column: str, mapped: Sequence[str], in_pairs: bool, in_json: bool) -> None:
    """Say for each row of the CSV file FILE which cluster it belongs to: rows of one cluster are one person.

    Columns are known by their German and English names (given and family name, birth, street, house_number, postcode, city,
    email, phone, mobile, identifier, organisation and more). Touches no database.
    """
    _say([file], id_column, mapped, in_pairs=in_pairs, in_json=in_json)


@identity.command()
@click.argument("one", type=a_file)
@click.argument("two", type=a_file)
@id_
@map_
@pairs_
@as_json
def link(one: str, two: str, id_column: str, mapped: Sequence[str], in_pairs: bool, in_json: bool) -> None:
    """Say for each row of two CSV files which cluster it belongs to; only rows of different files are compared.

    Columns are known by their names as in dedupe; --id and --map go for both files. Touches no database.
    """
    _say([one, two], id_column, mapped, in_pairs=in_pairs, in_json=in_json)


@identity.command()
@click.argument("files", type=a_file, nargs=-1, required=True)
@click.option("--to", "folder", type=click.Path(file_okay=False), required=True, help="The folder that is written.")
@id_
@map_
def prepare(files: Sequence[str], folder: str, id_column: str, mapped: Sequence[str]) -> None:
    """Write FILES made comparable, with the model, for Splink on Spark: people.parquet, common_….parquet and model.json.

    With two files and more only rows of different files are compared. Touches no database.
    """
    from golddraht.identity.batch.elsewhere import write

    write(_sheets(files, id_column, mapped), Path(folder), across=len(files) > 1)
    click.echo(f"Written to {folder}.")


def _say(files: Sequence[str], id_column: str, mapped: Sequence[str], *, in_pairs: bool, in_json: bool) -> None:
    from golddraht.identity.batch.resolving import Resolved

    sheets = _sheets(files, id_column, mapped)
    names = [Path(file).name for file in files]
    if len(set(names)) < len(names):
        names = list(files)
    resolved = Resolved(sheets, across=len(files) > 1)
    (_say_pairs if in_pairs else _say_rows)(resolved, names, in_json)


def _sheets(files: Sequence[str], id_column: str, mapped: Sequence[str]) -> list[Sheet]:
    from golddraht.ground.sheets import NotASheet
    from golddraht.identity.batch.reading import read

    try:
        return [read(file, id_column_asked=id_column, mapped=mapped) for file in files]
    except NotASheet as refusal:
        raise Refused(str(refusal)) from None


def _say_rows(resolved: Resolved, names: Sequence[str], in_json: bool) -> None:
    lines = (_row_in_words(names, in_json, *answer) for answer in resolved.answers())
    while portion := list(islice(lines, PORTION)):
        # A lone surrogate becomes its escape, which is JSON again.
        sys.stdout.buffer.write("".join(portion).encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _row_in_words(names: Sequence[str], in_json: bool, file: int, name: str, first: Row, needs_review: bool) -> str:
    cluster = _named(first, names)
    if not in_json:
        return f"{_named((file, name), names)}  {cluster}{'  (a person should look)' if needs_review else ''}\n"
    answer: dict[str, Any] = {"id": name, "cluster": cluster, "needs_review": needs_review}
    if len(names) > 1:
        answer["file"] = names[file]
    return json.dumps(answer, ensure_ascii=False) + "\n"


def _say_pairs(resolved: Resolved, names: Sequence[str], in_json: bool) -> None:
    for pair in resolved.pairs():
        left, right = pair.left[1], pair.right[1]
        if in_json:
            evidence = [{"field": one.field, "says": one.says, "weight": round(one.weight, 3)} for one in pair.evidence]
            print_json(
                {
                    "left": left,
                    "right": right,
                    "probability": round(pair.probability, 6),
                    "weight": round(pair.weight, 3),
                    "doubt": pair.doubt,
                    "evidence": evidence,
                }
            )
        else:
            reasons = ", ".join(f"{one.says} {one.weight:+.1f}" for one in pair.evidence)
            click.echo(f"{left}  {right}  {pair.weight:+.1f}  {reasons}{f' ({pair.doubt})' if pair.doubt else ''}")


def _named(row: Row, names: Sequence[str]) -> str:
    """The id of a row, with its file where there are several."""
    file, name = row
    return name if len(names) == 1 else f"{names[file]}:{name}"
