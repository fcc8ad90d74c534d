"""A request's whole body, read before any thread is bothered with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST = 30 * 1024 * 1024
SECONDS = 30.0


LARGE = 1024 * 1024
LARGE_AT_ONCE = 8
"""So many bodies above a megabyte are in memory at a time; further ones wait at the other end of their line."""


class BodyRefused(ValueError):
    """The body did not come as announced, in time or in size; `status` is the HTTP answer (RFC 9110 §15.5)."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class GoneAway(ConnectionError):
    """The client left before its body was complete; nobody waits for an answer."""


async def whole_body(scope: Scope, receive: Receive, *, largest: int = LARGEST, seconds: float = SECONDS) -> bytes:
    """Every byte of the body. Raises BodyRefused when it is too long, too slow or not as long as it says, or GoneAway."""
    announced = _announced_length(scope)
    if announced is not None and announced > largest:
        raise BodyRefused(413, "This is too large.")
    try:
        async with asyncio.timeout(seconds):
            body = await _collected(receive, largest)
    except TimeoutError:
        raise BodyRefused(408, "This took too long to arrive.") from None
    if announced is not None and announced != len(body):
        raise BodyRefused(400, "This did not arrive completely.")
    return body


def may_be_large(scope: Scope) -> bool:
    """Whether the body is announced as large, or its length not at all (RFC 9112 §6.1)."""
    announced = header(scope, b"content-length") or b""
    return header(scope, b"transfer-encoding") is not None or (announced.isdigit() and int(announced) > LARGE)


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first value of a header; `name` in lower case."""
    return next((value for key, value in scope["headers"] if key == name), None)


def _announced_length(scope: Scope) -> int | None:
    value = header(scope, b"content-length")
    if value is None:
        return None
    if not value.isdigit():
        raise BodyRefused(400, "The length is not a number.")
    return int(value)


async def _collected(receive: Receive, largest: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneAway
        body += message.get("body", b"")
        if len(body) > largest:
            raise BodyRefused(413, "This is too large.")
        if not message.get("more_body", False):
            return bytes(body)
