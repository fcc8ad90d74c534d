"""Whose mail rests, and what rests because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from golddraht.conversations.models import BlockedSender, Conversation
from golddraht.conversations.queries.finding import Seer
from golddraht.ground.senders import patterns_fitting
from golddraht.plumbing.asking import Asked, Question


class NoSuchBlock(LookupError):
    """There is none in the viewer's tenant."""


@dataclass(frozen=True)
class Block:
    """A blocked sender: who blocked them, when and why, and how many concerns rest because of it."""

    id: int
    pattern: str
    why: str
    by_name: str
    at: datetime
    lifted_at: datetime | None
    lifted_by: str
    concerns: int


_FITTING: Question[BlockedSender] = Question(
    lambda: BlockedSender.objects.filter(pattern__among=Asked("patterns"), lifted_at=None)
)


def block_on(address: str) -> BlockedSender | None:
    """What is blocked that this folded address belongs to."""
    return _FITTING.first(patterns=list(patterns_fitting(address))) if address else None


def blocks(*, viewer: Seer, lifted: bool = False) -> list[Block]:
    """Those that hold, or those that were lifted, the latest first."""
    rows = _rows(viewer).exclude(lifted_at=None) if lifted else _rows(viewer).filter(lifted_at=None)
    return [_block(row) for row in rows.order_by("-lifted_at", "-at", "-pk")[:500]]


def block_for(*, viewer: Seer, block_id: int) -> Block:
    """Raises NoSuchBlock."""
    row = _rows(viewer).filter(pk=block_id).first()
    if row is None:
        raise NoSuchBlock(block_id)
    return _block(row)


def _rows(viewer: Seer) -> Any:
    rows = BlockedSender.objects.filter(tenant_id=viewer.tenant_id).select_related("by", "lifted_by")
    resting = Conversation.objects.filter(block_id=OuterRef("pk")).order_by().values("block_id")
    return rows.annotate(concerns=Coalesce(Subquery(resting.annotate(count=Count("pk")).values("count")), 0))


def _block(row: Any) -> Block:
    return Block(
        id=row.pk,
        pattern=row.pattern,
        why=row.why,
        by_name=row.by.name,
        at=row.at,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by.name if row.lifted_by else "",
        concerns=row.concerns,
    )
