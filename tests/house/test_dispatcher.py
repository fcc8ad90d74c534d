"""What stands in front of Django: whole requests, answers that free the thread, files, health and figures."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse

from golddraht.house.asgi import House
from golddraht.house.serving import figures
from golddraht.house.serving.bodies import LARGE_AT_ONCE, BodyRefused, GoneAway, whole_body
from golddraht.house.serving.bridge import Bridge, environ_of
from golddraht.house.serving.downloads import send_file
from golddraht.house.serving.turns import RENEWALS_AT_ONCE, Turns, urgency
from golddraht.plumbing.files import FILE_HEADER, file_answer


def a_request(*headers: tuple[bytes, bytes], method: str = "POST", path: str = "/", **more: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("127.0.0.1", 1234),
        **more,
    }


def receiving(*pieces: bytes | None, then: str = "done") -> Callable[[], Any]:
    """A client that sends these pieces; None leaves before the end, and `then="silence"` sends no more."""
    waiting = list(pieces)

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(60)
        piece = waiting.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(waiting) or then == "silence"}

    return receive


def body_of(scope: dict[str, Any], receive: Callable[[], Any], **limits: Any) -> bytes:
    return asyncio.run(whole_body(scope, receive, **limits))


def test_a_body_in_pieces_arrives_whole() -> None:
    assert body_of(a_request((b"content-length", b"6")), receiving(b"abc", b"", b"def")) == b"abcdef"


def test_a_body_shorter_than_announced_reaches_no_view() -> None:
    with pytest.raises(BodyRefused) as refused:
        body_of(a_request((b"content-length", b"100")), receiving(b"5 percent of it"))
    assert refused.value.status == 400


@pytest.mark.parametrize("headers", [[(b"content-length", b"11")], []])
def test_a_body_that_is_too_long_is_refused_with_413(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(BodyRefused) as refused:
        body_of(a_request(*headers), receiving(b"12345", b"678901"), largest=10)
    assert refused.value.status == 413


def test_a_body_that_does_not_come_is_given_up_with_408() -> None:
    with pytest.raises(BodyRefused) as refused:
        body_of(a_request((b"content-length", b"9")), receiving(b"abc", then="silence"), seconds=0.05)
    assert refused.value.status == 408


def test_only_a_few_large_bodies_are_held_at_once_and_small_ones_pass_by() -> None:
    """Whoever has not signed in may send one, too; memory must not be theirs to fill."""

    async def lines() -> tuple[int, int]:
        house, asked = House(), 0

        async def silent() -> dict[str, Any]:
            nonlocal asked
            asked += 1
            await asyncio.sleep(60)
            raise AssertionError

        async def send(message: Any) -> None:
            raise AssertionError(message)

        def waiting(header: tuple[bytes, bytes], count: int) -> list[asyncio.Task[None]]:
            return [asyncio.create_task(house(a_request(header), silent, send)) for _ in range(count)]

        tasks = waiting((b"content-length", b"20000000"), LARGE_AT_ONCE) + waiting(
            (b"transfer-encoding", b"chunked"), 3
        )
        await asyncio.sleep(0.05)
        large = asked
        tasks += waiting((b"content-length", b"9"), 3)
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        house.bridge.close()
        return large, asked - large

    assert asyncio.run(lines()) == (LARGE_AT_ONCE, 3)


@pytest.mark.parametrize(
    ("said", "urgent"),
    [(b"u=5", 5), (b"i, u=1", 1), (b"u=7;x, i", 7), (b"", 3), (b"u=9", 3), (b"u=55", 3), (b"mu=5", 3)],
)
def test_a_request_says_how_urgent_it_is(said: bytes, urgent: int) -> None:
    assert urgency(a_request((b"priority", said))) == urgent


def test_a_page_that_renews_itself_waits_its_turn_and_nobody_else_waits_for_it() -> None:
    async def under_way() -> tuple[int, int]:
        turns, let_in, over = Turns(), Counter[str](), asyncio.Event()

        async def ask(said: bytes) -> None:
            async with turns.of(a_request((b"priority", said))):
                let_in[said.decode()] += 1
                await over.wait()

        tasks = [asyncio.create_task(ask(said)) for said in [b"u=5"] * 9 + [b"u=1"] * 4]
        await asyncio.sleep(0.01)
        first = let_in["u=5"], let_in["u=1"]
        over.set()
        await asyncio.gather(*tasks)
        assert let_in == {"u=5": 9, "u=1": 4}
        return first

    assert asyncio.run(under_way()) == (RENEWALS_AT_ONCE, 4)


def test_nobody_answers_a_client_that_has_left() -> None:
    with pytest.raises(GoneAway):
        body_of(a_request((b"content-length", b"9")), receiving(b"abc", None))


def test_a_length_that_is_no_number_is_refused() -> None:
    with pytest.raises(BodyRefused):
        body_of(a_request((b"content-length", b"-5")), receiving(b""))


def test_a_header_with_an_underscore_cannot_pose_as_another() -> None:
    scope = a_request((b"x-forwarded-proto", b"http"), (b"x_forwarded_proto", b"https"), path="/straße")
    environ = environ_of(scope, b"")
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/straße"


def test_the_view_gets_the_whole_body_and_its_answer_is_whole() -> None:
    closed = []

    class Parts(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def view(environ: dict[str, Any], start_response: Callable[..., Any]) -> Parts:
        start_response("201 Created", [("X-Length", environ["CONTENT_LENGTH"]), ("Set-Cookie", " a=b")])
        return Parts([environ["wsgi.input"].read(), b"!"])

    bridge = Bridge(view, threads=1)
    answer = asyncio.run(bridge.answer(a_request(), b"body"))
    bridge.close()
    assert (answer.status, answer.body) == (201, b"body!")
    assert answer.headers == [(b"x-length", b"4"), (b"set-cookie", b"a=b")]
    assert closed == [True]


@pytest.fixture
def kept_file() -> Iterator[str]:
    name = default_storage.save("7/ab/cdef", ContentFile(b"x" * 300_000))
    yield name
    default_storage.delete(name)


def sent(answer: HttpResponse) -> list[dict[str, Any]]:
    """Everything that leaves for the client when a view answers with `answer`."""
    messages: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        messages.append(message)

    async def story() -> None:
        bridge = Bridge(lambda environ, start: start("200 OK", list(answer.items())) or [b""], threads=1)
        given = await bridge.answer(a_request(method="GET"), b"")
        assert await send_file(receiving(b""), send, given)
        bridge.close()

    asyncio.run(story())
    return messages


def test_a_file_that_a_view_allowed_is_streamed_and_its_place_stays_in_the_house(kept_file: str) -> None:
    answer = file_answer(kept_file, filename="Rechnung „März“.pdf", content_type="application/pdf")
    start, *blocks = sent(answer)
    headers = dict(start["headers"])
    assert b"".join(block["body"] for block in blocks) == b"x" * 300_000
    assert headers[b"content-length"] == b"300000"
    assert headers[b"content-disposition"].startswith(b"attachment; filename*=utf-8''Rechnung")
    assert headers[b"content-security-policy"].startswith(b"sandbox")
    assert FILE_HEADER.lower().encode() not in headers


def test_a_file_that_is_gone_is_a_404() -> None:
    start, *_ = sent(file_answer("7/no/where", filename="x", content_type=""))
    assert start["status"] == 404


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (a_request(), True),
        (a_request(client=("::1", 1)), True),
        (a_request(client=("192.0.2.7", 1)), False),
        (a_request((b"x-forwarded-for", b"127.0.0.1")), False),
        (a_request((b"x-forwarded-proto", b"https")), False),
        (a_request(client=None), False),
    ],
)
def test_figures_are_for_this_machine_alone_and_not_for_who_comes_through_a_proxy(
    scope: dict[str, Any], may: bool
) -> None:
    assert figures.may_read_figures(scope) is may


def test_with_a_token_figures_are_for_whoever_sends_it(settings: Any) -> None:
    settings.METRICS_TOKEN = "geheim"
    assert figures.may_read_figures(a_request((b"authorization", b"Bearer geheim"), client=("192.0.2.7", 1)))
    assert not figures.may_read_figures(a_request())


def test_the_figures_say_what_must_not_be(company: Any) -> None:
    text = figures.figures().decode()
    assert "golddraht_overdue_without_escalation 0.0" in text
    assert "golddraht_unread_mails 0.0" in text
