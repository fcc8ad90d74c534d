"""`/live/<tenant>/`: the names of what changes, as server-sent events (WHATWG HTML §9.2), for whoever is signed in.

`/live/` alone tells of all companies that somebody serves.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, parse_cookie

from golddraht.house.serving.answers import send_words
from golddraht.house.serving.bodies import Receive, Scope, Send, header
from golddraht.house.serving.bridge import Bridge
from golddraht.plumbing.live import RESYNC, Hub, Subscription
from golddraht.team.queries import NotAMember, Viewer, viewer_for, viewers_of

HEARTBEAT = 15.0
CHECK_AGAIN_AFTER = 30.0
LARGEST_CROWD = 5000
SEND_WITHIN = 20.0
COME_BACK_AFTER = 60
"""Seconds after which a page that had to make room for a newer one may come back by itself."""

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # Tells nginx to pass each event on at once.
    (b"x-accel-buffering", b"no"),
]

BEAT = b"event: beat\ndata:\n\n"
"""Said when nothing else is, so that a page notices a line that only looks alive; a comment no script would hear."""
CROWDED_OUT = f"retry: {COME_BACK_AFTER * 1000}\nevent: crowded\ndata:\n\n".encode()
"""The last word to the oldest page of somebody who has opened too many: come back later, or when you are looked at."""


class Watcher(NamedTuple):
    """Who may watch which tenant."""

    tenant_id: int
    membership_id: int


def watchers_of(*, session_key: str, slug: str) -> tuple[Watcher, ...]:
    """As whom this session may watch that tenant now, or without a slug all its tenants; empty for nobody.

    Asked at the beginning and again while the stream lives.
    """
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    viewers = _viewers(user.pk, slug) if user.pk is not None else []
    return tuple(Watcher(viewer.tenant_id, viewer.membership_id) for viewer in viewers)


def _viewers(user_id: int, slug: str) -> list[Viewer]:
    try:
        return [viewer_for(user_id=user_id, tenant_slug=slug)] if slug else viewers_of(user_id=user_id)
    except NotAMember:
        return []


class LiveStreams:
    """Serves the streams of one process from its hub."""

    def __init__(
        self, hub: Hub, bridge: Bridge, *, heartbeat: float = HEARTBEAT, check_again_after: float = CHECK_AGAIN_AFTER
    ) -> None:
        self.hub, self.bridge = hub, bridge
        self.heartbeat, self.check_again_after = heartbeat, check_again_after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        slug = scope["path"].removeprefix("/live/").rstrip("/")
        if scope["method"] != "GET":
            await send_words(send, HTTPStatus.METHOD_NOT_ALLOWED, "Only GET.")
        elif self.hub.count() >= LARGEST_CROWD:
            await send_words(send, HTTPStatus.SERVICE_UNAVAILABLE, "Too many pages are open.")
        elif not (watchers := await self._watchers(scope, slug)):
            await send_words(send, HTTPStatus.NOT_FOUND, "There is nothing to see here.")
        else:
            await self._stream(scope, receive, send, slug, watchers)

    async def _watchers(self, scope: Scope, slug: str) -> tuple[Watcher, ...]:
        key = session_key_of(scope)
        if not key:
            return ()
        return await self.bridge.call(lambda: watchers_of(session_key=key, slug=slug))

    async def _stream(
        self, scope: Scope, receive: Receive, send: Send, slug: str, watchers: tuple[Watcher, ...]
    ) -> None:
        holders = (f"session {session_key_of(scope)}", *(f"member {one.membership_id}" for one in watchers))
        tenant_ids = [one.tenant_id for one in watchers]
        subscription = self.hub.subscribe(*tenant_ids, holders=holders, since=written_at(scope))
        leaving = asyncio.create_task(_end_when_gone(receive, subscription))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await _say(send, b"id: 1\n: hello\n\n")
            if header(scope, b"last-event-id"):
                await _say(send, _event(RESYNC))
            await self._pass_on(scope, send, slug, subscription)
            if subscription.was_crowded_out:
                await _say(send, CROWDED_OUT)
            await send({"type": "http.response.body", "body": b""})
        except (TimeoutError, OSError):
            # The reader hangs or is gone; it comes back by itself.
            return
        finally:
            self.hub.leave(subscription)
            leaving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await leaving

    async def _pass_on(self, scope: Scope, send: Send, slug: str, subscription: Subscription) -> None:
        check_at = time.monotonic() + self.check_again_after
        while True:
            try:
                topic = await asyncio.wait_for(subscription.next_topic(), self.heartbeat)
            except TimeoutError:
                event = BEAT
            else:
                if topic is None:
                    return
                event = _event(topic)
            if time.monotonic() >= check_at:
                watchers = await self._watchers(scope, slug)
                if tuple(one.tenant_id for one in watchers) != subscription.tenant_ids:
                    return
                check_at = time.monotonic() + self.check_again_after
            await _say(send, event)


def written_at(scope: Scope) -> float | None:
    """The moment that the page says it was written at, in seconds since 1970."""
    said = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("since", [""])[0]
    return float(said) if said.isdecimal() and len(said) < 12 else None


def session_key_of(scope: Scope) -> str:
    """The session the browser names in its cookie; empty without one."""
    cookies = parse_cookie((header(scope, b"cookie") or b"").decode("latin-1"))
    return str(cookies.get(settings.SESSION_COOKIE_NAME, ""))


def _event(topic: str) -> bytes:
    return b"event: resync\ndata:\n\n" if topic == RESYNC else f"data: {topic}\n\n".encode()


async def _say(send: Send, words: bytes) -> None:
    async with asyncio.timeout(SEND_WITHIN):
        await send({"type": "http.response.body", "body": words, "more_body": True})


async def _end_when_gone(receive: Receive, subscription: Subscription) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscription.end()
