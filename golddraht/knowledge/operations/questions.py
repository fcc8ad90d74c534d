"""What nobody could answer: noted wherever it happens, owned by somebody, answered by an article or closed with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from golddraht.ground.text import one_line
from golddraht.knowledge.events import NobodyAnswered, QuestionSettled
from golddraht.knowledge.models import Article, Asking, OpenQuestion
from golddraht.knowledge.operations.writing import ArticleRefused
from golddraht.knowledge.queries.searching import stems_of
from golddraht.knowledge.rules import QuestionState, Refusal, Sources
from golddraht.knowledge.rules.personal import without_marks
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership
from golddraht.team.queries import default_team, lead_on_duty

SHORTEST = 3
LONGEST = 200
MOST_STEMS = 6
DUE_AFTER = timedelta(days=7)
"""By then its owner has looked at it; an overdue one stands out in the list."""
MOST_OPEN = 2_000
"""Beyond so many open questions nothing further is noted: a list that nobody can read helps nobody."""


@transaction.atomic
def note_unanswered(
    *,
    words: str,
    language: str,
    source: Sources,
    at: datetime,
    by: int | None = None,
    conversation_id: int | None = None,
    names: tuple[str, ...] = (),
) -> OpenQuestion | None:
    """Nobody knew. The same question is one, however it was put; None when there is nothing to keep.

    It belongs to whoever said so, else to the lead on duty. What points at a person is left out before it is kept.
    """
    told = one_line(without_marks(words, names), LONGEST)
    stems = list(stems_of(told, language))[:MOST_STEMS]
    key = " ".join(sorted(stems))[:LONGEST]
    if len(key) < SHORTEST:
        return None
    question = _open(told, language, stems, key, by, at=at)
    if question is None or _is_known(question, conversation_id):
        return question
    Asking.objects.create(
        question=question, source=source, words=told, conversation_id=conversation_id, by_id=by, at=at
    )
    OpenQuestion.objects.filter(pk=question.pk).update(latest_at=at)
    bus.publish(NobodyAnswered(question.pk, at))
    return question


def _open(told: str, language: str, stems: list[str], key: str, by: int | None, *, at: datetime) -> OpenQuestion | None:
    known = OpenQuestion.objects.filter(language=language, key=key, state=QuestionState.OPEN).first()
    if known is not None:
        return known
    if OpenQuestion.objects.filter(state=QuestionState.OPEN).count() >= MOST_OPEN:
        return None
    owner = by or lead_on_duty(team=default_team(), at=at)
    opened, _ = OpenQuestion.objects.get_or_create(
        language=language,
        key=key,
        state=QuestionState.OPEN,
        defaults={
            "words": told,
            "stems": stems,
            "owner_id": owner,
            "due_on": (at + DUE_AFTER).date(),
            "asked_at": at,
            "latest_at": at,
        },
    )
    return opened


def _is_known(question: OpenQuestion, conversation_id: int | None) -> bool:
    return conversation_id is not None and bool(
        Asking.objects.filter(question=question, conversation_id=conversation_id).exists()
    )


@transaction.atomic
def take_on(*, question_id: int, owner_id: int, next_step: str, due_on: date, at: datetime) -> OpenQuestion:
    """Who finds the answer, how, and by when. Raises ArticleRefused."""
    question = _still_open(question_id)
    if not Membership.objects.filter(pk=owner_id, tenant_id=current_tenant_id(), active=True).exists():
        raise ArticleRefused(Refusal.NO_RIGHT, "The owner must be an active colleague.")
    if due_on < at.date():
        raise ArticleRefused(Refusal.PAST, "Choose a day to come.")
    question.owner_id, question.next_step, question.due_on = owner_id, one_line(next_step, 300), due_on
    question.save(update_fields=["owner_id", "next_step", "due_on"])
    bus.publish(NobodyAnswered(question.pk, at))
    return question


@transaction.atomic
def answer_with(*, question_id: int, article_id: int, by: int, at: datetime) -> OpenQuestion:
    """An article answers it from now on. Raises ArticleRefused."""
    question = _still_open(question_id)
    question.article = Article.objects.get(pk=article_id)
    return _settled(question, QuestionState.ANSWERED, by=by, at=at)


@transaction.atomic
def close_question(*, question_id: int, reason: str, by: int, at: datetime) -> OpenQuestion:
    """It needs no article, and the reason says why. Raises ArticleRefused."""
    question = _still_open(question_id)
    question.reason = one_line(reason, 300)
    if not question.reason:
        raise ArticleRefused(Refusal.NO_REASON, "Say why it needs no answer.")
    return _settled(question, QuestionState.CLOSED, by=by, at=at)


@transaction.atomic
def join_questions(*, question_id: int, into_id: int, at: datetime) -> OpenQuestion:
    """Two that ask the same are one: what was asked of the first counts for the second. Raises ArticleRefused."""
    question, into = _still_open(question_id), _still_open(into_id)
    if question.pk == into.pk:
        raise ArticleRefused(Refusal.SETTLED, "Choose another question.")
    doubled = Asking.objects.filter(question=into).exclude(conversation=None).values("conversation_id")
    Asking.objects.filter(question=question, conversation_id__in=doubled).delete()
    Asking.objects.filter(question=question).update(question=into)
    question.delete()
    bus.publish(NobodyAnswered(into.pk, at))
    return into


def _still_open(question_id: int) -> OpenQuestion:
    question: OpenQuestion = OpenQuestion.objects.select_for_update().get(pk=question_id)
    if question.state != QuestionState.OPEN:
        raise ArticleRefused(Refusal.SETTLED, "This question is settled already.")
    return question


def _settled(question: OpenQuestion, state: QuestionState, *, by: int, at: datetime) -> OpenQuestion:
    question.state, question.settled_at, question.settled_by_id = state, at, by
    question.save()
    bus.publish(QuestionSettled(question.pk, at))
    return question
