"""The owner's means: putting things right up to a set amount, without asking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from golddraht.conversations.events import ConversationChanged
from golddraht.conversations.models import Goodwill
from golddraht.conversations.operations.milestones import mark
from golddraht.conversations.operations.reopening import locked
from golddraht.conversations.rules import Happening
from golddraht.ground.text import one_line
from golddraht.plumbing import bus
from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership


class GoodwillTooHigh(ValueError):
    """More than this member may grant here; `left_cents` is what they still may. A lead may grant more."""

    def __init__(self, left_cents: int) -> None:
        super().__init__("This is more than you may grant here. Ask your lead.")
        self.left_cents = left_cents


class GoodwillRefused(ValueError):
    """An amount and a reason are needed."""


@transaction.atomic
def grant_goodwill(*, conversation_id: int, by: int, cents: int, kind: str, reason: str, at: datetime) -> Goodwill:
    """Grant a credit, a replacement, another carrier, at what it costs us. Raises GoodwillTooHigh, GoodwillRefused.

    The limit is the granting member's own and counts everything granted in this conversation, by whomever.
    """
    if cents <= 0 or not reason.strip():
        raise GoodwillRefused("Give an amount and a reason.")
    locked(conversation_id)
    left = _limit_of(by) - granted_in(conversation_id)
    if cents > left:
        raise GoodwillTooHigh(max(left, 0))
    goodwill: Goodwill = Goodwill.objects.create(
        conversation_id=conversation_id,
        granted_by_id=by,
        cents=cents,
        kind=one_line(kind, 20),
        reason=one_line(reason, 400),
        at=at,
    )
    mark(conversation_id, Happening.GOODWILL, by=by, at=at, words=f"{cents} {goodwill.kind} {goodwill.reason}")
    bus.publish(ConversationChanged(conversation_id, at))
    return goodwill


def _limit_of(member_id: int) -> int:
    rows = Membership.objects.filter(pk=member_id, tenant_id=current_tenant_id(), active=True)
    return rows.values_list("goodwill_cents", flat=True).first() or 0


def granted_in(conversation_id: int) -> int:
    """What was granted in this conversation so far, in cents."""
    total = Goodwill.objects.filter(conversation_id=conversation_id).aggregate(total=Sum("cents"))["total"]
    return int(total or 0)
