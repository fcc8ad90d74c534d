"""Is it solved? And two concerns that are one, one that is two, two that have to do with each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from golddraht.api.concerns import found, on_concern
from golddraht.api.door import Token, Visitor
from golddraht.api.problems import Problem
from golddraht.api.shapes.conversations import ConcernOut
from golddraht.api.shapes.fields import IdInPath, NumberInPath
from golddraht.api.shapes.wishes import OtherIn, SolutionIn, SplitIn
from golddraht.conversations.operations import (
    NoSuchProposal,
    confirm_in_person,
    link,
    merge,
    propose_solution,
    split,
    undo_move,
    unlink,
    withdraw_solution,
)
from golddraht.conversations.operations.solving import open_proposal_of
from golddraht.conversations.queries import case_of
from golddraht.conversations.rules import LinkKind
from golddraht.team.rules import Area

router = Router(tags=["conversations"], auth=Token(Area.CONVERSATIONS))


@router.put("/{number}/solution", response=ConcernOut)
def ask_whether_solved(request: HttpRequest, number: NumberInPath, said: SolutionIn) -> HttpResponse:
    """Answer, and ask whether it is solved with that. Only the customer decides; after some days they are asked once more."""

    def act(one: Any, by: Visitor) -> None:
        propose_solution(
            conversation_id=one.pk,
            by=by.me,
            text=said.text,
            channel=said.channel,
            seen_message_id=said.seen_message_id,
            enclosures=tuple(file.enclosed() for file in said.attachments),
            at=by.at,
        )

    return on_concern(request, number, act)


@router.post("/{number}/solution/confirmed", response=ConcernOut)
def confirmed_in_person(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """The customer said on the phone or at the desk that it is solved."""
    return on_concern(request, number, lambda one, by: confirm_in_person(conversation_id=one.pk, by=by.me, at=by.at))


@router.delete("/{number}/solution", response=ConcernOut)
def withdraw(request: HttpRequest, number: NumberInPath) -> HttpResponse:
    """The question whether it is solved does not stand any more."""

    def act(one: Any, by: Visitor) -> None:
        proposal = open_proposal_of(one.pk)
        if proposal is None:
            raise NoSuchProposal(number)
        withdraw_solution(solution_id=proposal.pk, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.post("/{number}/merge", response=ConcernOut)
def merge_into(request: HttpRequest, number: NumberInPath, into: OtherIn) -> HttpResponse:
    """Everything said here belongs to the other concern from now on; this number leads there. It can be undone."""

    def act(one: Any, by: Visitor) -> None:
        merge(source_id=one.pk, target_id=found(by, into.number).pk, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.post("/{number}/split", response=ConcernOut)
def split_off(request: HttpRequest, number: NumberInPath, wanted: SplitIn) -> HttpResponse:
    """These messages are a concern of their own; its number stands in `linked`. It can be undone."""

    def act(one: Any, by: Visitor) -> None:
        split(conversation_id=one.pk, message_ids=wanted.message_ids, subject=wanted.subject, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.post("/{number}/moves/{move_id}/undo", response=ConcernOut)
def undo(request: HttpRequest, number: NumberInPath, move_id: IdInPath) -> HttpResponse:
    """Take a merge or a split back; what has arrived since stays where it arrived."""

    def act(one: Any, by: Visitor) -> None:
        moves = case_of(viewer=by.viewer, number=one.number).undoable
        if move_id not in {move.move_id for move in moves}:
            raise Problem(404, "no-such-move", "Nothing of that id can be undone here.")
        undo_move(move_id=move_id, by=by.me, at=by.at)

    return on_concern(request, number, act)


@router.post("/{number}/links", response={201: ConcernOut})
def link_with(request: HttpRequest, number: NumberInPath, other: OtherIn) -> HttpResponse:
    """These two have to do with each other."""

    def act(one: Any, by: Visitor) -> None:
        earlier, later = sorted([one, found(by, other.number)], key=lambda each: each.number)
        link(earlier_id=earlier.pk, later_id=later.pk, kind=LinkKind.RELATED, by=by.me, at=by.at)

    return on_concern(request, number, act, status=201)


@router.delete("/{number}/links/{link_id}", response=ConcernOut)
def unlink_from(request: HttpRequest, number: NumberInPath, link_id: IdInPath) -> HttpResponse:
    """They have nothing to do with each other after all."""

    def act(one: Any, by: Visitor) -> None:
        linked = case_of(viewer=by.viewer, number=one.number).linked
        if link_id not in {other.link_id for other in linked}:
            raise Problem(404, "no-such-link", "There is no such link here.")
        unlink(link_id=link_id, by=by.me, at=by.at)

    return on_concern(request, number, act)
