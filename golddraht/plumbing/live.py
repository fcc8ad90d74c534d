"""What changed, told at once to every page that shows it: names only, each page then asks again with its own rights.

`announce` speaks inside a transaction; PostgreSQL passes the name on when it commits, once however often it was said.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from django.db import connection

from golddraht.plumbing.tenancy import current_tenant_id, notify_before_commit

log = logging.getLogger(__name__)

CHANNEL = "live"
RESYNC = ""
"""Instead of a topic: something may have been missed, ask for everything again."""
WAITING_NAMES = 64
"""A page that has not taken this many names is hanging; it is let go and comes back by itself."""

Connect = Callable[[], Awaitable[psycopg.AsyncConnection[Any]]]


def announce(topic: str) -> bool:
    """Tell the pages of the tenant being written for that `topic` (`inbox`, `conversation-42`) has changed.

    It is said when the transaction commits, once; False when it is to be said already.
    """
    return notify_before_commit(CHANNEL, f"{current_tenant_id()}:{topic}")


async def direct_connection() -> psycopg.AsyncConnection[Any]:
    """A connection of one's own beside the pool, as LISTEN needs it."""
    params: dict[str, Any] = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool"):
        params.pop(name, None)
    params |= {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}
    return await psycopg.AsyncConnection.connect(**params, autocommit=True)


class Subscription:
    """One page of one tenant. `await next_topic()` gives names until the subscription ends, then None."""

    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id
        self.has_ended = False
        self._names: asyncio.Queue[str] = asyncio.Queue(WAITING_NAMES)

    async def next_topic(self) -> str | None:
        if self.has_ended:
            return None
        name = await self._names.get()
        return None if self.has_ended else name

    def tell(self, topic: str) -> None:
        try:
            self._names.put_nowait(topic)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Let the page go, at once: what is still waiting is dropped, the page asks for everything when it is back."""
        self.has_ended = True
        while not self._names.empty():
            self._names.get_nowait()
        self._names.put_nowait(RESYNC)


class Hub:
    """One LISTEN connection for all pages of a process. `run` it once; a name reaches its own tenant's pages alone."""

    def __init__(self, connect: Connect = direct_connection, *, pause: float = 1.0) -> None:
        self._connect = connect
        self._pause = pause
        self._subscriptions: dict[int, set[Subscription]] = {}
        self._was_connected = False
        self.is_listening = asyncio.Event()

    def subscribe(self, tenant_id: int) -> Subscription:
        subscription = Subscription(tenant_id)
        self._subscriptions.setdefault(tenant_id, set()).add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        pages = self._subscriptions.get(subscription.tenant_id, set())
        pages.discard(subscription)
        if not pages:
            self._subscriptions.pop(subscription.tenant_id, None)

    def count(self) -> int:
        return sum(map(len, self._subscriptions.values()))

    async def run(self) -> None:
        """Listen for ever; after a lost connection every page is told to ask for everything again."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError):
                log.warning("Live updates have lost the database; trying again.")
            self.is_listening.clear()
            await asyncio.sleep(self._pause)

    def close(self) -> None:
        """Let all pages go, so that the process can end."""
        for subscription in self._everybody():
            subscription.end()

    async def _listen(self) -> None:
        async with await self._connect() as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            self.is_listening.set()
            if self._was_connected:
                self._tell(self._everybody(), RESYNC)
            self._was_connected = True
            async for notice in listening.notifies():
                self._pass_on(notice.payload)

    def _pass_on(self, payload: str) -> None:
        tenant_id, _, topic = payload.partition(":")
        if tenant_id.isdecimal() and topic:
            self._tell(self._subscriptions.get(int(tenant_id), set()), topic)

    def _everybody(self) -> set[Subscription]:
        return set().union(*self._subscriptions.values())

    def _tell(self, pages: set[Subscription], topic: str) -> None:
        for subscription in pages:
            subscription.tell(topic)
