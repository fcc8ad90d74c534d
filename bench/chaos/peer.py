"""A mail server at the other end that writes down each step of each mail, before the client can know of it."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from random import Random

SLOWEST = 0.4
"""Seconds a server may take to look at a mail before it answers: the moment in which a kill leaves doubt."""

PATH = re.compile(rb"<([^>]*)>")


@dataclass
class HandOver:
    """One mail at the other end: when DATA began, whether it was taken, and when that was settled."""

    recipient: str
    begun_at: float
    head: Message = field(default_factory=Message)
    is_taken: bool = False
    settled_at: float = 0.0

    @property
    def mail_id(self) -> str:
        return str(self.head.get("Message-ID", "")).strip().strip("<>")


@dataclass
class Peer:
    """Where it listens, and everything that was begun there."""

    port: int = 0
    begun: list[HandOver] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(4711))

    def of(self, mail_id: str, recipient: str) -> list[HandOver]:
        """Every time that this mail was begun for this recipient."""
        return [one for one in list(self.begun) if (one.mail_id, one.recipient) == (mail_id, recipient)]

    def taken(self) -> list[HandOver]:
        return [one for one in list(self.begun) if one.is_taken]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        writer.write(b"220 peer\r\n")
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                verb = line[:4].upper().strip()
                if verb == b"RCPT" and (found := PATH.search(line)):
                    recipient = found[1].decode()
                if verb == b"DATA":
                    await self._take(recipient, reader, writer)
                elif verb == b"QUIT":
                    break
                else:
                    writer.write(b"250-peer\r\n250 SIZE 90000000\r\n" if verb == b"EHLO" else b"250 yes\r\n")
                await writer.drain()
        writer.close()

    async def _take(self, recipient: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        one = HandOver(recipient, time.monotonic())
        self.begun.append(one)
        writer.write(b"354 go on\r\n")
        try:
            content = await reader.readuntil(b"\r\n.\r\n")
        except asyncio.IncompleteReadError as cut:
            one.head = BytesHeaderParser().parsebytes(cut.partial)
            one.settled_at = time.monotonic()
            raise
        one.head = BytesHeaderParser().parsebytes(content)
        await asyncio.sleep(self.chance.uniform(0, SLOWEST))
        # It is ours from here on, whether or not somebody is left to hear it.
        one.is_taken, one.settled_at = True, time.monotonic()
        writer.write(b"250 2.0.0 taken\r\n")


@contextmanager
def listening() -> Iterator[Peer]:
    """The server on a free port of this machine, in a thread of its own, until the end of the block."""
    peer, loop, ready = Peer(), asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(peer.talk, "127.0.0.1", 0, limit=2**22)
        peer.port = server.sockets[0].getsockname()[1]
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        serving = loop.create_task(serve())
        loop.run_forever()
        serving.cancel()

    thread = threading.Thread(target=run, daemon=True, name="peer")
    thread.start()
    ready.wait(10)
    try:
        yield peer
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
