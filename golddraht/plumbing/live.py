"""What changed, told at once to every page that shows it: names only, each page then asks again with its own rights.

`announce` speaks inside a transaction; PostgreSQL passes the name on when it commits, once however often it was said.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
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

MOST_STREAMS = 12
"""So many pages of one session, and of one member on all their devices, listen at a time in one process."""

REMEMBERED_FOR = 30.0
MOST_REMEMBERED = 400
RENDERING = 2.0
"""Seconds that a page may have looked at the database before it wrote down its moment."""

Connect = Callable[[], Awaitable[psycopg.AsyncConnection[Any]]]


def announce(topic: str) -> bool:
    """Tell the pages of the tenant being written for that `topic` (`inbox`, `conversation-42`) has changed.

    It is said when the transaction commits, once; False when it is to be said already.
    """
    return notify_before_commit(CHANNEL, f"{current_tenant_id()}:{topic}")


async def direct_connection() -> psycopg.AsyncConnection[Any]:
    """A connection of one's own beside the pool, as LISTEN needs it."""
    return await psycopg.AsyncConnection.connect(**_direct_params(), autocommit=True)


def blocking_connection() -> psycopg.Connection[Any]:
    """The same for a thread."""
    return psycopg.connect(**_direct_params(), autocommit=True)


def _direct_params() -> dict[str, Any]:
    params: dict[str, Any] = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool"):
        params.pop(name, None)
    return params | {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}


class Subscription:
    """One page of one tenant, or of several whom one person serves. `await next_topic()` gives names until it ends, then None.

    `holders` name on whose account it is open; when one of them opens too many, `was_crowded_out` is set and it ends.
    """

    def __init__(self, *tenant_ids: int, holders: tuple[str, ...] = ()) -> None:
        self.tenant_ids = tenant_ids
        self.holders = holders
        self.has_ended = False
        self.was_crowded_out = False
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
        # In the order in which they were opened.
        self._held: dict[str, list[Subscription]] = {}
        self._was_connected = False
        # What was told lately, by tenant, for pages that were written before and connect after it.
        self._lately: dict[int, deque[tuple[float, str]]] = {}
        self.hears_since = float("inf")
        """Since when nothing was missed, in seconds since 1970."""
        self.is_listening = asyncio.Event()

    def subscribe(self, *tenant_ids: int, holders: tuple[str, ...] = (), since: float | None = None) -> Subscription:
        """A new page; the oldest page of a holder who has MOST_STREAMS already is let go for it.

        `since` is the moment (seconds since 1970) at which the page was written: what was told after it is told again.
        """
        subscription = Subscription(*tenant_ids, holders=holders)
        for tenant_id in tenant_ids:
            self._subscriptions.setdefault(tenant_id, set()).add(subscription)
        for holder in holders:
            held = self._held.setdefault(holder, [])
            held.append(subscription)
            self._make_room(held)
        if since is not None:
            self._catch_up(subscription, since - RENDERING)
        return subscription

    def _catch_up(self, subscription: Subscription, since: float) -> None:
        told = [self._lately.get(tenant_id, deque()) for tenant_id in subscription.tenant_ids]
        topics = dict.fromkeys(topic for one in told for at, topic in one if at >= since)
        is_whole = since >= max(self.hears_since, time.time() - REMEMBERED_FOR) and not any(
            len(one) == MOST_REMEMBERED and one[0][0] >= since for one in told
        )
        for topic in topics if is_whole and len(topics) < WAITING_NAMES // 2 else (RESYNC,):
            subscription.tell(topic)

    def _make_room(self, held: list[Subscription]) -> None:
        listening = [each for each in held if not each.has_ended]
        for oldest in listening[:-MOST_STREAMS]:
            oldest.was_crowded_out = True
            oldest.end()

    def leave(self, subscription: Subscription) -> None:
        for tenant_id in subscription.tenant_ids:
            _take_out(self._subscriptions, tenant_id, subscription)
        for holder in subscription.holders:
            _take_out(self._held, holder, subscription)

    def count(self) -> int:
        """A page of several tenants counts once for each of them."""
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
            self.hears_since = time.time()
            if self._was_connected:
                self._tell(self._everybody(), RESYNC)
            self._was_connected = True
            async for notice in listening.notifies():
                self._pass_on(notice.payload)

    def _pass_on(self, payload: str) -> None:
        tenant_id, _, topic = payload.partition(":")
        if tenant_id.isdecimal() and topic:
            lately = self._lately.setdefault(int(tenant_id), deque(maxlen=MOST_REMEMBERED))
            lately.append((time.time(), topic))
            self._tell(self._subscriptions.get(int(tenant_id), set()), topic)

    def _everybody(self) -> set[Subscription]:
        return set().union(*self._subscriptions.values())

    def _tell(self, pages: set[Subscription], topic: str) -> None:
        for subscription in pages:
            subscription.tell(topic)


def _take_out(groups: dict[Any, Any], key: object, subscription: Subscription) -> None:
    group = groups.get(key)
    if group is not None and subscription in group:
        group.remove(subscription)
        if not group:
            del groups[key]
