"""A program that listens on loopback: it can answer well, refuse, fail, hang, drip and send elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What came in, and how the next request is answered: a status, or something that is done with the connection."""

    url: str = ""
    came: list[tuple[dict[str, str], str]] = field(default_factory=list)
    answer: int | Callable[[BaseHTTPRequestHandler], None] = 204
    location: str = ""

    @property
    def bodies(self) -> list[str]:
        return [body for _, body in self.came]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for as long as the block lasts."""
    receiver = Receiver()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            receiver.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            if callable(receiver.answer):
                receiver.answer(self)
                return
            self.send_response(receiver.answer)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook?shop=1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def hangs(door: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def drips(door: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever."""
    try:
        for _ in range(40):
            door.wfile.write(b"H")
            time.sleep(0.1)
    except OSError:
        pass
