"""Promises that fall due."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from golddraht.api.customers import id_in
from golddraht.api.door import reading
from golddraht.api.shapes import PromiseOut, Promises
from golddraht.promises.queries import due_list

router = Router(tags=["promises"])
MOST = 5_000


@router.get("/due", response=Promises)
def list_due(
    request: HttpRequest,
    until: AwareDatetime | None = None,
    cursor: str = "0",
    limit: Annotated[int, Field(ge=1, le=500)] = 100,
) -> Promises:
    """The open promises that fall due by `until` (within a day when not said), the earliest first."""
    with reading(request) as visitor:
        due = due_list(viewer=visitor.viewer, at=visitor.at, until=until or visitor.at + timedelta(days=1), limit=MOST)
        after = id_in(cursor)
        start = next((index for index, line in enumerate(due, start=1) if line.id == after), 0)
        page = due[start : start + limit]
        following = str(page[-1].id) if start + limit < len(due) else None
        return Promises(promises=[PromiseOut.of(line) for line in page], next=following)
