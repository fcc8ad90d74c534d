"""Asking a web server: only where connections may go, within bounds of time and size, and never further than the answer."""

from __future__ import annotations

import contextlib
import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from urllib.parse import urlsplit

from golddraht.plumbing import outgoing

STEP, WHOLE = 5.0, 10.0
"""Seconds that one step, and all of them, may take."""
LARGEST_ANSWER = 4 * 1024


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Status and the first bytes of the answer. Raises OSError (ForbiddenHost is one), HTTPException or ValueError."""
    target = urlsplit(url)
    is_tls = target.scheme == "https"
    host, port = target.hostname or "", target.port or (443 if is_tls else 80)
    connection = http.client.HTTPConnection(host, port, timeout=STEP)
    # Connected here and not by http.client, so that the address that was checked is the one that is reached.
    connection.sock = _connected(host, port, is_tls)
    try:
        with _ended_after(connection.sock, WHOLE):
            path = (target.path or "/") + (f"?{target.query}" if target.query else "")
            connection.request(
                "POST", path, body=body, headers=headers | {"Host": target.netloc, "Connection": "close"}
            )
            response = connection.getresponse()
            return response.status, response.read(LARGEST_ANSWER)
    finally:
        connection.close()


def _connected(host: str, port: int, is_tls: bool) -> socket.socket:
    if is_tls:
        return outgoing.connect_tls(host, port, outgoing.trusted(), timeout=STEP)
    return outgoing.connect(host, port, timeout=STEP)


@contextmanager
def _ended_after(connection: socket.socket, seconds: float) -> Iterator[None]:
    """A server that keeps dripping bytes is hung up on."""

    def hang_up() -> None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
