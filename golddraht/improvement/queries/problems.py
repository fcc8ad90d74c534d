"""Causes in a list, one of them, and how often people wrote because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Count, Q

from golddraht.conversations.models import Conversation
from golddraht.conversations.queries.tags import meant_by
from golddraht.conversations.rules import Status
from golddraht.improvement.models import Affected, Problem
from golddraht.improvement.rules import ProblemState


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...


class NoSuchProblem(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


@dataclass(frozen=True)
class ProblemLine:
    """A problem in a list."""

    id: int
    title: str
    owner_name: str
    target_on: date
    is_late: bool
    is_fixed: bool
    fixed_at: datetime | None
    concerns: int


def problems_for(*, viewer: Seer, on: date, limit: int = 200, only: int | None = None) -> list[ProblemLine]:
    """Open ones by their day, then what was fixed last; with `only` that one."""
    rows = (
        Problem.objects.filter(tenant_id=viewer.tenant_id).select_related("owner").annotate(concerns=Count("affected"))
    )
    rows = rows.filter(pk=only) if only is not None else rows
    lines = [_line(row, on) for row in rows.order_by("target_on", "pk")[:limit]]
    fixed = sorted((line for line in lines if line.is_fixed), key=lambda line: str(line.fixed_at), reverse=True)
    return [line for line in lines if not line.is_fixed] + fixed


def _line(row: Any, on: date) -> ProblemLine:
    is_fixed = row.state == ProblemState.FIXED
    return ProblemLine(
        id=row.pk,
        title=row.title,
        owner_name=row.owner.name,
        target_on=row.target_on,
        is_late=not is_fixed and row.target_on < on,
        is_fixed=is_fixed,
        fixed_at=row.fixed_at,
        concerns=row.concerns,
    )


def problem_for(*, viewer: Seer, problem_id: int) -> Problem:
    """Raises NoSuchProblem."""
    rows = Problem.objects.filter(pk=problem_id, tenant_id=viewer.tenant_id)
    found: Problem | None = rows.select_related("owner", "fixed_by").first()
    if found is None:
        raise NoSuchProblem(problem_id)
    return found


def problems_of(*, viewer: Seer, conversation_id: int) -> list[Problem]:
    """The causes that this concern was tied to."""
    rows = Affected.objects.filter(tenant_id=viewer.tenant_id, conversation_id=conversation_id)
    return [row.problem for row in rows.select_related("problem__owner").order_by("at")]


def like_contacts(problem: Problem) -> list[datetime]:
    """When people wrote because of it: concerns that are tied to it or carry its tag, each once; spam and merged ones do not count."""
    tied = Affected.objects.filter(problem=problem).values("conversation_id")
    is_like = Q(pk__in=tied)
    if problem.tag:
        is_like |= Q(tags__contains=[meant_by(problem.tag)])
    rows = Conversation.objects.filter(is_like).exclude(status__in=[Status.MERGED, Status.SPAM])
    return list(rows.order_by("created_at").values_list("created_at", flat=True))
