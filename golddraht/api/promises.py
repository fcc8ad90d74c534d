"""Promises: what is due, giving our word, keeping it, another date; and how often it was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from golddraht.api.concerns import found
from golddraht.api.door import Token, Visitor, answered, reading, refuse_if_changed, writing
from golddraht.api.paging import cursor_of, moment_and_id_in
from golddraht.api.problems import Problem
from golddraht.api.shapes.fields import Cursor, IdInPath, Moment
from golddraht.api.shapes.promises import (
    ChangeIn,
    DangerIn,
    KeptIn,
    KeptRateOut,
    PromiseIn,
    PromiseOut,
    Promises,
    PromiseWithOptions,
)
from golddraht.customers.queries import customer_for
from golddraht.promises.operations import change_promise, endanger, keep_promise, make_promise, withdraw_danger
from golddraht.promises.queries import due_list, kept_rate, promise_by_id
from golddraht.promises.queries.cards import option_cards
from golddraht.promises.queries.finding import locked_promise
from golddraht.promises.rules import Kind
from golddraht.team.rules import Area

router = Router(tags=["promises"], auth=Token(Area.PROMISES))


@router.get("/due", response=Promises)
def list_due(
    request: HttpRequest,
    until: Moment | None = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Promises:
    """The open promises that fall due by `until` (within a day when not said), the earliest first."""
    with reading(request) as visitor:
        last, behind = until or visitor.at + timedelta(days=1), moment_and_id_in(cursor)
        due = due_list(viewer=visitor.viewer, at=visitor.at, until=last, behind=behind, limit=limit + 1)
        page = due[:limit]
        following = cursor_of(page[-1].due_at, page[-1].id) if len(due) > limit else None
        return Promises(promises=[PromiseOut.of(line) for line in page], next=following)


@router.get("/kept-rate", response=KeptRateOut)
def read_kept_rate(
    request: HttpRequest, since: Moment | None = None, until: Moment | None = None, kind: Kind | None = None
) -> KeptRateOut:
    """Of the promises that fell due in that time (the last 30 days when not said), of one kind if named."""
    with reading(request) as visitor:
        end = until or visitor.at
        rate = kept_rate(viewer=visitor.viewer, since=since or end - timedelta(days=30), until=end, kind=kind)
        return KeptRateOut(**{name: getattr(rate, name) for name in KeptRateOut.model_fields})


@router.get("/{promise_id}", response=PromiseWithOptions)
def read_promise(request: HttpRequest, promise_id: IdInPath) -> HttpResponse:
    """One promise as it is now, with the ways out that the customer was offered."""
    with reading(request) as visitor:
        return answered(request, _shown(visitor, promise_id))


def _shown(visitor: Visitor, promise_id: int) -> PromiseWithOptions:
    promise = promise_by_id(promise_id)
    visitor.sees_customer(promise.customer_id)
    return PromiseWithOptions.of(promise, option_cards(promise, at=visitor.at))


@router.post("", response={201: PromiseWithOptions})
def promise(request: HttpRequest, wanted: PromiseIn) -> HttpResponse:
    """Record what a customer was told with a date. It is kept an eye on until it is kept."""

    def act(visitor: Visitor) -> tuple[int, PromiseWithOptions]:
        concern = found(visitor, wanted.conversation) if wanted.conversation else None
        made = make_promise(
            customer_id=_customer_id(visitor, wanted, concern),
            conversation_id=concern.pk if concern else None,
            owner_id=wanted.owner_id or visitor.me,
            kind=Kind(wanted.kind),
            by=visitor.me,
            at=visitor.at,
            **wanted.model_dump(exclude={"conversation", "customer_id", "owner_id", "kind"}),
        )
        return 201, _shown(visitor, made.pk)

    return writing(request, act)


def _customer_id(visitor: Visitor, wanted: PromiseIn, concern: Any) -> int:
    if concern is not None and wanted.customer_id is None:
        return int(concern.customer_id)
    if wanted.customer_id is None:
        raise Problem(422, "nobody-named", "Say to whom: give a conversation or a customer.")
    return int(customer_for(viewer=visitor.viewer, customer_id=wanted.customer_id).pk)


def _on_promise(request: HttpRequest, promise_id: int, act: Callable[[Visitor], Any]) -> HttpResponse:
    """Do `act` to the promise, guarded by If-Match, and answer with the promise that stands then."""

    def do(visitor: Visitor) -> tuple[int, PromiseWithOptions]:
        if "If-Match" in request.headers:
            locked_promise(promise_id)
        refuse_if_changed(request, lambda: _shown(visitor, promise_id))
        return 200, _shown(visitor, act(visitor).pk)

    return writing(request, do)


@router.post("/{promise_id}/kept", response=PromiseWithOptions)
def kept(request: HttpRequest, promise_id: IdInPath, told: KeptIn) -> HttpResponse:
    """It was done; what was done too late is recorded as not kept."""

    def act(by: Visitor) -> Any:
        return keep_promise(promise_id=promise_id, by=by.me, at=by.at, kept_at=told.kept_at)

    return _on_promise(request, promise_id, act)


@router.post("/{promise_id}/change", response=PromiseWithOptions)
def change(request: HttpRequest, promise_id: IdInPath, wanted: ChangeIn) -> HttpResponse:
    """Another date; the answer is the promise that stands instead."""

    def act(by: Visitor) -> Any:
        return change_promise(promise_id=promise_id, by=by.me, at=by.at, **wanted.model_dump())

    return _on_promise(request, promise_id, act)


@router.put("/{promise_id}/danger", response=PromiseWithOptions)
def danger(request: HttpRequest, promise_id: IdInPath, told: DangerIn) -> HttpResponse:
    """It will probably not hold: the customer hears of it before it breaks and can choose with one click."""

    def act(by: Visitor) -> Any:
        options = [one.draft() for one in told.options] if told.options else None
        return endanger(promise_id=promise_id, why=told.why, options=options, by=by.me, at=by.at)

    return _on_promise(request, promise_id, act)


@router.delete("/{promise_id}/danger", response=PromiseWithOptions)
def all_clear(request: HttpRequest, promise_id: IdInPath) -> HttpResponse:
    """It holds after all; whoever was told of the danger is told of that, too."""
    return _on_promise(request, promise_id, lambda by: withdraw_danger(promise_id=promise_id, by=by.me, at=by.at))
