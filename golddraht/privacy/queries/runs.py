"""What the daily runs did, and whether all is well with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from golddraht.privacy.models import KeepingPolicy, KeepingRun
from golddraht.privacy.rules import Outcome
from golddraht.privacy.rules.keeping import LATE, PATIENCE, STAYS


@dataclass(frozen=True)
class LineTold:
    """One line of the proof."""

    what: str
    keeping: str
    law: str
    outcome: Outcome
    count: int


@dataclass(frozen=True)
class RunTold:
    """One run with its lines; `ended_at` is None while it is under way, or broken off."""

    id: int
    on: date
    is_trial: bool
    ended_at: datetime | None
    lines: tuple[LineTold, ...]

    @property
    def looked(self) -> int:
        """How many things were looked at; what was locked away belongs to one that went."""
        return sum(one.count for one in self.lines if one.outcome is not Outcome.LOCKED)

    @property
    def erased(self) -> int:
        return self._sum([Outcome.ERASED])

    @property
    def due(self) -> int:
        return self._sum([Outcome.DUE])

    @property
    def locked(self) -> int:
        return self._sum([Outcome.LOCKED])

    @property
    def stays(self) -> int:
        return self._sum(STAYS)

    def _sum(self, outcomes: Iterable[Outcome]) -> int:
        return sum(one.count for one in self.lines if one.outcome in outcomes)


@dataclass(frozen=True)
class State:
    """Whether it runs, and what is not as it should be."""

    is_on: bool
    begun_at: datetime | None
    stopped_at: datetime | None
    stopped_why: str
    last: RunTold | None
    is_late: bool
    """No run has come through for two days."""
    is_overdue: bool
    """Something has been past its period for a month, and nobody has switched it on."""

    @property
    def is_fine(self) -> bool:
        return not self.is_late and not self.is_overdue

    @property
    def due(self) -> int:
        """How much the last run found past its period and did not take."""
        return self.last.due if self.last else 0


def is_keeping() -> bool:
    """Whether what is past its period goes by itself here."""
    return KeepingPolicy.objects.filter(begun_at__isnull=False, stopped_at=None).exists()


def keeping_runs(*, limit: int = 30) -> list[RunTold]:
    """The latest first."""
    return [_told(row) for row in KeepingRun.objects.order_by("-on").prefetch_related("lines")[:limit]]


def _told(row: KeepingRun) -> RunTold:
    lines = sorted(row.lines.all(), key=lambda one: (one.what, one.keeping, one.outcome))
    told = tuple(LineTold(one.what, one.keeping, one.law, Outcome(one.outcome), one.count) for one in lines)
    return RunTold(row.pk, row.on, row.is_trial, row.ended_at, told)


def keeping_state(*, at: datetime) -> State:
    """As it stands now. A company that was founded within the last two days has had no time to run."""
    policy = KeepingPolicy.objects.first()
    ended = KeepingRun.objects.filter(ended_at__isnull=False).order_by("-on").prefetch_related("lines").first()
    begun = KeepingRun.objects.order_by("on").values_list("began_at", flat=True).first()
    is_on = policy is not None and policy.begun_at is not None and policy.stopped_at is None
    last = _told(ended) if ended else None
    is_late = begun is not None and (ended.ended_at if ended and ended.ended_at else begun) < at - LATE
    return State(
        is_on=is_on,
        begun_at=policy.begun_at if policy else None,
        stopped_at=policy.stopped_at if policy else None,
        stopped_why=policy.stopped_why if policy else "",
        last=last,
        is_late=is_late,
        is_overdue=not is_on and last is not None and last.due > 0 and _due_since() < at - PATIENCE,
    )


def _due_since() -> datetime:
    """When something was first found past its period and left, in the runs without a break before now."""
    clear = KeepingRun.objects.filter(ended_at__isnull=False).exclude(lines__outcome=Outcome.DUE).order_by("-on")
    last_clear = clear.values_list("on", flat=True).first()
    rows = KeepingRun.objects.filter(ended_at__isnull=False).order_by("on")
    rows = rows.filter(on__gt=last_clear) if last_clear else rows
    found: datetime = rows.values_list("began_at", flat=True)[0]
    return found
