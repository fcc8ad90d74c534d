"""Answers on their way to the client."""

from __future__ import annotations

from golddraht.house.serving.bodies import Send
from golddraht.house.serving.bridge import Answer

BLOCK = 64 * 1024


async def send_words(send: Send, status: int, words: str, *, close: bool = False, kind: str = "text/plain") -> None:
    """A short answer of our own."""
    headers = [(b"content-type", f"{kind}; charset=utf-8".encode()), (b"cache-control", b"no-store")]
    headers += [(b"connection", b"close")] if close else []
    await send_answer(send, Answer(status, headers, words.encode() + b"\n"))


async def send_answer(send: Send, answer: Answer) -> None:
    """The whole answer, in blocks, so that a slow reader holds back the sending and nothing else."""
    headers = answer.headers
    if answer.header(b"content-length") is None and answer.status not in (204, 304):
        headers = [*headers, (b"content-length", str(len(answer.body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    for begin in range(0, len(answer.body), BLOCK):
        await send({"type": "http.response.body", "body": answer.body[begin : begin + BLOCK], "more_body": True})
    await send({"type": "http.response.body", "body": b""})
