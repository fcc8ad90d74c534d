"""Pages hear at once what changed in their own tenant, and never a name from another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from golddraht.house.serving.bridge import Bridge
from golddraht.house.serving.live import LiveStreams
from golddraht.plumbing.live import (
    MOST_STREAMS,
    RESYNC,
    WAITING_NAMES,
    Hub,
    Subscription,
    announce,
    direct_connection,
)
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Membership
from tests.cast import Company, a_company, also_serves

SOON = 5.0


def told(tenant_id: int, *topics: str) -> None:
    with seeing(tenant_id):
        for topic in topics:
            announce(topic)


def cookie_of(member: Any) -> bytes:
    """A browser in which that member is signed in."""
    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}".encode()


class Page:
    """A browser that holds a stream open."""

    def __init__(self, streams: LiveStreams, path: str, cookie: bytes, *headers: tuple[bytes, bytes]) -> None:
        self.said: asyncio.Queue[str] = asyncio.Queue()
        self.status = 0
        self.leaves = asyncio.Event()
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"cookie", cookie), *headers],
        }
        self.stream = asyncio.create_task(streams(scope, self._receive, self._send))

    async def heard(self) -> str:
        """The next event; hellos and heartbeats are left out."""
        while True:
            event = await asyncio.wait_for(self.said.get(), SOON)
            if not event.startswith(("event: beat", "id:")):
                return event

    async def ended(self) -> None:
        await asyncio.wait_for(self.stream, SOON)

    async def _receive(self) -> dict[str, Any]:
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        if message.get("body"):
            await self.said.put(message["body"].decode())


@asynccontextmanager
async def listening(**streams: Any) -> AsyncIterator[tuple[Hub, LiveStreams]]:
    hub, bridge = Hub(pause=0.05), Bridge(lambda environ, start: [], threads=2)
    running = asyncio.create_task(hub.run())
    await asyncio.wait_for(hub.is_listening.wait(), SOON)
    try:
        yield hub, LiveStreams(hub, bridge, **streams)
    finally:
        running.cancel()
        bridge.close()


async def beside(act: Callable[[], object]) -> None:
    """Do something with the database in a thread of its own, as another process would."""

    def done() -> None:
        try:
            act()
        finally:
            connection.close()

    await asyncio.to_thread(done)


async def said_by(company: Company, *topics: str) -> None:
    await beside(lambda: told(company.tenant.pk, *topics))


async def subscribed(hub: Hub, count: int) -> None:
    async with asyncio.timeout(SOON):
        while hub.count() < count:
            await asyncio.sleep(0.01)


@pytest.fixture
def two_companies(committed: None) -> tuple[Company, Company]:
    return a_company(), a_company("moebelhaus", "Möbelhaus")


def play(story: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(story(), 30))  # type: ignore[arg-type]  # A coroutine is awaitable.


def test_a_page_hears_its_own_tenant_and_nothing_else(two_companies: tuple[Company, Company]) -> None:
    ours, theirs = two_companies
    our_cookie, their_cookie = cookie_of(ours.nina), cookie_of(theirs.nina)

    async def story() -> None:
        async with listening() as (hub, streams):
            our_page = Page(streams, "/live/heizwerk/", our_cookie)
            their_page = Page(streams, "/live/moebelhaus/", their_cookie)
            await subscribed(hub, 2)
            await said_by(theirs, "conversation-7")
            await said_by(ours, "conversation-42", "inbox", "inbox")
            assert await our_page.heard() == "data: conversation-42\n\n"
            assert await our_page.heard() == "data: inbox\n\n"
            assert await their_page.heard() == "data: conversation-7\n\n"
            assert our_page.said.empty() and their_page.said.empty()
            for page in (our_page, their_page):
                page.leaves.set()
                await page.ended()
            assert hub.count() == 0

    play(story)


def test_nobody_gets_the_stream_of_a_tenant_they_do_not_work_for(two_companies: tuple[Company, Company]) -> None:
    cookie = cookie_of(two_companies[0].nina)

    async def story() -> None:
        async with listening() as (hub, streams):
            for path, who in [("/live/moebelhaus/", cookie), ("/live/heizwerk/", b""), ("/live/nowhere/", cookie)]:
                page = Page(streams, path, who)
                await page.ended()
                assert page.status == 404
            assert hub.count() == 0

    play(story)


def test_one_line_tells_of_all_companies_that_somebody_serves(two_companies: tuple[Company, Company]) -> None:
    ours, theirs = two_companies
    both = also_serves(ours.nina, theirs)

    async def story() -> None:
        async with listening() as (hub, streams):
            page, alone = Page(streams, "/live/", cookie_of_both), Page(streams, "/live/", cookie_of_tom)
            await subscribed(hub, 3)
            await said_by(theirs, "inbox")
            assert await page.heard() == "data: inbox\n\n"
            await said_by(ours, "conversation-42")
            assert await page.heard() == "data: conversation-42\n\n"
            assert await alone.heard() == "data: conversation-42\n\n"
            assert page.said.empty() and alone.said.empty()
            for one in (page, alone):
                one.leaves.set()
                await one.ended()
            assert hub.count() == 0

    cookie_of_both, cookie_of_tom = cookie_of(both), cookie_of(ours.tom)
    play(story)


def test_the_line_of_all_companies_ends_when_somebody_leaves_one_of_them(
    two_companies: tuple[Company, Company],
) -> None:
    ours, theirs = two_companies
    both = also_serves(ours.nina, theirs)
    cookie = cookie_of(both)

    async def story() -> None:
        async with listening(heartbeat=0.05, check_again_after=0.2) as (hub, streams):
            page = Page(streams, "/live/", cookie)
            await subscribed(hub, 2)
            await beside(lambda: Membership.objects.filter(pk=both.pk).update(active=False))
            await page.ended()
            again = Page(streams, "/live/", cookie)
            await subscribed(hub, 1)
            await said_by(theirs, "inbox")
            await said_by(ours, "promises")
            assert await again.heard() == "data: promises\n\n"
            again.leaves.set()
            await again.ended()

    play(story)


def test_a_stream_ends_when_the_session_has_ended(two_companies: tuple[Company, Company]) -> None:
    ours, _ = two_companies
    cookie = cookie_of(ours.nina)

    async def story() -> None:
        async with listening(heartbeat=0.05, check_again_after=0.2) as (hub, streams):
            page = Page(streams, "/live/heizwerk/", cookie)
            await subscribed(hub, 1)
            await beside(lambda: Session.objects.all().delete())
            await page.ended()
            assert page.status == 200

    play(story)


def test_a_page_that_was_away_is_told_to_ask_for_everything(two_companies: tuple[Company, Company]) -> None:
    cookie = cookie_of(two_companies[0].nina)

    async def story() -> None:
        async with listening() as (_, streams):
            page = Page(streams, "/live/heizwerk/", cookie, (b"last-event-id", b"1"))
            assert await page.heard() == "event: resync\ndata:\n\n"
            page.leaves.set()
            await page.ended()

    play(story)


def test_what_happens_while_a_page_travels_is_told_when_it_listens(two_companies: tuple[Company, Company]) -> None:
    ours, theirs = two_companies
    cookie, now = cookie_of(ours.nina), int(time.time())

    async def story() -> None:
        async with listening() as (hub, streams):
            hub.hears_since = now - 10.0
            witness = Page(streams, "/live/heizwerk/", cookie)
            await subscribed(hub, 1)
            await said_by(theirs, "conversation-8")
            await said_by(ours, "inbox", "conversation-7")
            assert {await witness.heard(), await witness.heard()} == {"data: inbox\n\n", "data: conversation-7\n\n"}
            on_the_way = Page(streams, f"/live/heizwerk/?since={now}", cookie)
            assert {await on_the_way.heard(), await on_the_way.heard()} == {
                "data: inbox\n\n",
                "data: conversation-7\n\n",
            }
            from_before = Page(streams, f"/live/heizwerk/?since={now - 20}", cookie)
            assert await from_before.heard() == "event: resync\ndata:\n\n"
            assert witness.said.empty() and on_the_way.said.empty()
            for page in (witness, on_the_way, from_before):
                page.leaves.set()
                await page.ended()

    play(story)


def test_the_oldest_of_too_many_pages_makes_room_and_is_told_when_to_come_back(
    two_companies: tuple[Company, Company],
) -> None:
    ours, theirs = two_companies
    nina, tom, elsewhere = cookie_of(ours.nina), cookie_of(ours.tom), cookie_of(theirs.nina)

    async def story() -> None:
        async with listening() as (hub, streams):
            others = [Page(streams, "/live/heizwerk/", tom), Page(streams, "/live/moebelhaus/", elsewhere)]
            pages: list[Page] = []
            for count in range(MOST_STREAMS):
                pages.append(Page(streams, "/live/heizwerk/", nina))
                await subscribed(hub, count + 3)
            newest = Page(streams, "/live/heizwerk/", nina)
            assert await pages[0].heard() == "retry: 60000\nevent: crowded\ndata:\n\n"
            await pages[0].ended()
            assert hub.count() == MOST_STREAMS + 2
            await said_by(ours, "inbox")
            for page in [*pages[1:], newest, others[0]]:
                assert await page.heard() == "data: inbox\n\n"
            for page in [*pages[1:], newest, *others]:
                page.leaves.set()
                await page.ended()
            assert hub.count() == 0

    play(story)


def test_a_member_with_many_devices_is_one_member(two_companies: tuple[Company, Company]) -> None:
    cookies = [cookie_of(two_companies[0].nina) for _ in range(MOST_STREAMS + 1)]

    async def story() -> None:
        async with listening() as (hub, streams):
            pages: list[Page] = []
            for count, cookie in enumerate(cookies[:-1], start=1):
                pages.append(Page(streams, "/live/heizwerk/", cookie))
                await subscribed(hub, count)
            pages.append(Page(streams, "/live/heizwerk/", cookies[-1]))
            await pages[0].ended()
            assert hub.count() == MOST_STREAMS
            for page in pages[1:]:
                page.leaves.set()
                await page.ended()

    play(story)


def test_a_lost_database_makes_every_page_ask_for_everything(two_companies: tuple[Company, Company]) -> None:
    made: list[Any] = []

    async def connect() -> Any:
        made.append(await direct_connection())
        return made[-1]

    async def story() -> None:
        hub = Hub(connect, pause=0.05)
        running = asyncio.create_task(hub.run())
        await asyncio.wait_for(hub.is_listening.wait(), SOON)
        page = hub.subscribe(two_companies[0].tenant.pk)
        async with await direct_connection() as other:
            await other.execute("SELECT pg_terminate_backend(%s)", [made[0].info.backend_pid])
        assert await asyncio.wait_for(page.next_topic(), SOON) == RESYNC
        running.cancel()

    play(story)


def test_a_page_that_takes_nothing_is_let_go_and_the_others_go_on() -> None:
    async def story() -> None:
        slow = Subscription(1)
        for number in range(WAITING_NAMES + 1):
            slow.tell(f"conversation-{number}")
        assert slow.has_ended
        assert await slow.next_topic() is None

    play(story)


def test_what_is_rolled_back_is_told_to_nobody(two_companies: tuple[Company, Company]) -> None:
    ours, _ = two_companies

    def announced_and_failed() -> None:
        with seeing(ours.tenant.pk):
            announce("inbox")
            raise ZeroDivisionError

    def fails() -> None:
        with pytest.raises(ZeroDivisionError):
            announced_and_failed()

    async def story() -> None:
        async with listening() as (hub, _):
            page = hub.subscribe(ours.tenant.pk)
            await beside(fails)
            await said_by(ours, "promises")
            assert await asyncio.wait_for(page.next_topic(), SOON) == "promises"

    play(story)
