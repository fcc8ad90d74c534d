"""The application that uvicorn serves: a thin dispatcher in front of synchronous Django."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from http import HTTPStatus

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http.request import split_domain_port, validate_host
from django.urls import reverse

from golddraht.house.serving import figures, health
from golddraht.house.serving.answers import send_answer, send_words
from golddraht.house.serving.bodies import (
    LARGE_AT_ONCE,
    BodyRefused,
    GoneAway,
    Receive,
    Scope,
    Send,
    header,
    may_be_large,
    whole_body,
)
from golddraht.house.serving.bridge import Answer, Bridge
from golddraht.house.serving.downloads import send_file
from golddraht.house.serving.live import LiveStreams
from golddraht.house.serving.turns import Turns
from golddraht.plumbing.live import Hub

Answering = Callable[[Scope, Receive, Send], Awaitable[None]]


class House:
    """Sends each request where it is answered: health and figures, live streams, and for all else a view."""

    def __init__(self) -> None:
        self.bridge = Bridge(get_wsgi_application(), threads=settings.THREADS)
        self.hub: Hub | None = None
        self.large_bodies = asyncio.Semaphore(LARGE_AT_ONCE)
        self.turns = Turns()
        self.own: dict[str, Answering] = {
            "/healthz": self._alive,
            "/readyz": self._ready,
            "/metrics": self._figures,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answering(scope["path"])(scope, receive, send)

    def warm_up(self) -> None:
        """Answer one page to nobody, so that the first visitor waits for nothing that can be loaded before."""
        host = next((each for each in settings.ALLOWED_HOSTS if "*" not in each and each[:1] != "."), "localhost")
        self.bridge.answer_here(
            {
                "method": "GET",
                "path": reverse("account_login"),
                "query_string": b"",
                "http_version": "1.1",
                "scheme": "https",
                "headers": [(b"host", host.encode())],
            }
        )

    def let_go(self) -> None:
        """End the live streams, so that the process can end; pages come back to whoever serves them next."""
        if self.hub is not None:
            self.hub.close()

    def _answering(self, path: str) -> Answering:
        if path.startswith("/live/"):
            return self._stream
        return self.own.get(path, self._page)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answered(scope, receive)
        except BodyRefused as refused:
            figures.requests.labels(refused.status).inc()
            await send_words(send, refused.status, str(refused), close=True)
        except GoneAway:
            return
        else:
            figures.requests.labels(answer.status).inc()
            if not await send_file(receive, send, answer):
                await send_answer(send, answer)

    async def _answered(self, scope: Scope, receive: Receive) -> Answer:
        """What the view says. Anybody may send a large body; only a few of them are held in memory at once."""
        async with self.large_bodies if may_be_large(scope) else nullcontext():
            body = await whole_body(scope, receive)
            with figures.timed():
                async with self.turns.of(scope):
                    return await self.bridge.answer(scope, body)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.hub is None or not _is_for_us(scope):
            await send_words(send, HTTPStatus.BAD_REQUEST, "This address is not ours.")
        else:
            await LiveStreams(self.hub, self.bridge)(scope, receive, send)

    async def _alive(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send_words(send, HTTPStatus.OK, "alive")

    async def _ready(self, scope: Scope, receive: Receive, send: Send) -> None:
        checks = await self.bridge.call(health.readiness)
        status = HTTPStatus.OK if all(checks.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        await send_words(send, status, json.dumps(checks), kind="application/json")

    async def _figures(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not figures.may_read_figures(scope):
            await send_words(send, HTTPStatus.FORBIDDEN, "Set GOLDDRAHT_METRICS_TOKEN and send it as Bearer token.")
            return
        text = await self.bridge.call(figures.figures)
        await send_words(send, HTTPStatus.OK, text.decode().rstrip(), kind="text/plain; version=0.0.4")

    async def _live(self, receive: Receive, send: Send) -> None:
        """The lifespan protocol: the hub listens from startup to shutdown."""
        await receive()
        self.hub = Hub()
        listening = asyncio.create_task(self.hub.run())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        listening.cancel()
        self.bridge.close()
        await send({"type": "lifespan.shutdown.complete"})


def _is_for_us(scope: Scope) -> bool:
    """What Django's host check asks of every other page."""
    host, _ = split_domain_port((header(scope, b"host") or b"").decode("latin-1"))
    return bool(host) and validate_host(host, settings.ALLOWED_HOSTS)


application = House()
