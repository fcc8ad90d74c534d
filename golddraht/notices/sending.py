"""The network side of notices: one POST to the push service of a browser, guarded and timed."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from datetime import datetime

from golddraht.notices.operations import Letter, Outcome, begin, note_outcome
from golddraht.plumbing import web
from golddraht.plumbing.tenancy import seeing


def tell(*, tenant_id: int, device_id: int, clock: Callable[[], datetime]) -> Outcome | None:
    """Tell the device what waits; None when there is nothing to tell it now."""
    with seeing(tenant_id):
        letter = begin(device_id=device_id, at=clock())
    if letter is None:
        return None
    outcome = post(letter)
    with seeing(tenant_id):
        note_outcome(letter, outcome, at=clock())
    return outcome


def post(letter: Letter) -> Outcome:
    """One try. A redirect is no success: push services do not move (RFC 8030 §5)."""
    try:
        status, _body = web.post(letter.url, letter.body, letter.headers)
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(None)
    return Outcome(status)
