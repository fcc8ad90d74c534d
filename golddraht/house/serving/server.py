"""uvicorn, told what we want of it."""

from __future__ import annotations

import socket

import uvicorn


def serve(socket_: socket.socket) -> None:
    """Answer requests on the socket until SIGTERM."""
    from golddraht.house.asgi import application

    config = uvicorn.Config(
        application,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[socket_])
