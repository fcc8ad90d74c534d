"""How soon open pages hear that something has changed, and have it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import psycopg

from bench.workspace.browsing import Browser, Times

ROUNDS = 20
PER_SESSION = 12
"""A session may keep so many pages open (`plumbing.live.MOST_STREAMS`)."""


class Streams:
    """Many open lines; notes when each hears a name."""

    def __init__(self, port: int, sessions: list[str]) -> None:
        self.port, self.sessions = port, sessions
        self.heard: list[float] = []
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
                    self.heard.append(time.perf_counter())
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
    streams, times, heard = Streams(port, sessions), [], 0
    await streams.open(count)
    await asyncio.sleep(3 + count / 200)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as telling:
        for _ in range(ROUNDS):
            streams.heard.clear()
            began = time.perf_counter()
            await telling.execute("SELECT pg_notify('live', %s)", [f"{tenant_id}:inbox"])
            await asyncio.sleep(1.5)
            times += [1000 * (moment - began) for moment in streams.heard]
            heard += len(streams.heard)
    await streams.close()
    return times, heard / (ROUNDS * count)


async def refreshing(port: int, sessions: list[str], database: str, tenant_id: int) -> list[float]:
    """Milliseconds from the commit until the list of each of these watchers has been fetched again."""
    browsers = [Browser(port, session, Times()) for session in sessions]

    async def watch(browser: Browser, began: float) -> float:
        await asyncio.to_thread(browser.get, "rows", "/t/gross/inbox/?place=mine", **{"HX-Request": "true"})
        return 1000 * (time.perf_counter() - began)

    taken: list[float] = []
    streams = Streams(port, sessions)
    await streams.open(len(sessions))
    await asyncio.sleep(3)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as telling:
        for _ in range(5):
            began = time.perf_counter()
            await telling.execute("SELECT pg_notify('live', %s)", [f"{tenant_id}:inbox"])
            taken += await asyncio.gather(*(watch(browser, began) for browser in browsers))
    await streams.close()
    return taken
