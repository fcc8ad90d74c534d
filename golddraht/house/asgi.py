"""The application that uvicorn serves: a thin dispatcher in front of synchronous Django."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from golddraht.house.serving.answers import send_answer, send_words
from golddraht.house.serving.bodies import BodyRefused, GoneAway, Receive, Scope, Send, whole_body
from golddraht.house.serving.bridge import Bridge

log = logging.getLogger(__name__)

Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class House:
    """Sends each request where it is answered."""

    def __init__(self) -> None:
        self.bridge = Bridge(get_wsgi_application(), threads=settings.THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._page(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await whole_body(scope, receive)
        except BodyRefused as refused:
            await send_words(send, refused.status, str(refused), close=True)
        except GoneAway:
            return
        else:
            await send_answer(send, await self.bridge.answer(scope, body))

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.bridge.close()
        await send({"type": "lifespan.shutdown.complete"})


application = House()
