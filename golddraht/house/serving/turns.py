"""Who is served first: people who wait for a page go before pages that renew themselves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from golddraht.house.serving.bodies import Scope, header

RENEWALS_AT_ONCE = 1
"""So many in each process. One change renews a dozen open lists: side by side they would slow every page down, and each other."""
DEFAULT = 3
URGENCY = re.compile(rb"(?:^|[,\s])u=([0-7])(?![^,;\s])")


class Turns:
    """`async with turns.of(scope)` waits for its turn, where nobody waits for the page itself."""

    def __init__(self, at_once: int = RENEWALS_AT_ONCE) -> None:
        self._renewals = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def of(self, scope: Scope) -> AsyncIterator[None]:
        if urgency(scope) <= DEFAULT:
            yield
        else:
            async with self._renewals:
                yield


def urgency(scope: Scope) -> int:
    """What the header `Priority` says, 0 (at once) to 7 (whenever), 3 without a word (RFC 9218 §4.1)."""
    said = URGENCY.search(header(scope, b"priority") or b"")
    return int(said[1]) if said else DEFAULT
