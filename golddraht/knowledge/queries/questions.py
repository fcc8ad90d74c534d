"""What nobody could answer, as a list that somebody owns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from golddraht.ground.numbers import spoken
from golddraht.knowledge.models import Asking, OpenQuestion
from golddraht.knowledge.queries.articles import Seer
from golddraht.knowledge.rules import QuestionState, Sources
from golddraht.team.rules import Act


class NoSuchQuestion(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


@dataclass(frozen=True)
class QuestionLine:
    """A question with how often and where it was asked."""

    id: int
    words: str
    language: str
    times: int
    on_help: int
    in_workspace: int
    in_concerns: int
    owner_name: str
    is_mine: bool
    next_step: str
    due_on: date
    is_late: bool
    latest_at: datetime
    state: str


def questions_for(
    *, viewer: Seer, on: date, state: str = "OPEN", is_mine: bool = False, limit: int = 200
) -> list[QuestionLine]:
    """Late ones first, then what is asked most."""
    rows = OpenQuestion.objects.filter(tenant_id=viewer.tenant_id, state=state).select_related("owner")
    if is_mine:
        rows = rows.filter(owner_id=viewer.membership_id)
    counted = rows.annotate(
        times=Count("askings"),
        on_help=Count("askings", filter=Q(askings__source=Sources.HELP)),
        in_workspace=Count("askings", filter=Q(askings__source=Sources.WORKSPACE)),
        in_concerns=Count("askings", filter=Q(askings__source=Sources.CONCERN)),
    ).order_by("-latest_at", "-pk")[:limit]
    lines = [_line(row, viewer, on) for row in counted]
    return sorted(lines, key=lambda line: (not line.is_late, -line.times))


def _line(row: Any, viewer: Seer, on: date) -> QuestionLine:
    return QuestionLine(
        id=row.pk,
        words=row.words,
        language=row.language,
        times=row.times,
        on_help=row.on_help,
        in_workspace=row.in_workspace,
        in_concerns=row.in_concerns,
        owner_name=row.owner.name,
        is_mine=row.owner_id == viewer.membership_id,
        next_step=row.next_step,
        due_on=row.due_on,
        is_late=row.state == QuestionState.OPEN and row.due_on < on,
        latest_at=row.latest_at,
        state=row.state,
    )


def question_for(*, viewer: Seer, question_id: int) -> OpenQuestion:
    """Raises NoSuchQuestion."""
    rows = OpenQuestion.objects.filter(tenant_id=viewer.tenant_id, pk=question_id)
    found: OpenQuestion | None = rows.select_related("owner", "article", "settled_by").first()
    if found is None:
        raise NoSuchQuestion(question_id)
    return found


@dataclass(frozen=True)
class Asked:
    """One time that it was asked."""

    source: str
    words: str
    at: datetime
    by_name: str
    number: int | None
    spoken: str


def askings_of(question: OpenQuestion, limit: int = 50) -> list[Asked]:
    """When and where it was asked, the newest first."""
    rows = Asking.objects.filter(question=question).select_related("by", "conversation").order_by("-at", "-pk")
    return [_asked(row) for row in rows[:limit]]


def _asked(row: Asking) -> Asked:
    number = row.conversation.number if row.conversation else None
    by_name = row.by.name if row.by else ""
    return Asked(row.source, row.words, row.at, by_name, number, spoken(number) if number else "")


def questions_waiting(*, viewer: Seer, on: date) -> int:
    """How many of this person's questions have passed their day; for leads also those of nobody who works here."""
    mine = Q(owner_id=viewer.membership_id)
    if viewer.may(Act.PUBLISH_KNOWLEDGE):
        mine |= Q(owner__active=False)
    rows = OpenQuestion.objects.filter(mine, tenant_id=viewer.tenant_id, state=QuestionState.OPEN, due_on__lt=on)
    return rows.count()
