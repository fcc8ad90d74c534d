"""Rows about orders that could not be taken down: what a file said and nobody understood, and whatever names somebody erased."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.paging import id_in
from golddraht.api.shapes.commerce import StatedOut, StatedRows
from golddraht.api.shapes.fields import Cursor, IdInPath
from golddraht.api.shapes.kept_rows import KeptRow, KeptRows, LetInWhy, Mending, RowGone
from golddraht.commerce.operations import drop_row, let_in_row, mend_row
from golddraht.commerce.queries import rows_to_mend
from golddraht.team.rules import Act, Area

router = Router(tags=["orders"], auth=Token(Area.ORDERS))
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/orders/bad-rows", response=KeptRows)
def list_kept_rows(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> KeptRows:
    """Rows that wait for a decision, the oldest first. For admins."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        found = rows_to_mend(viewer=visitor.viewer, after_id=id_in(cursor), limit=limit + 1)
        rows = [KeptRow.of(one) for one in found[:limit]]
        return KeptRows(rows=rows, next=str(rows[-1].id) if len(found) > limit else None)


@router.post("/orders/bad-rows/{bad_row_id}", response=StatedOut)
def mend_kept_row(request: HttpRequest, bad_row_id: IdInPath, told: Mending) -> HttpResponse:
    """Try a row again with other cells; refused once more it stays."""

    def act(visitor: Visitor) -> tuple[int, StatedOut]:
        visitor.must(Act.CONFIGURE)
        return 200, StatedOut.of(mend_row(row_id=bad_row_id, cells=told.cells, at=visitor.at))

    return writing(request, act)


@router.post("/orders/bad-rows/{bad_row_id}/let-in", response=StatedRows)
def let_kept_row_in(request: HttpRequest, bad_row_id: IdInPath, told: LetInWhy) -> HttpResponse:
    """Take down what names somebody who was erased, for a reason that is kept: this row, all others that name them so, and
    whatever is told of them from now on."""

    def act(visitor: Visitor) -> tuple[int, StatedRows]:
        visitor.must(Act.CONFIGURE)
        stated = let_in_row(row_id=bad_row_id, why=told.why, at=visitor.at)
        return 200, StatedRows(rows=[StatedOut.of(one) for one in stated])

    return writing(request, act)


@router.delete("/orders/bad-rows/{bad_row_id}", response=RowGone)
def drop_kept_row(request: HttpRequest, bad_row_id: IdInPath) -> HttpResponse:
    """Nobody needs this row; what stood in it is forgotten. About somebody erased, it is not asked about again."""

    def act(visitor: Visitor) -> tuple[int, RowGone]:
        visitor.must(Act.CONFIGURE)
        drop_row(row_id=bad_row_id, at=visitor.at)
        return 200, RowGone()

    return writing(request, act)
