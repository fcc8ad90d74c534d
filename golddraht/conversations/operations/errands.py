"""Errands: something done to one or many concerns, each for itself, with its progress and its way back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from golddraht.conversations.events import ErrandBegun, ErrandMoved
from golddraht.conversations.models import Conversation, Errand, ErrandLine
from golddraht.conversations.operations.acting import do_line
from golddraht.conversations.operations.giving_back import undo_line
from golddraht.conversations.operations.reopening import in_order
from golddraht.conversations.rules import Acts, LineState
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership
from golddraht.team.rules import Act, Role

AT_ONCE = 10
"""So many are done before the answer to whoever asked; more are a job."""
MOST = 1_000
PORTION = 20
LEFT_LYING = timedelta(seconds=60)


class NothingToDo(ValueError):
    """No concern was chosen, or no act."""


class OnlyLeads(PermissionError):
    """Answering a group at once is the leads' to do."""


class NotTheirs(PermissionError):
    """Another one's errand is undone by leads alone."""


@transaction.atomic
def begin_errand(
    *,
    name: str,
    conversation_ids: list[int],
    acts: Acts,
    by: int,
    token: str,
    at: datetime,
    seen_message_ids: dict[int, int] | None = None,
) -> Errand:
    """Do these acts to each of these concerns: few at once, many by a job. Raises NothingToDo, OnlyLeads.

    The same `token` of the same person is the same errand, however often it is sent. At most a thousand concerns.
    """
    known: Errand | None = Errand.objects.filter(by_id=by, token=token).first()
    if known is not None:
        return known
    chosen = Conversation.objects.filter(pk__in=in_order(conversation_ids)[:MOST]).order_by("pk")
    ids = list(chosen.values_list("pk", flat=True))
    if not ids or acts.is_empty():
        raise NothingToDo("Choose concerns and what is to be done.")
    if len(ids) > 1 and (acts.text or acts.asks_whether_solved) and not _leads(by):
        raise OnlyLeads("Only leads answer many concerns at once.")
    told = asdict(acts) | {"tags": list(acts.tags)}
    errand: Errand = Errand.objects.create(
        name=one_line(name, 120), token=token[:40], by_id=by, begun_at=at, moved_at=at, **told
    )
    seen = seen_message_ids or {}
    ErrandLine.objects.bulk_create(
        ErrandLine(errand=errand, conversation_id=pk, seen_message_id=seen.get(pk)) for pk in ids
    )
    _go(errand, len(ids), at=at)
    return errand


@transaction.atomic
def undo_errand(*, errand_id: int, by: int, at: datetime) -> Errand:
    """Give back what was before it; what has not been done yet is left. Doing it twice changes nothing. Raises NotTheirs."""
    errand: Errand = Errand.objects.select_for_update().get(pk=errand_id)
    if errand.by_id != by and not _leads(by):
        raise NotTheirs("Ask a lead to undo what a colleague did.")
    if errand.undone_at is None:
        errand.undone_at, errand.undone_by_id, errand.ended_at, errand.moved_at = at, by, None, at
        errand.save(update_fields=["undone_at", "undone_by", "ended_at", "moved_at"])
        lines = ErrandLine.objects.filter(errand=errand)
        lines.filter(state=LineState.WAITING).update(state=LineState.LEFT)
        _go(errand, lines.filter(state=LineState.DONE).count(), at=at)
    return errand


def _leads(member_id: int) -> bool:
    role = Membership.objects.filter(pk=member_id, tenant_id=current_tenant_id()).values_list("role", flat=True).first()
    return role is not None and Role(role).may(Act.ANSWER_MANY)


def _go(errand: Errand, count: int, *, at: datetime) -> None:
    if count > AT_ONCE:
        bus.publish(ErrandBegun(errand.pk, at))
        return
    work_on(errand_id=errand.pk, at=at)
    errand.refresh_from_db()


@transaction.atomic
def work_on(*, errand_id: int, at: datetime) -> bool:
    """Do, or undo, the next portion of an errand; False when nothing is left. Safe to call at any time and twice at once."""
    errand = (
        Errand.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=errand_id, ended_at=None).first()
    )
    if errand is None:
        return False
    is_undoing = errand.undone_at is not None
    lines = ErrandLine.objects.filter(errand=errand)
    todo = lines.filter(state=LineState.DONE if is_undoing else LineState.WAITING).order_by("conversation_id")
    found = list(todo.select_related("errand__by", "errand__team", "note", "move", "solution")[:PORTION])
    alone = not is_undoing and lines.count() == 1
    for line in found:
        if is_undoing:
            undo_line(line, by=errand.undone_by_id, at=at)
        else:
            do_line(line, alone=alone, at=at)
    is_over = len(found) < PORTION
    errand.moved_at, errand.ended_at = at, at if is_over else None
    errand.save(update_fields=["moved_at", "ended_at"])
    bus.publish(ErrandMoved(errand.pk, at))
    return not is_over


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Whatever a killed worker has left lying is taken up again."""
    lying = Errand.objects.filter(tenant_id=current_tenant_id(), ended_at=None, moved_at__lt=at - LEFT_LYING)
    for errand_id in lying.order_by("pk").values_list("pk", flat=True)[:20]:
        Errand.objects.filter(pk=errand_id).update(moved_at=at)
        bus.publish(ErrandBegun(errand_id, at))
