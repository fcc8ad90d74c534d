"""A real SMTP server whose moods the tests choose: it accepts, greylists, rejects, hangs, and drops the line."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Peer:
    """What the server does with the next mail, and what it has taken so far.

    `mood` is one of accept, greylist, reject, refuse-mail, later-mail, hang, drop-before-dot, drop-after-dot.
    `on_mail` is called before the answer to the final dot.
    """

    mood: str = "accept"
    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    seen: int = 0
    on_mail: Callable[[], None] | None = None

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:  # noqa: N802  # Named by aiosmtpd.
        answers = {"greylist": "451 4.7.1 Greylisted, come back later", "reject": "550 5.1.1 No such user here"}
        if self.mood in answers:
            return answers[self.mood]
        if self.mood == "hang":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # Named by aiosmtpd.
        self.seen += 1
        if self.on_mail is not None:
            await asyncio.to_thread(self.on_mail)
        if self.mood == "drop-after-dot":
            drop(server)
            return "250 never heard"
        if self.mood == "hang-after-dot":
            await asyncio.sleep(3600)
        answers = {"refuse-mail": "554 5.6.0 Not this content", "later-mail": "452 4.3.1 Disk full"}
        if self.mood in answers:
            return answers[self.mood]
        self.taken.append(bytes(envelope.original_content or b""))
        return "250 2.0.0 Taken as 4711"


def drop(server: SMTP) -> None:
    """Cut the line at once, so that the client sees a reset and no good-bye."""
    transport = server.transport
    raw = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Moody(SMTP):
    """Drops the line in the middle of a mail when its peer is in the mood for it."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # Named by aiosmtpd.
        if self.event_handler.mood == "drop-before-dot":
            # In one go: whoever looks at the line before its dot must see the end of it.
            self.transport.write(b"354 Go ahead\r\n")
            drop(self)
            return
        await super().smtp_DATA(arg)


class MoodyController(Controller):
    def factory(self) -> SMTP:
        return Moody(self.handler, **self.SMTP_kwargs)


@contextmanager
def smtp_peer(mood: str = "accept") -> Iterator[Peer]:
    """A running server on a free port of the loopback; stopped at the end."""
    peer = Peer(mood, port=free_port())
    controller: Any = MoodyController(peer, hostname="127.0.0.1", port=peer.port, ready_timeout=20)
    controller.start()
    try:
        yield peer
    finally:
        for task in asyncio.all_tasks(controller.loop):
            controller.loop.call_soon_threadsafe(task.cancel)
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
