"""Problems: the causes behind many concerns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from golddraht.api.concerns import found
from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import Id, IdInPath, NumberInPath, example
from golddraht.improvement import operations as causes
from golddraht.improvement.queries import ProblemLine, problem_for, problems_for
from golddraht.team.rules import Area

router = Router(tags=["problems"], auth=Token(Area.CONVERSATIONS))
SHOWN: dict[str, Any] = {
    "id": 2,
    "title": "Die Dichtung reißt",
    "owner_name": "Tom Berger",
    "target_on": "2026-12-18",
    "is_late": False,
    "is_fixed": False,
    "fixed_at": None,
    "concerns": 7,
}


class ProblemOut(Schema):
    """A cause, its owner and day, and how many concerns are tied to it."""

    id: int
    title: str
    owner_name: str
    target_on: date
    is_late: bool
    is_fixed: bool
    fixed_at: datetime | None
    concerns: int
    model_config = example(**SHOWN)

    @staticmethod
    def of(line: ProblemLine) -> ProblemOut:
        return ProblemOut(**{name: getattr(line, name) for name in ProblemOut.model_fields})


class Problems(Schema):
    problems: list[ProblemOut]
    model_config = example(problems=[SHOWN])


class ProblemIn(Schema):
    """A cause. Without `owner_id` whoever the token speaks for removes it."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    description: Annotated[str, Field(max_length=8000)] = ""
    tag: Annotated[str, Field(max_length=40)] = ""
    owner_id: Id | None = None
    target_on: date
    model_config = example(title="Die Dichtung reißt", target_on="2026-12-18")


@router.get("", response=Problems)
def list_problems(request: HttpRequest) -> Problems:
    """Open ones by their day, then what was fixed last."""
    with reading(request) as visitor:
        lines = problems_for(viewer=visitor.viewer, on=visitor.at.date())
        return Problems(problems=[ProblemOut.of(line) for line in lines])


def _shown(visitor: Visitor, problem_id: int) -> ProblemOut:
    problem_for(viewer=visitor.viewer, problem_id=problem_id)
    lines = problems_for(viewer=visitor.viewer, on=visitor.at.date(), only=problem_id)
    return ProblemOut.of(lines[0])


@router.get("/{problem_id}", response=ProblemOut)
def read_problem(request: HttpRequest, problem_id: IdInPath) -> ProblemOut:
    """One of them."""
    with reading(request) as visitor:
        return _shown(visitor, problem_id)


@router.post("", response={201: ProblemOut})
def open_one(request: HttpRequest, told: ProblemIn) -> HttpResponse:
    """Name a cause."""

    def act(visitor: Visitor) -> tuple[int, ProblemOut]:
        values = told.model_dump() | {"owner_id": told.owner_id or visitor.me}
        return 201, _shown(visitor, causes.open_problem(by=visitor.me, at=visitor.at, **values).pk)

    return writing(request, act)


@router.put("/{problem_id}", response=ProblemOut)
def change(request: HttpRequest, problem_id: IdInPath, told: ProblemIn) -> HttpResponse:
    """Its words, owner and day, all of it. A day that has passed may stand, no other one may be chosen."""

    def act(visitor: Visitor) -> tuple[int, ProblemOut]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        values = told.model_dump() | {"owner_id": told.owner_id or visitor.me}
        causes.change_problem(problem_id=one.pk, at=visitor.at, **values)
        return 200, _shown(visitor, problem_id)

    return writing(request, act)


@router.delete("/{problem_id}/concerns/{number}", response=ProblemOut)
def untie(request: HttpRequest, problem_id: IdInPath, number: NumberInPath) -> HttpResponse:
    """It had another cause."""

    def act(visitor: Visitor) -> tuple[int, ProblemOut]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        concern = found(visitor, number)
        causes.unlink_concern(problem_id=one.pk, conversation_id=concern.pk, at=visitor.at)
        return 200, _shown(visitor, problem_id)

    return writing(request, act)


@router.delete("/{problem_id}/fixed", response=ProblemOut)
def not_fixed(request: HttpRequest, problem_id: IdInPath) -> HttpResponse:
    """It was not gone after all."""

    def act(visitor: Visitor) -> tuple[int, ProblemOut]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        causes.reopen_problem(problem_id=one.pk, at=visitor.at)
        return 200, _shown(visitor, problem_id)

    return writing(request, act)


@router.put("/{problem_id}/concerns/{number}", response=ProblemOut)
def tie(request: HttpRequest, problem_id: IdInPath, number: NumberInPath) -> HttpResponse:
    """This conversation has that cause; once is enough."""

    def act(visitor: Visitor) -> tuple[int, ProblemOut]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        concern = found(visitor, number)
        causes.link_concern(problem_id=one.pk, conversation_id=concern.pk, by=visitor.me, at=visitor.at)
        return 200, _shown(visitor, problem_id)

    return writing(request, act)


@router.post("/{problem_id}/fixed", response=ProblemOut)
def fixed(request: HttpRequest, problem_id: IdInPath) -> HttpResponse:
    """The cause is gone. Nobody is told by this: see the letters."""

    def act(visitor: Visitor) -> tuple[int, ProblemOut]:
        one = problem_for(viewer=visitor.viewer, problem_id=problem_id)
        causes.mark_fixed(problem_id=one.pk, by=visitor.me, at=visitor.at)
        return 200, _shown(visitor, problem_id)

    return writing(request, act)
