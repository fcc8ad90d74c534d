"""Making the statement of a month: once, when the month is over and all of its days are counted for the last time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from golddraht.improvement.models import CountedDay, Statement, StatementLine
from golddraht.improvement.queries.days import bounds_of, first_day, today
from golddraht.improvement.queries.figures import Cut, Part, figures
from golddraht.improvement.rules.spanning import Span
from golddraht.improvement.rules.stating import DEFINITIONS, Axis, columns_of, days_of, months_over
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.queries import current_tenant


@dataclass(frozen=True)
class Stated:
    month: date | None

    @property
    def is_done(self) -> bool:
        return self.month is None


@dataclass(frozen=True)
class House:
    """The company itself looks at its figures: nobody's rights are asked."""

    tenant_id: int


def sweep(*, at: datetime) -> Stated:
    """Make the statement of one month that is due; it says which, and None when all are made."""
    month = None if current_tenant().demo_left else _due(at)
    if month is not None:
        make_statement(month=month, at=at)
    return Stated(month.first if month else None)


def _due(at: datetime) -> Span | None:
    first = first_day()
    if first is None:
        return None
    made = set(Statement.objects.values_list("month", flat=True))
    over = months_over(first=first, today=today(at))
    return next((month for month in over if month.first not in made and _is_counted(month, first)), None)


def _is_counted(month: Span, first: date) -> bool:
    """Whether every day of it since the first concern was counted after the month was over."""
    _, over_at = bounds_of(month.last)
    rows = CountedDay.objects.filter(on__gte=month.first, on__lte=month.last, counted_at__gte=over_at)
    return set(rows.values_list("on", flat=True)) >= {on for on in days_of(month) if on >= first}


@transaction.atomic
def make_statement(*, month: Span, at: datetime) -> Statement:
    """The figures of the month as they are now, for good. The first one stands: made again it is the same."""
    statement, is_new = Statement.objects.get_or_create(
        month=month.first, defaults={"made_at": at, "definitions": DEFINITIONS}
    )
    if is_new:
        StatementLine.objects.bulk_create(StatementLine(statement=statement, **told) for told in _lines(month))
    return statement


def _lines(month: Span) -> Iterator[dict[str, Any]]:
    found = figures(viewer=House(current_tenant_id()), span=month, cut=Cut())
    yield _line(Axis.WHOLE, "", found.whole)
    for step in found.steps:
        yield _line(Axis.DAY, step.key.first.isoformat(), step, of_work=False)
    for channel in found.by_channel:
        yield _line(Axis.CHANNEL, channel.name, channel)
    for team in found.by_team:
        yield _line(Axis.TEAM, team.name, team)


def _line(axis: Axis, name: str, part: Part, *, of_work: bool = True) -> dict[str, Any]:
    return {"axis": axis, "name": name[:80], **columns_of(part.tally, shows_work=of_work and part.shows_work)}
