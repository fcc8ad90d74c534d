"""Naming a cause, tying concerns to it, and saying that it is gone."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from golddraht.ground.text import one_line, without_control
from golddraht.improvement.events import ConcernLinked, ProblemChanged, ProblemFixed
from golddraht.improvement.models import Affected, Problem
from golddraht.improvement.rules import ProblemState
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership


class ProblemRefused(ValueError):
    """It cannot be done like that; `reason` is WORDS, PAST, OWNER, STATE, NOBODY, SALUTATION or RIGHT."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@transaction.atomic
def open_problem(
    *, title: str, owner_id: int, target_on: date, by: int, at: datetime, description: str = "", tag: str = ""
) -> Problem:
    """A cause with its owner and the day by which it is to be gone. Raises ProblemRefused."""
    _check(title, owner_id)
    if target_on < at.date():
        raise ProblemRefused("PAST", "The target lies in the past.")
    problem: Problem = Problem.objects.create(
        title=one_line(title, 200),
        description=without_control(description).strip(),
        tag=one_line(tag, 40),
        owner_id=owner_id,
        target_on=target_on,
        created_by_id=by,
        created_at=at,
    )
    bus.publish(ProblemChanged(problem.pk, at))
    return problem


def _check(title: str, owner_id: int) -> None:
    if not title.strip():
        raise ProblemRefused("WORDS", "Say in a few words what the cause is.")
    if not Membership.objects.filter(pk=owner_id, tenant_id=current_tenant_id(), active=True).exists():
        raise ProblemRefused("OWNER", "The owner must be an active colleague.")


@transaction.atomic
def change_problem(
    *, problem_id: int, title: str, owner_id: int, target_on: date, description: str, tag: str, at: datetime
) -> Problem:
    """Its words, owner and day. A day that has passed may stand, no other one may be chosen. Raises ProblemRefused."""
    _check(title, owner_id)
    problem: Problem = Problem.objects.select_for_update().get(pk=problem_id)
    if target_on < at.date() and target_on != problem.target_on:
        raise ProblemRefused("PAST", "The target lies in the past.")
    problem.title, problem.tag = one_line(title, 200), one_line(tag, 40)
    problem.description = without_control(description).strip()
    problem.owner_id, problem.target_on = owner_id, target_on
    problem.save()
    bus.publish(ProblemChanged(problem.pk, at))
    return problem


@transaction.atomic
def link_concern(*, problem_id: int, conversation_id: int, by: int, at: datetime) -> None:
    """This concern has that cause. Once is enough."""
    _, is_new = Affected.objects.get_or_create(
        problem_id=problem_id, conversation_id=conversation_id, defaults={"by_id": by, "at": at}
    )
    if is_new:
        bus.publish(ConcernLinked(problem_id, conversation_id, at))


@transaction.atomic
def unlink_concern(*, problem_id: int, conversation_id: int, at: datetime) -> None:
    """It had another cause."""
    gone, _ = Affected.objects.filter(problem_id=problem_id, conversation_id=conversation_id).delete()
    if gone:
        bus.publish(ConcernLinked(problem_id, conversation_id, at))


@transaction.atomic
def mark_fixed(*, problem_id: int, by: int, at: datetime) -> Problem:
    """The cause is gone; from here contacts count as after the fix. Nobody is told by this. Raises ProblemRefused."""
    problem: Problem = Problem.objects.select_for_update().get(pk=problem_id)
    if problem.state != ProblemState.OPEN:
        raise ProblemRefused("STATE", "It is fixed already.")
    problem.state, problem.fixed_at, problem.fixed_by_id = ProblemState.FIXED, at, by
    problem.save()
    bus.publish(ProblemFixed(problem.pk, at))
    return problem


@transaction.atomic
def reopen_problem(*, problem_id: int, at: datetime) -> Problem:
    """It was not gone after all."""
    problem: Problem = Problem.objects.select_for_update().get(pk=problem_id)
    problem.state, problem.fixed_at, problem.fixed_by = ProblemState.OPEN, None, None
    problem.save()
    bus.publish(ProblemChanged(problem.pk, at))
    return problem
