"""The statements of past months, as they were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from golddraht.improvement.models import Statement, StatementLine
from golddraht.improvement.queries.figures import Cut, Part, Seer, figures
from golddraht.improvement.rules.stating import DEFINITIONS, WORK_COUNTS, Axis, columns_of, month_of
from golddraht.promises.rules import Interval, wilson_interval


class NoSuchStatement(LookupError):
    """None was made of that month."""


@dataclass(frozen=True)
class StatedLine:
    """A part of a statement. Without `shows_work` nothing is known of people's work in it."""

    axis: Axis
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

    @property
    def in_time(self) -> Interval | None:
        """The share of first answers that came in promised time; None where nothing fell due or nothing is known."""
        return _share(self.first_kept, self.first_broken)

    @property
    def promises_kept(self) -> Interval | None:
        return _share(self.kept, self.broken)


@dataclass(frozen=True)
class Stated:
    """A statement with its lines by axis."""

    month: date
    made_at: datetime
    definitions: int
    whole: StatedLine
    days: tuple[StatedLine, ...]
    channels: tuple[StatedLine, ...]
    teams: tuple[StatedLine, ...]

    @property
    def is_of_today(self) -> bool:
        """Whether its figures mean what the same ones mean today."""
        return self.definitions == DEFINITIONS


def _share(hits: int | None, others: int | None) -> Interval | None:
    return None if hits is None or others is None else wilson_interval(hits, hits + others)


def months_stated(*, viewer: Seer) -> list[date]:
    """The first days of the months, the latest first."""
    rows = Statement.objects.filter(tenant_id=viewer.tenant_id).order_by("-month")
    return list(rows.values_list("month", flat=True))


def statement_of(*, viewer: Seer, month: date) -> Stated:
    """Raises NoSuchStatement."""
    row = Statement.objects.filter(tenant_id=viewer.tenant_id, month=month).first()
    if row is None:
        raise NoSuchStatement(month)
    lines = [_line(one) for one in StatementLine.objects.filter(tenant_id=viewer.tenant_id, statement=row)]
    return Stated(
        month=row.month,
        made_at=row.made_at,
        definitions=row.definitions,
        whole=next(one for one in lines if one.axis is Axis.WHOLE),
        days=_of(lines, Axis.DAY),
        channels=_of(lines, Axis.CHANNEL),
        teams=_of(lines, Axis.TEAM),
    )


def so_far(*, viewer: Seer, on: date) -> Stated | None:
    """The month of that day as it stands now, in the form of a statement; None before anything is counted."""
    month = month_of(on)
    found = figures(viewer=viewer, span=month, cut=Cut())
    if found.counted_at is None:
        return None
    days = [_running(Axis.DAY, step.key.first.isoformat(), step, of_work=False) for step in found.steps]
    return Stated(
        month=month.first,
        made_at=found.counted_at,
        definitions=DEFINITIONS,
        whole=_running(Axis.WHOLE, "", found.whole),
        days=tuple(days),
        channels=tuple(_running(Axis.CHANNEL, one.name, one) for one in found.by_channel),
        teams=tuple(_running(Axis.TEAM, one.name, one) for one in found.by_team),
    )


def _running(axis: Axis, name: str, part: Part, *, of_work: bool = True) -> StatedLine:
    told: dict[str, Any] = dict.fromkeys((*WORK_COUNTS, "first_answer_minutes"))
    told |= columns_of(part.tally, shows_work=of_work and part.shows_work)
    return StatedLine(axis=axis, name=name, **told)


def _of(lines: list[StatedLine], axis: Axis) -> tuple[StatedLine, ...]:
    """Days in their order, everything else by how much came in."""
    found = [one for one in lines if one.axis is axis]
    return tuple(sorted(found, key=lambda one: (0 if axis is Axis.DAY else -one.arrived, one.name)))


def _line(row: StatementLine) -> StatedLine:
    alike = {name: getattr(row, name) for name in StatedLine.__dataclass_fields__ if name != "axis"}
    return StatedLine(axis=Axis(row.axis), **alike)
