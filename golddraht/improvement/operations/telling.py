"""Telling everybody affected that the cause is gone: a letter each, once, which can be stopped for a minute."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from golddraht.conversations.events import MessageWritten
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import reply
from golddraht.conversations.operations.writing import say
from golddraht.conversations.rules import Status
from golddraht.customers.queries import is_unwanted, mail_address_of
from golddraht.customers.rules import UnprovenSalutation
from golddraht.customers.rules.addressing import called_in
from golddraht.improvement.events import AffectedTold
from golddraht.improvement.models import FixLetter, Problem
from golddraht.improvement.operations.problems import ProblemRefused
from golddraht.improvement.queries.affected import letters_of
from golddraht.improvement.rules import GREETING, TAKEN_BACK_WITHIN, LetterState, ProblemState, WhyNot
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership
from golddraht.team.rules import Act, Role

AT_ONCE = 20
"""So many letters leave in one transaction: a longer one would hold up arriving mail."""

TO_ALL = "Guten Tag,"
"""Stands for the greeting of each while the text for all is looked at."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    is_done: bool


@transaction.atomic
def tell_affected(*, problem_id: int, text: str, by: int, at: datetime) -> int:
    """Write a letter to each customer affected who has none yet; they leave in a minute. Gives how many will.

    Whoever cannot be reached, or called our mail unwanted, is left out with the reason. Raises ProblemRefused.
    """
    problem = Problem.objects.select_for_update().get(pk=problem_id)
    _refuse(problem, text, by)
    letters = letters_of(problem, text)
    if not letters:
        raise ProblemRefused("NOBODY", "Everybody affected has been told.")
    FixLetter.objects.bulk_create(
        FixLetter(
            problem=problem,
            customer_id=letter.customer_id,
            conversation_id=letter.conversation_id,
            text=letter.text,
            by_id=by,
            state=LetterState.LEFT_OUT if letter.why_not else LetterState.WAITING,
            why=letter.why_not,
            written_at=at,
            leaves_at=at + TAKEN_BACK_WITHIN,
            settled_at=at if letter.why_not else None,
        )
        for letter in letters
    )
    bus.publish(AffectedTold(problem.pk, at))
    return sum(not letter.why_not for letter in letters)


def _refuse(problem: Problem, text: str, by: int) -> None:
    role = (
        Membership.objects.filter(pk=by, tenant_id=current_tenant_id(), active=True)
        .values_list("role", flat=True)
        .first()
    )
    if role is None or not Role(role).may(Act.ANSWER_MANY):
        raise ProblemRefused("RIGHT", "Only leads write to many at once.")
    if problem.state != ProblemState.FIXED:
        raise ProblemRefused("STATE", "Say that it is fixed first.")
    if not text.replace(GREETING, "").strip():
        raise ProblemRefused("WORDS", "Write a letter first.")
    if called_in(text.replace(GREETING, TO_ALL)) is not None:
        raise ProblemRefused("SALUTATION", "One Frau or Herr does not fit everybody: let it begin with {greeting}.")


@transaction.atomic
def stop_letters(*, problem_id: int, at: datetime) -> int:
    """What has not left stays here. Gives how many were stopped; those customers can be told later."""
    rows = FixLetter.objects.select_for_update().filter(problem_id=problem_id, state=LetterState.WAITING)
    stopped = FixLetter.objects.filter(pk__in=[letter.pk for letter in rows]).update(
        state=LetterState.STOPPED, settled_at=at
    )
    bus.publish(AffectedTold(problem_id, at))
    return int(stopped)


@transaction.atomic
def sweep(*, at: datetime) -> Swept:
    """Let the letters leave whose minute has passed."""
    due = FixLetter.objects.filter(state=LetterState.WAITING, leaves_at__lte=at)
    letters = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:AT_ONCE])
    for letter in letters:
        _leave(letter, at=at)
    for problem_id in {letter.problem_id for letter in letters}:
        bus.publish(AffectedTold(problem_id, at))
    return Swept(is_done=len(letters) < AT_ONCE)


def _leave(letter: FixLetter, *, at: datetime) -> None:
    """One that fails spoils none of the others, and says so."""
    try:
        with transaction.atomic():
            why, message = _written(letter, at=at)
    except UnprovenSalutation:
        why, message = WhyNot.SALUTATION, None
    except Exception:
        log.exception("Letter %s about a fix could not be written.", letter.pk)
        why, message = WhyNot.FAILED, None
    letter.message, letter.why, letter.settled_at = message, why, at
    letter.state = LetterState.SENT if message else LetterState.LEFT_OUT
    letter.save()


def _written(letter: FixLetter, *, at: datetime) -> tuple[str, Message | None]:
    """In the thread of the concern: an answer where it is open; where it rests it stays at rest."""
    conversation = Conversation.objects.select_for_update().get(pk=letter.conversation_id)
    point = mail_address_of(customer_id=letter.customer_id)
    if point is None:
        return WhyNot.NO_ADDRESS, None
    if is_unwanted(point):
        return WhyNot.UNWANTED, None
    if conversation.status in {Status.MERGED, Status.SPAM}:
        return WhyNot.NOT_LIVE, None
    if conversation.is_live():
        return "", reply(conversation_id=conversation.pk, author_id=letter.by_id, text=letter.text, at=at)
    message = say(conversation, text=letter.text, author_id=letter.by_id, recipients=[point.shown], at=at)
    bus.publish(MessageWritten(conversation.pk, message.pk, is_automatic=False, at=at))
    return "", message
