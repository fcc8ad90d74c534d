"""Blocking a sender, never in ignorance of what was promised to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.conversations.models import BlockedSender
from golddraht.conversations.operations.blocking import block_sender
from golddraht.promises.queries.blocking import promised_to


class StillPromised(ValueError):
    """Something is promised to them; `promises` says how much. Whoever blocks them all the same has to know."""

    def __init__(self, promises: int) -> None:
        super().__init__(promises)
        self.promises = promises


@transaction.atomic
def block(
    *, sender: str, why: str = "", knowing: bool = False, by: int, at: datetime, conversation_id: int | None = None
) -> BlockedSender:
    """As `block_sender`. The promises stay open and have to be kept. Raises StillPromised unless `knowing`, BlockRefused."""
    owed = [] if knowing else promised_to(sender=sender, besides=conversation_id)
    if owed:
        raise StillPromised(len(owed))
    return block_sender(sender=sender, why=why, by=by, at=at, conversation_id=conversation_id)
