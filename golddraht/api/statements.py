"""The monthly statements of the company: made once, and the same ever after."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router, Schema

from golddraht.api.door import Token, reading
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import example
from golddraht.improvement.queries.statements import (
    NoSuchStatement,
    Stated,
    StatedLine,
    months_stated,
    statement_of,
)
from golddraht.team.rules import Act, Area

router = Router(tags=["figures"], auth=Token(Area.TEAM))
Month = Annotated[str, Path(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-10"])]
LINE: dict[str, Any] = {
    "axis": "CHANNEL",
    "name": "EMAIL",
    "arrived": 412,
    "open": 31,
    "shows_work": True,
    "first_kept": 371,
    "first_broken": 12,
    "kept": 402,
    "broken": 15,
    "confirmed": 280,
    "presumed": 71,
    "recurred": 9,
    "objected": 4,
    "first_answer_minutes": 86,
}


class MonthlyLineOut(Schema):
    """The whole month, a day, a channel or a team; what speaks of the work of fewer than five people is null."""

    axis: Literal["WHOLE", "DAY", "CHANNEL", "TEAM"]
    name: str
    arrived: int
    open: int
    shows_work: bool
    first_kept: int | None
    first_broken: int | None
    kept: int | None
    broken: int | None
    confirmed: int | None
    presumed: int | None
    recurred: int | None
    objected: int | None
    first_answer_minutes: int | None

    @staticmethod
    def of(line: StatedLine) -> MonthlyLineOut:
        alike = {name: getattr(line, name) for name in MonthlyLineOut.model_fields if name != "axis"}
        return MonthlyLineOut(axis=line.axis.value, **alike)


class MonthlyStatementOut(Schema):
    """`definitions` says what the figures meant when it was made."""

    month: date
    made_at: datetime
    definitions: int
    lines: list[MonthlyLineOut]
    model_config = example(month="2026-10-01", made_at="2026-11-01T00:14:00Z", definitions=1, lines=[LINE])

    @staticmethod
    def of(found: Stated) -> MonthlyStatementOut:
        lines = (found.whole, *found.days, *found.channels, *found.teams)
        shown = [MonthlyLineOut.of(line) for line in lines]
        return MonthlyStatementOut(month=found.month, made_at=found.made_at, definitions=found.definitions, lines=shown)


class MonthlyStatements(Schema):
    months: list[date]
    model_config = example(months=["2026-10-01", "2026-09-01"])


@router.get("", response=MonthlyStatements)
def list_statements(request: HttpRequest) -> MonthlyStatements:
    """The months of which there is one, the latest first."""
    with reading(request) as visitor:
        visitor.must(Act.SEE_FIGURES)
        return MonthlyStatements(months=months_stated(viewer=visitor.viewer))


@router.get("/{month}", response=MonthlyStatementOut)
def read_statement(request: HttpRequest, month: Month) -> MonthlyStatementOut:
    """The statement of a month. 404 until the month is over and all of its days are counted."""
    with reading(request) as visitor:
        visitor.must(Act.SEE_FIGURES)
        try:
            return MonthlyStatementOut.of(statement_of(viewer=visitor.viewer, month=date.fromisoformat(f"{month}-01")))
        except NoSuchStatement:
            raise Problem(404, "no-such-statement", "No statement was made of that month.") from None
