"""How a member likes to write, and to be told of calls; theirs alone to say."""

from __future__ import annotations

from django.db import transaction

from golddraht.plumbing.tenancy import current_tenant_id
from golddraht.team.models import Membership
from golddraht.team.rules import LONGEST_UNDO, AfterAnswer, WhenCalled


class UndoRefused(ValueError):
    """Not so many seconds."""


@transaction.atomic
def set_undo(*, member_id: int, seconds: int) -> None:
    """So long an answer can be taken back after it was sent; 0 lets it leave at once. Raises UndoRefused."""
    if not 0 <= seconds <= LONGEST_UNDO:
        raise UndoRefused(f"At most {LONGEST_UNDO} seconds.")
    Membership.objects.filter(tenant_id=current_tenant_id(), pk=member_id).update(undo_seconds=seconds)


@transaction.atomic
def set_after_answer(*, member_id: int, after_answer: AfterAnswer) -> None:
    """Where the member goes after an answer."""
    Membership.objects.filter(tenant_id=current_tenant_id(), pk=member_id).update(after_answer=after_answer)


@transaction.atomic
def set_when_called(*, member_id: int, when_called: WhenCalled) -> None:
    """When the page of whoever calls the member opens by itself."""
    Membership.objects.filter(tenant_id=current_tenant_id(), pk=member_id).update(when_called=when_called)
