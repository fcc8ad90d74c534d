"""What arrives is read at once by whoever is called, in any number of processes, and one bad mail holds up no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from golddraht.channels.jobs import read_some
from golddraht.channels.models import RawMail
from golddraht.channels.operations import keep_raw
from golddraht.channels.operations import reading as reading_mail
from golddraht.channels.rules import Source
from golddraht.conversations.models import Conversation
from golddraht.house.running.reader import Reader
from golddraht.plumbing import live
from golddraht.plumbing.clock import now
from golddraht.plumbing.tenancy import seeing
from golddraht.promises.models import Promise
from tests.cast import Company, a_company
from tests.mails import a_mail, a_mailbox

SOON = 20.0


@pytest.fixture
def heizwerk(committed: None) -> Company:
    company = a_company()
    with seeing(company.tenant.pk):
        a_mailbox()
    return company


@contextmanager
def readers(count: int = 1) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=Reader().run, args=[stop]) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(SOON)
        assert not any(thread.is_alive() for thread in threads)


def kept(company: Company, number: int) -> int:
    content = a_mail(id_=f"{number}@kundin.example", from_=f"kundin{number}@post.example", subject=f"Ofen {number}")
    with seeing(company.tenant.pk):
        return keep_raw(mailbox_id=None, source=Source.SMTP, content=content, at=now()).pk


def unread(company: Company) -> int:
    with seeing(company.tenant.pk):
        return RawMail.objects.filter(read_at=None).count()


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_mail_is_read_as_soon_as_it_is_stored(heizwerk: Company) -> None:
    with readers():
        time.sleep(1.0)  # Its first look is over; from here on only the call wakes it.
        kept(heizwerk, 1)
        assert within(SOON, lambda: unread(heizwerk) == 0)

    with seeing(heizwerk.tenant.pk):
        assert Promise.objects.filter(kind="FIRST_ANSWER").count() == Conversation.objects.count() == 1


def test_what_came_while_nobody_listened_is_found(heizwerk: Company) -> None:
    kept(heizwerk, 1)

    with readers():
        assert within(SOON, lambda: unread(heizwerk) == 0)


def test_two_readers_read_every_mail_once(heizwerk: Company) -> None:
    other = a_company(slug="moebelhaus")
    with readers(2):
        for number in range(12):
            kept(heizwerk, number)
            kept(other, number)
        assert within(SOON, lambda: unread(heizwerk) == unread(other) == 0)

    for company in (heizwerk, other):
        with seeing(company.tenant.pk):
            assert Conversation.objects.count() == 12
            assert sorted(Conversation.objects.values_list("number", flat=True)) == list(range(1, 13))


def test_while_another_reads_here_nobody_else_does(heizwerk: Company) -> None:
    kept(heizwerk, 1)
    with live.blocking_connection() as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 2))", [f"reading:{heizwerk.tenant.pk}"])

        assert read_some(tenant_id=heizwerk.tenant.pk) is None
        other.execute("SELECT pg_advisory_unlock_all()")
    assert read_some(tenant_id=heizwerk.tenant.pk) == 1
    assert read_some(tenant_id=heizwerk.tenant.pk) == 0


def test_a_mail_that_cannot_be_read_holds_up_no_other(heizwerk: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = kept(heizwerk, 1), kept(heizwerk, 2)
    understand = reading_mail.read

    def stumbling(content: bytes, **how: Any) -> object:
        if b"Ofen 1" in content:
            raise RecursionError
        return understand(content, **how)

    monkeypatch.setattr(reading_mail, "read", stumbling)
    assert read_some(tenant_id=heizwerk.tenant.pk) == 2
    # The one that failed rests before it is tried again.
    assert read_some(tenant_id=heizwerk.tenant.pk) == 0

    with seeing(heizwerk.tenant.pk):
        assert RawMail.objects.get(pk=first).attempts == 1 and RawMail.objects.get(pk=first).read_at is None
        assert RawMail.objects.get(pk=second).read_at is not None
        assert list(Conversation.objects.values_list("number", flat=True)) == [1]


def test_a_lost_database_connection_only_interrupts(heizwerk: Company) -> None:
    with readers():
        time.sleep(1.0)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
            )
        kept(heizwerk, 1)
        assert within(SOON, lambda: unread(heizwerk) == 0)
