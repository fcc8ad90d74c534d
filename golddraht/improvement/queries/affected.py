"""Who is affected by a problem, what they would read, and who has been told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from golddraht.conversations.models import Conversation
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint
from golddraht.customers.queries import greeting_for, is_unwanted
from golddraht.ground.numbers import spoken
from golddraht.improvement.models import Affected, FixLetter, Problem
from golddraht.improvement.rules import LetterState, WhyNot, letter_for


@dataclass(frozen=True)
class LetterDraft:
    """What one customer would read, and in which concern; `why_not` says why they get nothing."""

    customer_id: int
    customer_name: str
    conversation_id: int
    number: int
    spoken: str
    is_open: bool
    text: str
    why_not: str


def affected_of(problem: Problem) -> list[Conversation]:
    """The concerns tied to it, the newest first."""
    rows = Affected.objects.filter(problem=problem).select_related("conversation__customer", "conversation__owner")
    return [row.conversation for row in rows.order_by("-conversation__latest_at", "-pk")]


def letters_of(problem: Problem, text: str) -> list[LetterDraft]:
    """A letter to each customer who has none yet: in their open concern where there is one, else in their latest."""
    told = set(
        FixLetter.objects.filter(problem=problem)
        .exclude(state=LetterState.STOPPED)
        .values_list("customer_id", flat=True)
    )
    chosen: dict[int, Conversation] = {}
    for concern in affected_of(problem):
        if concern.customer_id in told or concern.status in {Status.MERGED, Status.SPAM}:
            continue
        known = chosen.get(concern.customer_id)
        if known is None or (concern.is_live() and not known.is_live()):
            chosen[concern.customer_id] = concern
    points = _points_of(list(chosen))
    return [_draft(concern, text, points.get(concern.customer_id)) for concern in chosen.values()]


def _points_of(customer_ids: list[int]) -> dict[int, ContactPoint]:
    """The address that reaches each of them, as `mail_address_of` chooses it, in one question."""
    rows = ContactPoint.objects.filter(customer_id__in=customer_ids, channel="EMAIL", unreachable_since=None)
    return {point.customer_id: point for point in rows.order_by("last_used_at")}


def _draft(concern: Any, text: str, point: ContactPoint | None) -> LetterDraft:
    greeting = greeting_for(concern.customer, language=concern.language)
    return LetterDraft(
        customer_id=concern.customer_id,
        customer_name=concern.customer.name,
        conversation_id=concern.pk,
        number=concern.number,
        spoken=spoken(concern.number),
        is_open=concern.is_live(),
        text=letter_for(text, greeting),
        why_not=_why_not(point),
    )


def _why_not(point: ContactPoint | None) -> str:
    if point is None:
        return WhyNot.NO_ADDRESS
    return WhyNot.UNWANTED if is_unwanted(point) else ""


@dataclass(frozen=True)
class Told:
    """What became of one letter."""

    customer_name: str
    number: int
    spoken: str
    state: str
    why: str
    leaves_at: datetime
    settled_at: datetime | None


def told_of(problem: Problem) -> list[Told]:
    """Every letter about its fix, those that still wait first."""
    rows = FixLetter.objects.filter(problem=problem).select_related("customer", "conversation").order_by("pk")
    lines = [
        Told(
            customer_name=row.customer.name,
            number=row.conversation.number,
            spoken=spoken(row.conversation.number),
            state=row.state,
            why=row.why,
            leaves_at=row.leaves_at,
            settled_at=row.settled_at,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.state != LetterState.WAITING)
