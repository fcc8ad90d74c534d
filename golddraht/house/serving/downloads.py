"""Stored files on their way out: a view has allowed it, the content is read in blocks beside the views' threads."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from django.core.files.storage import default_storage

from golddraht.house.serving.answers import send_words
from golddraht.house.serving.bodies import Receive, Send
from golddraht.house.serving.bridge import Answer
from golddraht.plumbing.files import FILE_HEADER

BLOCK = 256 * 1024
BLOCK_WITHIN = 60.0
_HEADER = FILE_HEADER.lower().encode()
_OURS = (_HEADER, b"content-length")


async def send_file(receive: Receive, send: Send, answer: Answer) -> bool:
    """Send the file that `answer` names, with the answer's own headers. False when it names none."""
    name = answer.header(_HEADER)
    if name is None:
        return False
    try:
        file, size = await asyncio.to_thread(_opened, name.decode())
    except FileNotFoundError:
        await send_words(send, 404, "This file is no longer there.")
        return True
    try:
        await _stream(file, size, receive, send, answer)
    finally:
        await asyncio.to_thread(file.close)
    return True


def _opened(name: str) -> tuple[Any, int]:
    file = default_storage.open(name)
    return file, file.size


async def _stream(file: Any, size: int, receive: Receive, send: Send, answer: Answer) -> None:
    headers = [(key, value) for key, value in answer.headers if key not in _OURS]
    headers.append((b"content-length", str(size).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    gone = asyncio.create_task(_gone(receive))
    try:
        while not gone.done() and (block := await asyncio.to_thread(file.read, BLOCK)):
            async with asyncio.timeout(BLOCK_WITHIN):
                await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
