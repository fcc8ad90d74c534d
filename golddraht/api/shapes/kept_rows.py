"""Rows about orders that wait for a decision, over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes.fields import example
from golddraht.commerce.queries import ToMend
from golddraht.commerce.rules import Thing

KEPT = {
    "id": 31,
    "thing": "order",
    "source": "shop",
    "file_name": "",
    "line": 0,
    "cells": {"number": "88-2041", "email": "ute@ohm.example"},
    "reason": "ERASED",
    "field": "email",
    "kept_at": "2026-11-27T18:03:00Z",
    "erased_at": "2026-11-02T09:00:00Z",
}


class KeptRow(Schema):
    """What stood in it, and why it could not be taken down (`reason`, at `field`). `line` is 0 for what a program told."""

    id: int
    thing: Thing
    source: str
    file_name: str
    line: int
    cells: dict[str, Any]
    reason: str
    field: str
    kept_at: datetime
    erased_at: datetime | None = Field(description="When whoever it names was erased.")
    model_config = example(**KEPT)

    @staticmethod
    def of(one: ToMend) -> KeptRow:
        return KeptRow(**{name: getattr(one, name) for name in KeptRow.model_fields})


class KeptRows(Schema):
    rows: list[KeptRow]
    next: str | None
    model_config = example(rows=[KEPT], next=None)


class Mending(Schema):
    """New cells; those not named stay as they are."""

    cells: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=4000)]]
    model_config = example(cells={"email": "kim@lee.example"})


class LetInWhy(Schema):
    why: Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
    model_config = example(why="New contract of 12 November")


class RowGone(Schema):
    gone: bool = True
    model_config = example(gone=True)
