"""One mail that is no delivery of a message: handed over once, and what came of it."""

from __future__ import annotations

from datetime import datetime

from golddraht.channels.carriers.smtp.sending import hand_over
from golddraht.channels.operations.asking_tokens import NoToken
from golddraht.channels.operations.composing import Dispatch
from golddraht.channels.operations.delivering import Outcome
from golddraht.channels.operations.tokens import fresh_token
from golddraht.plumbing import outgoing


def post(tenant_id: int, letter: Dispatch, *, at: datetime, step: float = outgoing.STEP) -> Outcome | None:
    """Try it once; None when the mailbox could not even sign in. Call it outside of any transaction."""
    mailbox_id = letter.server.mailbox_id
    is_by_token = letter.server.uses_oauth and mailbox_id is not None
    try:
        token = fresh_token(tenant_id=tenant_id, mailbox_id=mailbox_id or 0, at=at) if is_by_token else ""
        return hand_over(letter, token=token, before_dot=lambda: True, step=step)
    except NoToken:
        return None
