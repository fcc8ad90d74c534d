"""Imports of customers, as programs see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes.fields import Content, example

SHOWN: dict[str, Any] = {
    "id": 3,
    "file_name": "kunden.csv",
    "source": "import:shop",
    "about": "customers",
    "state": "tried",
    "kept_at": "2026-11-28T17:00:00Z",
    "begun_at": None,
    "columns": {"Kd-Nr.": "number", "Name": "name", "E-Mail": "email"},
    "unreadable": "",
    "rows": 1200,
    "new": 1100,
    "changed": 0,
    "known": 80,
    "doubtful": 15,
    "bad": 5,
    "gone": 0,
    "stayed": 0,
    "withdrawn": 0,
}
BAD = {"row": 17, "cells": {"Name": "Ute Ohm", "E-Mail": "ute@"}, "reasons": ["mail:ute@"]}
About = Literal["customers", "order", "delivery", "appointment", "return", "product"]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Numbers = Annotated[list[Annotated[int, Field(ge=1, le=2**31 - 1)]], Field(min_length=1, max_length=1000)]


class ImportOut(Schema):
    """How far it is. Ask again while `state` is reading, trying, running or undoing."""

    id: int
    file_name: str
    source: str
    about: About = Field(description="What stands in it.")
    state: Literal["reading", "unreadable", "mapping", "trying", "tried", "running", "done", "undoing", "undone"]
    kept_at: datetime
    begun_at: datetime | None
    columns: dict[str, str] = Field(description="What each column means; an empty one is left out.")
    unreadable: str
    rows: int
    new: int
    changed: int = Field(description="Known, and otherwise than before.")
    known: int
    doubtful: int = Field(description="New customers who may be known ones; orders of somebody whom nobody knows yet.")
    bad: int
    gone: int = Field(description="Customers or orders that went with an undoing; `stayed` were dealt with since.")
    stayed: int
    withdrawn: int
    model_config = example(**SHOWN)

    @staticmethod
    def of(file: Any) -> ImportOut:
        counts = ("new", "changed", "known", "doubtful", "bad", "gone", "stayed", "withdrawn")
        told: dict[str, Any] = {name: getattr(file, f"{name}_count") for name in counts}
        return ImportOut(
            id=file.pk,
            file_name=file.file_name,
            source=file.source.source,
            about=file.about,
            kept_at=file.kept_at,
            begun_at=file.begun_at,
            columns=dict(zip(file.columns, file.targets, strict=False)),
            unreadable=file.unreadable,
            rows=file.row_count,
            **(told | {"state": str(file.state)}),
        )


class Imports(Schema):
    imports: list[ImportOut]
    model_config = example(imports=[SHOWN])


class FileIn(Schema):
    """A file of customers, orders, deliveries, visits, returns or products: CSV, a workbook or vCards, at most 25 MB."""

    file_name: Annotated[str, Field(min_length=1, max_length=200)] = "kunden.csv"
    source: Name = Field(description="Where it comes from, the same name each time.")
    kind: Literal["import", "contract", "list"] = Field(
        "import",
        description="A program, one with contracts (believed more), or a mere list (believed less); counts for a new source.",
    )
    about: About = Field("customers", description="What stands in it.")
    content: Content
    model_config = example(
        file_name="kunden.csv", source="Shop", kind="import", content="TmFtZTtFLU1haWwKUGV0cmE7cEB4LmV4YW1wbGUK"
    )


class ColumnsIn(Schema):
    """What columns mean; those not named stay as they are. With `keep_as` it is kept for the next file of the source."""

    columns: dict[str, Annotated[str, Field(max_length=20)]] = Field(
        max_length=500,
        description="By the name of the column, a meaning such as `name` or `email`; of orders as the fields of `/orders` are called, "
        "and `product`, `title`, `quantity`, `line_cents` for a line. Empty leaves it out.",
    )
    keep_as: Annotated[str, Field(max_length=60)] = ""
    model_config = example(columns={"Name": "name"}, keep_as="Shop")


class BadRow(Schema):
    """`reasons` are a word and what it is about, such as `mail:ute@`; of orders `MOMENT:sent_at`."""

    row: int
    cells: dict[str, str]
    reasons: list[str]
    model_config = example(**BAD)


class BadRows(Schema):
    """In the order of the file; `next` asks for those behind."""

    rows: list[BadRow]
    next: int | None
    model_config = example(rows=[BAD], next=None)


class MendedRow(Schema):
    row: Annotated[int, Field(ge=1, le=2**31 - 1)]
    cells: dict[str, Annotated[str, Field(max_length=4000)]]
    model_config = example(row=17, cells={"E-Mail": "ute@ohm.example"})


class MendIn(Schema):
    """New cells for bad rows; cells not named stay as they are."""

    rows: Annotated[list[MendedRow], Field(min_length=1, max_length=1000)]
    model_config = example(rows=[{"row": 17, "cells": {"E-Mail": "ute@ohm.example"}}])


class ChosenRows(Schema):
    """Which bad rows; all of them when none is named."""

    rows: Numbers | None = None
    model_config = example(rows=[17])


class LetInIn(Schema):
    """A row about somebody who was erased, and why they are taken over all the same."""

    row: Annotated[int, Field(ge=1, le=2**31 - 1)]
    why: Annotated[str, Field(min_length=1, max_length=300)]
    model_config = example(row=17, why="New contract of 12 November")


class Mended(Schema):
    """How many rows were changed for good, and how far the import is now."""

    count: int
    file: ImportOut
    model_config = example(count=1, file=SHOWN)


class Gone(Schema):
    gone: bool = True
    model_config = example(gone=True)
