"""Telephone calls, as a telephone system tells of them: by POST, or by a plain link for systems that can do no more."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.security import APIKeyQuery
from pydantic import Field

from golddraht.api.door import Token, Visitor, writing
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import example
from golddraht.team.queries import Bearer
from golddraht.team.rules import Area, Scope
from golddraht.telephone.operations import report_call
from golddraht.telephone.rules import Signal, state_of

router = Router(tags=["calls"], auth=Token(Area.CALLS))
CallId = Annotated[str, Field(min_length=1, max_length=120)]


class CallIn(Schema):
    """What happens to a call: the same `call_id` for all that is told of it."""

    call_id: CallId
    signal: Signal
    number: str = Field("", max_length=60, description="Who calls; empty where it was withheld.")
    agent: str = Field("", max_length=254, description="Who is called: an extension, or the address of a sign-in.")
    model_config = example(call_id="1701331920.417", signal="ringing", number="+49 170 1234567", agent="23")


class CallOut(Schema):
    """That it was understood, and nothing about the customer: this scope reads nothing."""

    call_id: str
    state: str
    model_config = example(call_id="1701331920.417", state="RINGING")


class LinkToken(APIKeyQuery):
    """A token in a link may stand in logs, so it must be one that announces calls and opens nothing else."""

    param_name = "token"
    area = Area.CALLS

    def authenticate(self, request: HttpRequest, key: str | None) -> Bearer | None:
        if not key or "\x00" in key:
            return None
        bearer = Token().authenticate(request, key)
        if bearer is not None and bearer.scopes != {Scope.CALLS_WRITE}:
            raise Problem(403, "token-too-strong", "In a link only a token may stand that announces calls and no more.")
        return bearer


@router.post("", response=CallOut)
def report(request: HttpRequest, told: CallIn) -> HttpResponse:
    """Whoever is called sees who calls; an answered call leaves a note, a missed one becomes a concern."""
    return _reported(request, **told.model_dump())


@router.get("/{signal}", response=CallOut, auth=LinkToken())
def report_by_link(
    request: HttpRequest,
    signal: Signal,
    call_id: Annotated[str, Query(min_length=1, max_length=120)],
    number: Annotated[str, Query(max_length=60)] = "",
    agent: Annotated[str, Query(max_length=254)] = "",
) -> HttpResponse:
    """The same as a link that a telephone system opens, with a token that can do nothing else."""
    return _reported(request, call_id=call_id, signal=signal, number=number, agent=agent)


def _reported(request: HttpRequest, **told: Any) -> HttpResponse:
    def act(visitor: Visitor) -> tuple[int, CallOut]:
        call = report_call(at=visitor.at, **told)
        state = state_of(answered_at=call.answered_at, ended_at=call.ended_at)
        return 200, CallOut(call_id=call.call_id, state=state)

    return writing(request, act)
