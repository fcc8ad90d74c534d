"""What each process of the house does with its life."""

from __future__ import annotations

import signal
import socket

from django.db import connection

from golddraht.house.postgres import check_app_role


def live(role: str, *, socket_: socket.socket | None = None) -> int:
    """Be this role until SIGTERM or Ctrl-C; gives the exit code. Raises UnsafeRole before doing anything."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # uvicorn passes the signal on after it has ended in order; by then nothing is left to do.
        signal.signal(number, lambda *_: None)
    check_app_role(connection)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it.
    lives = {"web": lambda: _web(socket_), "worker": _worker, "deliverer": _deliverer, "listener": _listener}
    lives[role]()
    return 0


def _web(socket_: socket.socket | None) -> None:
    from golddraht.house.running.ports import web_socket
    from golddraht.house.serving.server import serve

    serve(socket_ or web_socket())


def _worker() -> None:
    signal.pause()


def _deliverer() -> None:
    signal.pause()


def _listener() -> None:
    signal.pause()
