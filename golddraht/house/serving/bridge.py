"""Django, which is synchronous, behind an asynchronous server: a request in whole, an answer in whole.

The thread is free again as soon as the view has answered, however slowly the client reads.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection

from golddraht.house.serving.bodies import Scope

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
T = TypeVar("T")
Headers = list[tuple[bytes, bytes]]


@dataclass
class Answer:
    """What a view said."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def header(self, name: bytes) -> bytes | None:
        """The first value of a header; `name` in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Bridge:
    """`await bridge.answer(scope, body)` runs the view in one of a few threads."""

    def __init__(self, application: WsgiApplication, *, threads: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="view")

    async def answer(self, scope: Scope, body: bytes) -> Answer:
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, context.run, self._call, environ_of(scope, body))

    def answer_here(self, scope: Scope) -> Answer:
        """The same for a request without a body, in the calling thread."""
        return self._call(environ_of(scope, b""))

    async def call(self, ask: Callable[[], T]) -> T:
        """Ask the database something outside of a view; the connection goes back to the pool afterwards."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, _asked, ask)

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _call(self, environ: dict[str, Any]) -> Answer:
        answer = Answer()

        def start_response(status: str, headers: list[tuple[str, str]], error: object = None) -> None:
            answer.status = int(status[:3])
            answer.headers = [
                (name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers
            ]

        parts = self.application(environ, start_response)
        try:
            answer.body = b"".join(parts)
        finally:
            # Closing tells Django that the request has ended, which gives the connection back to the pool.
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        return answer


def _asked(ask: Callable[[], T]) -> T:
    try:
        return ask()
    finally:
        connection.close()


def environ_of(scope: Scope, body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 wants it. Headers with an underscore are left out: they could pose as others."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name or raw_name == b"content-length":
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ
