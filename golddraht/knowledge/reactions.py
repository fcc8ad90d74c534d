"""What knowledge makes of what happens elsewhere."""

from __future__ import annotations

import logging

from django.db import transaction

from golddraht.conversations.events import ConcernReopened, ConcernSolved
from golddraht.knowledge.operations.remembering import forget_solved, remember_solved

log = logging.getLogger(__name__)


def remember_on_solution(event: ConcernSolved) -> None:
    """A concern is solved whether or not it can be told again."""
    try:
        with transaction.atomic():
            remember_solved(conversation_id=event.conversation_id, is_confirmed=event.confirmed, at=event.at)
    except Exception:
        log.exception("What solved conversation %s is not kept ready.", event.conversation_id)


def forget_on_return(event: ConcernReopened) -> None:
    forget_solved(conversation_id=event.conversation_id)
