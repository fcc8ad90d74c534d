"""Telling everybody affected that the cause is gone: looked at as each will read it, then written, with a minute to stop it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import IdInPath, example
from golddraht.improvement.operations import stop_letters, tell_affected
from golddraht.improvement.queries import LetterDraft, Told, letters_of, problem_for, told_of
from golddraht.team.rules import Act, Area

router = Router(tags=["problems"], auth=Token(Area.CONVERSATIONS))
DRAFT: dict[str, Any] = {
    "conversation": "10427-1",
    "customer_id": 102,
    "customer_name": "Valentina Moser",
    "text": "Guten Tag Valentina Moser,\n\ndie Dichtung hält jetzt.",
    "why_not": "",
}
TOLD: dict[str, Any] = {
    "conversation": "10427-1",
    "customer_name": "Valentina Moser",
    "state": "WAITING",
    "why": "",
    "leaves_at": "2026-11-30T08:13:00Z",
    "settled_at": None,
}


class LetterIn(Schema):
    """The letter, once; `{greeting}` becomes the first line to each customer, by name."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    model_config = example(text="{greeting}\n\ndie Dichtung hält jetzt.")


class LetterDraftOut(Schema):
    """What one customer would read; `why_not` says why they get nothing."""

    conversation: str
    customer_id: int
    customer_name: str
    text: str
    why_not: str

    @staticmethod
    def of(one: LetterDraft) -> LetterDraftOut:
        names = ("customer_id", "customer_name", "text", "why_not")
        return LetterDraftOut(conversation=one.spoken, **{name: getattr(one, name) for name in names})


class LetterDrafts(Schema):
    letters: list[LetterDraftOut]
    model_config = example(letters=[DRAFT])


class LetterOut(Schema):
    """What became of one letter."""

    conversation: str
    customer_name: str
    state: str
    why: str
    leaves_at: datetime
    settled_at: datetime | None

    @staticmethod
    def of(one: Told) -> LetterOut:
        names = ("customer_name", "state", "why", "leaves_at", "settled_at")
        return LetterOut(conversation=one.spoken, **{name: getattr(one, name) for name in names})


class Letters(Schema):
    letters: list[LetterOut]
    model_config = example(letters=[TOLD])


@router.get("/{problem_id}/letters", response=Letters)
def list_letters(request: HttpRequest, problem_id: IdInPath) -> Letters:
    """Every letter about its fix, those that still wait first."""
    with reading(request) as visitor:
        return _letters(visitor, problem_id)


def _letters(visitor: Visitor, problem_id: int) -> Letters:
    one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
    return Letters(letters=[LetterOut.of(told) for told in told_of(one)])


@router.post("/{problem_id}/letters/preview", response=LetterDrafts)
def preview(request: HttpRequest, problem_id: IdInPath, letter: LetterIn) -> HttpResponse:
    """Every single letter as its customer would read it, and who is left out. Show them to a lead; nothing is written yet."""

    def act(visitor: Visitor) -> tuple[int, LetterDrafts]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        visitor.must(Act.ANSWER_MANY)
        return 200, LetterDrafts(letters=[LetterDraftOut.of(draft) for draft in letters_of(one, letter.text)])

    return writing(request, act)


@router.post("/{problem_id}/letters", response={201: Letters})
def tell(request: HttpRequest, problem_id: IdInPath, letter: LetterIn) -> HttpResponse:
    """Write to everybody affected who was not told yet. The letters leave in a minute; until then they can be stopped."""

    def act(visitor: Visitor) -> tuple[int, Letters]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        visitor.must(Act.ANSWER_MANY)
        tell_affected(problem_id=one.pk, text=letter.text, by=visitor.me, at=visitor.at)
        return 201, _letters(visitor, problem_id)

    return writing(request, act)


@router.post("/{problem_id}/letters/stop", response=Letters)
def stop(request: HttpRequest, problem_id: IdInPath) -> HttpResponse:
    """What has not left stays here."""

    def act(visitor: Visitor) -> tuple[int, Letters]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        visitor.must(Act.ANSWER_MANY)
        stop_letters(problem_id=one.pk, at=visitor.at)
        return 200, _letters(visitor, problem_id)

    return writing(request, act)
