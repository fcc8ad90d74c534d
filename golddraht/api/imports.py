"""Imports of customers, orders and what else files bring: a file is sent, its columns named, tried, taken over, mended and undone. For admins."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, bearer_in, must_have, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import LARGEST_ID, IdInPath
from golddraht.api.shapes.imports import (
    BadRow,
    BadRows,
    ChosenRows,
    ColumnsIn,
    FileIn,
    Gone,
    ImportOut,
    Imports,
    LetInIn,
    Mended,
    MendIn,
)
from golddraht.imports import operations as importing
from golddraht.imports.queries import bad_rows, import_for, imports_for
from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.team.rules import Act, Area

router = Router(tags=["imports"], auth=Token(Area.CUSTOMERS))
PAGE = 100


@router.get("", response=Imports)
def list_imports(request: HttpRequest, before: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None) -> Imports:
    """The newest first, a hundred at a time; `before` is the id of the last one of the page before."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        return Imports(imports=[ImportOut.of(one) for one in imports_for(viewer=visitor.viewer, after_id=before)])


@router.get("/{import_id}", response=ImportOut)
def read_import(request: HttpRequest, import_id: IdInPath) -> ImportOut:
    """How far it is."""
    with reading(request) as visitor:
        return _shown(visitor, import_id)


def _shown(visitor: Visitor, import_id: int) -> ImportOut:
    visitor.must(Act.CONFIGURE)
    return ImportOut.of(import_for(viewer=visitor.viewer, import_id=import_id))


@router.post("", response={201: ImportOut})
def send_file(request: HttpRequest, told: FileIn) -> HttpResponse:
    """Keep a file; its columns are guessed. Nothing of it is taken over yet. What is no file of customers needs `orders:write` as well."""

    def act(visitor: Visitor) -> tuple[int, ImportOut]:
        visitor.must(Act.CONFIGURE)
        _must_reach(request, told.about)
        source = importing.open_source(name=told.source, kind=told.kind, at=visitor.at)
        file = ContentFile(_content(told.content))
        kept = importing.keep_file(
            source_id=source.pk, file=file, file_name=told.file_name, by=visitor.me, at=visitor.at, about=told.about
        )
        return 201, _shown(visitor, kept.pk)

    return writing(request, act)


def _must_reach(request: HttpRequest, about: str) -> None:
    """What files say of orders is no matter of a token for customers alone."""
    if about != CUSTOMERS:
        must_have(bearer_in(request), Area.ORDERS, is_reading=False)


def _content(told: str) -> bytes:
    try:
        return base64.b64decode(told, validate=True)
    except binascii.Error as error:
        raise Problem(422, "not-base64", "The content is not base64.", str(error)) from error


@router.put("/{import_id}/columns", response=ImportOut)
def name_columns(request: HttpRequest, import_id: IdInPath, told: ColumnsIn) -> HttpResponse:
    """Say what columns mean. What was tried before is forgotten."""

    def act(visitor: Visitor) -> tuple[int, ImportOut]:
        visitor.must(Act.CONFIGURE)
        file = import_for(viewer=visitor.viewer, import_id=import_id)
        _must_reach(request, file.about)
        known = dict(zip(file.columns, file.targets, strict=False))
        targets = [str(told.columns.get(name, known[name])) for name in file.columns]
        importing.map_columns(import_id=file.pk, targets=targets, by=visitor.me, at=visitor.at, keep_as=told.keep_as)
        return 200, _shown(visitor, import_id)

    return writing(request, act)


def _begin(request: HttpRequest, import_id: int, begin: Callable[..., Any]) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, ImportOut]:
        _must_reach(request, _shown(visitor, import_id).about)
        begin(import_id=import_id, at=visitor.at)
        return 200, _shown(visitor, import_id)

    return writing(request, act)


@router.post("/{import_id}/trial", response=ImportOut)
def try_out(request: HttpRequest, import_id: IdInPath) -> HttpResponse:
    """Go through the whole file without writing anything of customers; ask again until `state` is tried."""
    return _begin(request, import_id, importing.try_out)


