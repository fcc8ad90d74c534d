"""How soon open pages hear that something has changed, and have it."""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg

from bench.workspace.browsing import Browser, Times

ROUNDS = 20
BREATH = 1.0
"""Seconds that a list waits between two looks at itself (`behaviours/live.js`)."""
PER_SESSION = 12
"""A session may keep so many pages open (`plumbing.live.MOST_STREAMS`)."""


AS_LIST = {"HX-Request": "true", "HX-Target": "concerns", "Priority": "u=5"}
CONCERNS = re.compile(r'id="concerns" hx-get="([^"]+)" hx-trigger="live:heard" data-hears="([^"]+)"')
IN_LIST = re.compile(r'id="concern-(\d+)"')


class Streams:
    """Many open lines; `heard` is told the line, its session and the name of whatever it hears about lists."""

    def __init__(self, port: int, sessions: list[str], heard: Callable[[int, str, str], None]) -> None:
        self.port, self.sessions, self.heard = port, sessions, heard
        self.tasks: list[asyncio.Task[Any]] = []

    async def open(self, count: int) -> None:
        for number in range(count):
            self.tasks.append(asyncio.create_task(self._listen(number, self.sessions[number % len(self.sessions)])))
            if number % 50 == 49:
                await asyncio.sleep(0.1)

    async def _listen(self, number: int, session: str) -> None:
        reader, writer = await asyncio.open_connection("localhost", self.port)
        cookie = f"golddraht_{self.port}={session}"
        writer.write(f"GET /live/gross/ HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookie}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: inbox"):
                    self.heard(number, session, line.decode().removeprefix("data:").strip())
        finally:
            writer.close()

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def hearing(
    port: int, sessions: list[str], database: str, tenant_id: int, count: int
) -> tuple[list[float], float]:
    """Milliseconds from the commit to each open line, over some rounds, and the share of lines that heard it.

    The first news of a line in a round is ours; what others do meanwhile comes later.
    """
    moments: dict[int, float] = {}
    streams, times = Streams(port, sessions, lambda line, *_: moments.setdefault(line, time.perf_counter())), []
    await streams.open(count)
    await asyncio.sleep(3 + count / 200)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as telling:
        for _ in range(ROUNDS):
            moments.clear()
            began = await _tell(telling, tenant_id)
            await asyncio.sleep(1.5)
            times += [1000 * (moment - began) for moment in moments.values()]
    await streams.close()
    return times, len(times) / (ROUNDS * count)


@dataclass
class Watcher:
    """A colleague who looks at their team's list, as their browser does: it asks again when it hears of what is in it."""

    browser: Browser
    looked_at: float = -BREATH
    is_behind: bool = False
    asks: str = ""
    hears: frozenset[str] = frozenset()

    def look(self, path: str = "/t/gross/inbox/?place=team", name: str = "inbox", **headers: str) -> str:
        """Fetch the list; gives it, or nothing where all in it is as it was."""
        page = self.browser.get(name, path, **headers)
        if found := CONCERNS.search(page):
            self.asks = html.unescape(found[1])
            self.hears = frozenset(re.findall(r"inbox-([\w-]+)", found[2]))
        return page

    def is_meant(self, name: str) -> bool:
        found = re.fullmatch(r"inbox-(\d+)-(\d+)", name)
        return found is None or bool(self.hears & {f"of-{found[1]}", f"in-{found[2]}"})

    def look_again(self) -> str:
        return self.look(self.asks, "list again", **AS_LIST)


async def looking_on(port: int, sessions: list[str], until: float, times: Times) -> None:
    """Every colleague's list stays open beside their work, and is fetched again whenever something in it has changed."""
    watchers = {session: Watcher(Browser(port, session, times)) for session in sessions}
    await asyncio.gather(*(asyncio.to_thread(watcher.look, name="inbox, first") for watcher in watchers.values()))
    busy: dict[str, asyncio.Task[None]] = {}

    async def look(watcher: Watcher) -> None:
        while watcher.is_behind:
            await asyncio.sleep(watcher.looked_at + BREATH - time.monotonic())
            watcher.is_behind, watcher.looked_at = False, time.monotonic()
            await asyncio.to_thread(watcher.look_again)

    def hear(_: int, session: str, name: str) -> None:
        under_way = busy.get(session)
        if not watchers[session].is_meant(name):
            return
        watchers[session].is_behind = True
        if under_way is None or under_way.done():
            busy[session] = asyncio.create_task(look(watchers[session]))

    streams = Streams(port, sessions, hear)
    await streams.open(len(sessions))
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    await asyncio.gather(*busy.values())
    await streams.close()


async def refreshing(
    port: int, sessions: list[str], database: str, tenant_id: int, times: Times
) -> tuple[list[float], float]:
    """Milliseconds from the commit until a changed row stands in the list of everybody who sees it, and what share had it.

    Everybody else of the watchers looks on and asks where their own browser would.
    """
    watchers = {session: Watcher(Browser(port, session, times)) for session in sessions}
    shown = {session: await asyncio.to_thread(watcher.look) for session, watcher in watchers.items()}
    waiting: list[asyncio.Task[tuple[str, float]]] = []

    async def fetch(watcher: Watcher) -> tuple[str, float]:
        page = await asyncio.to_thread(watcher.look_again)
        return page, time.perf_counter()

    def hear(_: int, session: str, name: str) -> None:
        if watchers[session].is_meant(name):
            waiting.append(asyncio.create_task(fetch(watchers[session])))

    streams = Streams(port, sessions, hear)
    await streams.open(len(sessions))
    await asyncio.sleep(3)
    taken: list[float] = []
    wanted = 0
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as telling:
        for number in range(ROUNDS):
            waiting.clear()
            concern = int(Random(number).choice(IN_LIST.findall(shown[Random(number).choice(sessions)])))
            began = await _change(telling, tenant_id, concern, f"Neuigkeit {number}.")
            await asyncio.sleep(2)
            answers = await asyncio.gather(*waiting)
            taken += [1000 * (moment - began) for page, moment in answers if f"Neuigkeit {number}." in page]
            wanted += sum(f'id="concern-{concern}"' in page for page in shown.values())
    await streams.close()
    return taken, len(taken) / wanted


async def _change(telling: psycopg.AsyncConnection[Any], tenant_id: int, number: int, preview: str) -> float:
    """Somebody has written in that concern; gives the moment of the commit."""
    async with telling.transaction():
        await telling.execute("SELECT set_config('golddraht.tenants', %s, true)", [str(tenant_id)])
        await telling.execute("SELECT set_config('golddraht.tenant', %s, true)", [str(tenant_id)])
        changed = await telling.execute(
            "UPDATE conversations_conversation SET preview = %s WHERE tenant_id = %s AND number = %s"
            " RETURNING owner_id, team_id",
            [preview, tenant_id, number],
        )
        row = await changed.fetchone()
        assert row is not None
        await telling.execute("SELECT pg_notify('live', %s)", [f"{tenant_id}:inbox-{row[0]}-{row[1]}"])
        return time.perf_counter()


async def _tell(telling: psycopg.AsyncConnection[Any], tenant_id: int) -> float:
    began = time.perf_counter()
    await telling.execute("SELECT pg_notify('live', %s)", [f"{tenant_id}:inbox"])
    return began
