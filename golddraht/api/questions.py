"""What nobody could answer: noted, owned, answered by an article or closed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.concerns import found
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import Id, IdInPath, example
from golddraht.knowledge.operations.questions import (
    answer_with,
    close_question,
    join_questions,
    note_unanswered,
    take_on,
)
from golddraht.knowledge.queries import article_for
from golddraht.knowledge.queries.questions import Asked, askings_of, question_for, questions_for
from golddraht.knowledge.rules import Language, QuestionState, Sources
from golddraht.team.rules import Area

router = Router(tags=["questions"], auth=Token(Area.CONVERSATIONS))
NUMBER_OR_NONE = "^([0-9]{1,12}-[0-9])?$"
Reason = Annotated[str, Field(min_length=1, max_length=300)]
SHOWN: dict[str, Any] = {
    "id": 4,
    "words": "Heizt der Ofen ohne Strom?",
    "language": "de",
    "times": 3,
    "owner_name": "Nina Aigner",
    "next_step": "Beim Hersteller fragen",
    "due_on": "2026-12-07",
    "is_late": False,
    "state": "OPEN",
}


class QuestionOut(Schema):
    """A question, how often it was asked, and who finds the answer by when."""

    id: int
    words: str
    language: str
    times: int
    owner_name: str
    next_step: str
    due_on: date
    is_late: bool
    state: str
    model_config = example(**SHOWN)


class Questions(Schema):
    questions: list[QuestionOut]
    model_config = example(questions=[SHOWN])


class AskingOut(Schema):
    """One time that it was asked: on the help page, in the workspace, or in a concern."""

    source: str
    words: str
    at: datetime
    by_name: str
    conversation: str

    @staticmethod
    def of(one: Asked) -> AskingOut:
        return AskingOut(source=one.source, words=one.words, at=one.at, by_name=one.by_name, conversation=one.spoken)


class QuestionWithAskings(Schema):
    """The whole of it. `article_id` and `reason` say how it was settled."""

    id: int
    words: str
    language: str
    owner_id: int
    owner_name: str
    next_step: str
    due_on: date
    state: str
    article_id: int | None
    reason: str
    askings: list[AskingOut]
    model_config = example(
        **{name: value for name, value in SHOWN.items() if name not in {"times", "is_late"}},
        owner_id=7,
        article_id=None,
        reason="",
        askings=[
            {
                "source": "CONCERN",
                "words": "Heizt der Ofen ohne Strom?",
                "at": "2026-11-30T08:12:00Z",
                "by_name": "Nina Aigner",
                "conversation": "10427-1",
            }
        ],
    )

    @staticmethod
    def of(one: Any) -> QuestionWithAskings:
        same = ("words", "language", "owner_id", "next_step", "due_on", "state", "article_id", "reason")
        return QuestionWithAskings(
            id=one.pk,
            owner_name=one.owner.name,
            askings=[AskingOut.of(asked) for asked in askings_of(one)],
            **{name: getattr(one, name) for name in same},
        )


class QuestionIn(Schema):
    """What nobody knew, in a few words. What points at a person is left out before it is kept."""

    words: Annotated[str, Field(min_length=1, max_length=200)]
    language: Language = Language.DE
    conversation: Annotated[
        str, Field(pattern=NUMBER_OR_NONE, description="The concern in which it was asked; without it, a search.")
    ] = ""
    model_config = example(words="Heizt der Ofen ohne Strom?", language="de", conversation="")


class StepIn(Schema):
    """Who finds the answer, how, and by when."""

    owner_id: Id
    next_step: Annotated[str, Field(max_length=300)] = ""
    due_on: date
    model_config = example(owner_id=7, next_step="Beim Hersteller fragen", due_on="2026-12-07")


class AnsweredIn(Schema):
    article_id: Id
    model_config = example(article_id=5)


class ClosedIn(Schema):
    reason: Reason
    model_config = example(reason="Das Gerät gibt es nicht mehr.")


class QuestionJoinIn(Schema):
    into_id: Id
    model_config = example(into_id=3)


@router.get("", response=Questions)
def list_questions(request: HttpRequest, state: QuestionState = QuestionState.OPEN, is_mine: bool = False) -> Questions:
    """Late ones first, then what is asked most."""
    with reading(request) as visitor:
        lines = questions_for(viewer=visitor.viewer, on=visitor.at.date(), state=state, is_mine=is_mine)
        names = QuestionOut.model_fields
        return Questions(questions=[QuestionOut(**{name: getattr(line, name) for name in names}) for line in lines])


@router.get("/{question_id}", response=QuestionWithAskings)
def read_question(request: HttpRequest, question_id: IdInPath) -> QuestionWithAskings:
    """One of them, with every time that it was asked."""
    with reading(request) as visitor:
        return QuestionWithAskings.of(question_for(viewer=visitor.viewer, question_id=question_id))


@router.post("", response={201: QuestionWithAskings})
def note(request: HttpRequest, told: QuestionIn) -> HttpResponse:
    """Nobody knew: it belongs to whoever the token speaks for. The same question is one, however it was put."""

    def act(visitor: Visitor) -> tuple[int, QuestionWithAskings]:
        noted = note_unanswered(
            words=told.words, language=told.language, by=visitor.me, at=visitor.at, **_asked_in(visitor, told)
        )
        if noted is None:
            raise Problem(422, "nothing-to-ask", "Say it in words that others understand.")
        return 201, QuestionWithAskings.of(question_for(viewer=visitor.viewer, question_id=noted.pk))

    return writing(request, act)


def _asked_in(visitor: Visitor, told: QuestionIn) -> dict[str, Any]:
    if not told.conversation:
        return {"source": Sources.WORKSPACE}
    concern = found(visitor, told.conversation)
    return {"source": Sources.CONCERN, "conversation_id": concern.pk, "names": (concern.customer.name,)}


@router.put("/{question_id}/step", response=QuestionWithAskings)
def plan_step(request: HttpRequest, question_id: IdInPath, told: StepIn) -> HttpResponse:
    """Who finds the answer, how, and by when."""
    return _on_question(request, question_id, lambda pk, by: take_on(question_id=pk, at=by.at, **told.model_dump()))


@router.post("/{question_id}/answer", response=QuestionWithAskings)
def answer(request: HttpRequest, question_id: IdInPath, told: AnsweredIn) -> HttpResponse:
    """An article answers it from now on."""

    def act(pk: int, by: Visitor) -> Any:
        article = article_for(viewer=by.viewer, article_id=told.article_id)
        return answer_with(question_id=pk, article_id=article.pk, by=by.me, at=by.at)

    return _on_question(request, question_id, act)


@router.post("/{question_id}/close", response=QuestionWithAskings)
def close(request: HttpRequest, question_id: IdInPath, told: ClosedIn) -> HttpResponse:
    """It needs no article, and the reason says why."""
    return _on_question(
        request,
        question_id,
        lambda pk, by: close_question(question_id=pk, reason=told.reason, by=by.me, at=by.at),
    )


@router.post("/{question_id}/join", response=QuestionWithAskings)
def join(request: HttpRequest, question_id: IdInPath, told: QuestionJoinIn) -> HttpResponse:
    """Two that ask the same are one: the answer is the one that stays."""

    def act(pk: int, by: Visitor) -> Any:
        into = question_for(viewer=by.viewer, question_id=told.into_id)
        return join_questions(question_id=pk, into_id=into.pk, at=by.at)

    return _on_question(request, question_id, act)


def _on_question(request: HttpRequest, question_id: int, act: Callable[[int, Visitor], Any]) -> HttpResponse:
    def do(visitor: Visitor) -> tuple[int, QuestionWithAskings]:
        one = question_for(viewer=visitor.viewer, question_id=question_id)
        done = act(one.pk, visitor)
        return 200, QuestionWithAskings.of(question_for(viewer=visitor.viewer, question_id=done.pk))

    return writing(request, do)
