"""uvicorn, told what we want of it."""

from __future__ import annotations

import asyncio
import socket
from types import FrameType

import uvicorn
from django.conf import settings


class Server(uvicorn.Server):
    """Lets the live streams go when asked to end; uvicorn would wait for them."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        from golddraht.house.asgi import application

        super().handle_exit(sig, frame)
        self.loop.call_soon_threadsafe(application.let_go)


def serve(socket_: socket.socket) -> None:
    """Answer requests on the socket until SIGTERM."""
    from golddraht.house.asgi import application

    config = uvicorn.Config(
        application,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.PROXIES,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
    )
    Server(config).run(sockets=[socket_])
