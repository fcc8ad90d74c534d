"""The network side of codes: one mail, handed over at once."""

from __future__ import annotations

from datetime import datetime

from golddraht.access.operations.mailing import begin_sending, note_sending
from golddraht.channels.carriers.smtp import post
from golddraht.channels.rules import DeliveryState
from golddraht.plumbing.pausing import is_paused
from golddraht.plumbing.tenancy import seeing


def send_code(*, tenant_id: int, code_id: int, at: datetime) -> None:
    """Try it once; nothing happens to a code that is not due. Call it outside of any transaction."""
    if is_paused():
        return
    with seeing(tenant_id):
        letter = begin_sending(code_id=code_id, at=at)
    if letter is None:
        return
    outcome = post(tenant_id, letter, at=at)
    state = outcome.state if outcome else DeliveryState.WAITING
    with seeing(tenant_id):
        is_over = state in (DeliveryState.REFUSED, DeliveryState.UNKNOWN)
        note_sending(code_id=code_id, is_taken=state is DeliveryState.ACCEPTED, is_over=is_over, at=at)
