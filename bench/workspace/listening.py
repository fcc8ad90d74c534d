"""How soon open pages hear that something has changed, and have it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import psycopg

from bench.workspace.browsing import Browser, Times

ROUNDS = 20
PER_SESSION = 12
"""A session may keep so many pages open (`plumbing.live.MOST_STREAMS`)."""


AS_LIST = {"HX-Request": "true", "HX-Target": "concerns"}
GIVEN_UP = 60_000.0


class Streams:
    """Many open lines; `heard` is told the session of each that hears a name."""

    def __init__(self, port: int, sessions: list[str], heard: Callable[[str], None]) -> None:
        self.port, self.sessions, self.heard = port, sessions, heard
        self.tasks: list[asyncio.Task[Any]] = []

    async def open(self, count: int) -> None:
        for number in range(count):
            self.tasks.append(asyncio.create_task(self._listen(self.sessions[number % len(self.sessions)])))
            if number % 50 == 49:
                await asyncio.sleep(0.1)

    async def _listen(self, session: str) -> None:
        reader, writer = await asyncio.open_connection("localhost", self.port)
        cookie = f"golddraht_{self.port}={session}"
        writer.write(f"GET /live/gross/ HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookie}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: inbox"):
                    self.heard(session)
        finally:
            writer.close()

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def hearing(
    port: int, sessions: list[str], database: str, tenant_id: int, count: int
) -> tuple[list[float], float]:
    """Milliseconds from the commit to each open line, over some rounds, and the share of lines that heard it."""
    moments: list[float] = []
    streams, times = Streams(port, sessions, lambda _: moments.append(time.perf_counter())), []
    await streams.open(count)
    await asyncio.sleep(3 + count / 200)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as telling:
        for _ in range(ROUNDS):
            moments.clear()
            began = await _tell(telling, tenant_id)
            await asyncio.sleep(1.5)
            times += [1000 * (moment - began) for moment in moments]
    await streams.close()
    return times, len(times) / (ROUNDS * count)


async def refreshing(
    port: int, sessions: list[str], database: str, tenant_id: int, times: Times
) -> tuple[list[float], float]:
    """Milliseconds from the commit until each of these watchers, having heard of it, has their list again."""
    browsers = {session: Browser(port, session, times) for session in sessions}
    waiting: list[asyncio.Task[float]] = []
    began = 0.0

    async def fetch(browser: Browser) -> float:
        shown = await asyncio.to_thread(browser.get, "list again", "/t/gross/inbox/?place=mine", **AS_LIST)
        return 1000 * (time.perf_counter() - began) if shown else GIVEN_UP

    streams = Streams(port, sessions, lambda session: waiting.append(asyncio.create_task(fetch(browsers[session]))))
    await streams.open(len(sessions))
    await asyncio.sleep(3)
    taken: list[float] = []
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as telling:
        for _ in range(ROUNDS):
            waiting.clear()
            began = await _tell(telling, tenant_id)
            await asyncio.sleep(2)
            taken += await asyncio.gather(*waiting)
    await streams.close()
    return taken, len(taken) / (ROUNDS * len(sessions))


async def _tell(telling: psycopg.AsyncConnection[Any], tenant_id: int) -> float:
    began = time.perf_counter()
    await telling.execute("SELECT pg_notify('live', %s)", [f"{tenant_id}:inbox"])
    return began
