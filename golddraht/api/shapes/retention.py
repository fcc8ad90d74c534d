"""How long things are kept, and what the daily run did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema

from golddraht.api.shapes.fields import example
from golddraht.privacy.queries import State
from golddraht.privacy.queries.runs import LineTold, RunTold
from golddraht.privacy.rules import Line

Outcome = Literal["erased", "due", "locked", "open", "promised", "held", "asked", "inside"]
LINE: dict[str, Any] = {
    "what": "concerns",
    "keeping": "enquiry",
    "law": "Art. 5 (1) (e) GDPR",
    "outcome": "erased",
    "count": 12,
}
RUN: dict[str, Any] = {
    "on": "2026-11-28",
    "is_trial": False,
    "ended_at": "2026-11-28T00:03:11Z",
    "looked_at": 431,
    "erased": 12,
    "due": 0,
    "lines": [LINE],
}
KEPT: dict[str, Any] = {
    "keeping": "enquiry",
    "months": 12,
    "days": 0,
    "from_year_end": False,
    "is_chosen": False,
    "shortest": 0,
    "longest": 36,
    "law": "Art. 5 (1) (e) GDPR",
}


class RetentionLineOut(Schema):
    """How many things of a kind went (`erased`), would go (`due`), were locked away, or stayed and why."""

    what: str
    keeping: str
    law: str
    outcome: Outcome
    count: int
    model_config = example(**LINE)

    @staticmethod
    def of(one: LineTold) -> RetentionLineOut:
        return RetentionLineOut(
            what=one.what, keeping=one.keeping, law=one.law, outcome=one.outcome.value, count=one.count
        )


class RetentionRunOut(Schema):
    """One day's run. A trial only counts; `ended_at` is null while it is under way, or when it broke off."""

    on: date
    is_trial: bool
    ended_at: datetime | None
    looked_at: int
    erased: int
    due: int
    lines: list[RetentionLineOut]
    model_config = example(**RUN)

    @staticmethod
    def of(run: RunTold) -> RetentionRunOut:
        lines = [RetentionLineOut.of(one) for one in run.lines]
        return RetentionRunOut(
            on=run.on,
            is_trial=run.is_trial,
            ended_at=run.ended_at,
            looked_at=run.looked,
            erased=run.erased,
            due=run.due,
            lines=lines,
        )


class KeptOut(Schema):
    """A class with its period, and between how many months a company may choose; `longest` null is without end."""

    keeping: str
    months: int
    days: int
    from_year_end: bool
    is_chosen: bool
    shortest: int
    longest: int | None
    law: str
    model_config = example(**KEPT)

    @staticmethod
    def of(line: Line) -> KeptOut:
        period = line.period
        is_chosen = line.months is not None
        return KeptOut(
            keeping=line.keeping.value,
            months=period.months if line.months is None else line.months,
            days=0 if is_chosen else period.days,
            from_year_end=period.from_year_end,
            is_chosen=is_chosen,
            shortest=period.shortest,
            longest=period.longest,
            law=period.source,
        )


class RetentionOut(Schema):
    """Whether it runs, whether all is well with it, what is kept how long, and the last runs, the latest first."""

    is_on: bool
    begun_at: datetime | None
    is_late: bool
    is_overdue: bool
    due: int
    classes: list[KeptOut]
    runs: list[RetentionRunOut]
    model_config = example(
        is_on=True,
        begun_at="2026-11-02T08:00:00Z",
        is_late=False,
        is_overdue=False,
        due=0,
        classes=[KEPT],
        runs=[RUN],
    )

    @staticmethod
    def of(state: State, lines: list[Line], runs: list[RunTold]) -> RetentionOut:
        return RetentionOut(
            is_on=state.is_on,
            begun_at=state.begun_at,
            is_late=state.is_late,
            is_overdue=state.is_overdue,
            due=state.due,
            classes=[KeptOut.of(line) for line in lines],
            runs=[RetentionRunOut.of(run) for run in runs],
        )
