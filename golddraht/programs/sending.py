"""The network side of webhooks: one POST, guarded, timed, never following anybody elsewhere."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from datetime import datetime

from golddraht.plumbing import web
from golddraht.plumbing.tenancy import seeing
from golddraht.programs.operations import Letter, Outcome, begin, note_outcome, rest

AT_ONCE = 50
FOR_A_MOMENT = 20.0
"""Seconds after which a worker lets others have their turn."""


def tell(*, tenant_id: int, webhook_id: int, clock: Callable[[], datetime]) -> int:
    """Tell the webhook what waits, in its order, until something fails; gives how many tries were made."""
    until, tries, goes_on = time.monotonic() + FOR_A_MOMENT, 0, False
    try:
        while tries < AT_ONCE and time.monotonic() < until:
            with seeing(tenant_id):
                letter = begin(webhook_id=webhook_id, at=clock(), goes_on=goes_on)
            if letter is None:
                return tries
            outcome, tries, goes_on = post(letter), tries + 1, True
            with seeing(tenant_id):
                if not note_outcome(letter, outcome, at=clock()):
                    return tries
        return tries
    finally:
        if goes_on:
            with seeing(tenant_id):
                rest(webhook_id=webhook_id)


def post(letter: Letter) -> Outcome:
    """One try. A redirect is an answer like any other: whoever moves says so in the settings."""
    started = time.monotonic()
    try:
        status, body = web.post(letter.url, letter.body.encode(), letter.headers)
    except (OSError, http.client.HTTPException, ValueError) as failure:
        return Outcome(None, _since(started), failure=str(failure) or type(failure).__name__)
    return Outcome(status, _since(started), answer=body.decode(errors="replace"))


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)
