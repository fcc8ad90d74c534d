"""Letting what a sender writes rest, and letting them in again. Nothing that arrives is thrown away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import BlockedSender
from golddraht.conversations.operations.reopening import locked
from golddraht.conversations.operations.sorting import put_aside
from golddraht.conversations.rules import Happening, Status
from golddraht.ground.senders import sender_pattern
from golddraht.ground.text import one_line


class BlockRefused(ValueError):
    """What was named is neither an address nor a domain."""


@transaction.atomic
def block_sender(
    *, sender: str, why: str = "", by: int, at: datetime, conversation_id: int | None = None
) -> BlockedSender:
    """What this address, or everybody at this domain, writes from now on rests. With `conversation_id` that concern does, too.

    Blocked twice it stays as it was first. Other concerns stay in their hands. Raises BlockRefused.
    """
    pattern = sender_pattern(sender)
    if not pattern:
        raise BlockRefused(sender)
    block: BlockedSender
    block, _is_new = BlockedSender.objects.get_or_create(
        pattern=pattern, lifted_at=None, defaults={"why": one_line(why, 200), "by_id": by, "at": at}
    )
    if conversation_id is not None:
        _let_rest(conversation_id, block, by=by, at=at)
    return block


def _let_rest(conversation_id: int, block: BlockedSender, *, by: int, at: datetime) -> None:
    conversation = locked(conversation_id)
    if conversation.status in {Status.SPAM, Status.MERGED}:
        return
    conversation.block = block
    put_aside(conversation, Status.SPAM, Happening.BLOCKED, by=by, at=at, words=block.pattern)


@transaction.atomic
def lift_block(*, block_id: int, by: int, at: datetime) -> None:
    """What they write from now on arrives as anybody's does; what rests is freed one by one. Twice changes nothing."""
    rows = BlockedSender.objects.select_for_update().filter(pk=block_id, lifted_at=None)
    for block in rows:
        block.lifted_at, block.lifted_by_id = at, by
        block.save(update_fields=["lifted_at", "lifted_by"])