@router.post("/{import_id}/take-over", response=ImportOut)
def take_over(request: HttpRequest, import_id: IdInPath) -> HttpResponse:
    """Take over every good row; ask again until `state` is done."""
    return _begin(request, import_id, importing.take_over)


@router.post("/{import_id}/undo", response=ImportOut)
def undo(request: HttpRequest, import_id: IdInPath) -> HttpResponse:
    """Give back what was before; whoever was dealt with since stays."""
    return _begin(request, import_id, importing.undo)


@router.delete("/{import_id}", response=Gone)
def throw_away(request: HttpRequest, import_id: IdInPath) -> HttpResponse:
    """Forget a file of which nothing was taken over, or all was undone."""

    def act(visitor: Visitor) -> tuple[int, Gone]:
        _must_reach(request, _shown(visitor, import_id).about)
        importing.throw_away(import_id=import_id)
        return 200, Gone()

    return writing(request, act)


@router.get("/{import_id}/bad-rows", response=BadRows)
def list_bad_rows(
    request: HttpRequest, import_id: IdInPath, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> BadRows:
    """Rows that could not be taken over, with the reasons."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        file = import_for(viewer=visitor.viewer, import_id=import_id)
        rows = bad_rows(import_id=import_id, limit=PAGE + 1, after=after)
        shown = [
            BadRow(row=row.number, cells=dict(zip(file.columns, row.cells, strict=False)), reasons=row.odd)
            for row in rows[:PAGE]
        ]
        return BadRows(rows=shown, next=shown[-1].row if len(rows) > PAGE else None)


@router.post("/{import_id}/bad-rows", response=Mended)
def mend(request: HttpRequest, import_id: IdInPath, told: MendIn) -> HttpResponse:
    """Mend bad rows and try them again."""

    def act(visitor: Visitor) -> tuple[int, Mended]:
        visitor.must(Act.CONFIGURE)
        file = import_for(viewer=visitor.viewer, import_id=import_id)
        _must_reach(request, file.about)
        wanted = {one.row: one.cells for one in told.rows}
        known = {row.number: row.cells for row in bad_rows(import_id=import_id, limit=None) if row.number in wanted}
        cells = {
            number: [wanted[number].get(name, cell) for name, cell in zip(file.columns, before, strict=False)]
            for number, before in known.items()
        }
        count = importing.mend_rows(import_id=import_id, cells=cells, at=visitor.at)
        return 200, Mended(count=count, file=_shown(visitor, import_id))

    return writing(request, act)


@router.post("/{import_id}/bad-rows/without", response=Mended)
def take_without(request: HttpRequest, import_id: IdInPath, told: ChosenRows) -> HttpResponse:
    """Take bad rows over without the values that cannot be understood."""
    return _settle(request, import_id, told, importing.take_without)


@router.post("/{import_id}/bad-rows/leave", response=Mended)
def leave(request: HttpRequest, import_id: IdInPath, told: ChosenRows) -> HttpResponse:
    """These rows are not wanted."""
    return _settle(request, import_id, told, importing.leave_rows)


@router.post("/{import_id}/bad-rows/let-in", response=Mended)
def let_in(request: HttpRequest, import_id: IdInPath, told: LetInIn) -> HttpResponse:
    """Take over a row about somebody who was erased, for a reason that is kept with it."""

    def act(visitor: Visitor) -> tuple[int, Mended]:
        _must_reach(request, _shown(visitor, import_id).about)
        count = importing.let_in(import_id=import_id, number=told.row, why=told.why, at=visitor.at)
        return 200, Mended(count=count, file=_shown(visitor, import_id))

    return writing(request, act)


def _settle(request: HttpRequest, import_id: int, told: ChosenRows, settle: Callable[..., int]) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, Mended]:
        _must_reach(request, _shown(visitor, import_id).about)
        count = settle(import_id=import_id, numbers=told.rows, at=visitor.at)
        return 200, Mended(count=count, file=_shown(visitor, import_id))

    return writing(request, act)
