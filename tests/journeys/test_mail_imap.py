"""A mailbox that lives elsewhere, on a real Dovecot: noticed at once, fetched once, whatever happens to the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from golddraht.channels.carriers.imap import Watch, watching
from golddraht.channels.carriers.imap.folder import Folder
from golddraht.channels.carriers.threads import borrowed_connection
from golddraht.channels.models import FolderPosition, Mailbox, RawMail
from golddraht.channels.operations.sweeping import sweep
from golddraht.conversations.models import Message
from golddraht.plumbing.clock import now
from golddraht.team.models import Alarm
from tests.cast import Company, a_company
from tests.journeys.dovecot import PASSWORD, USER, Dovecot, running_dovecot
from tests.mails import a_mail, a_mailbox, drain_mail

pytestmark = pytest.mark.dovecot


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as dovecot:
        yield dovecot


@pytest.fixture
def heizwerk(committed: None, dovecot: Dovecot) -> Company:
    company = a_company()
    with company.seen():
        a_mailbox(
            imap_host="127.0.0.1",
            imap_port=dovecot.port,
            imap_security="NONE",
            imap_user=USER,
            imap_password=PASSWORD,
        )
    return company


@pytest.fixture
def watch(heizwerk: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(watching, "LONGEST_PAUSE", 2.0)
    watch = a_watch(heizwerk)
    watch.start()
    yield watch
    watch.stop.set()
    watch.join(20)
    assert not watch.is_alive()


def a_watch(company: Company) -> Watch:
    with company.seen():
        mailbox_id = Mailbox.objects.get().pk
    return Watch(tenant_id=company.tenant.pk, mailbox_id=mailbox_id, language="de")


def kept(company: Company) -> list[RawMail]:
    with company.seen():
        rows = list(RawMail.objects.order_by("pk"))
    connection.close()
    return rows


def the_mailbox(company: Company) -> Mailbox:
    with company.seen():
        mailbox: Mailbox = Mailbox.objects.get()
    return mailbox


def soon(fact: Callable[[], object], *, within: float = 20.0) -> None:
    """Wait until something is so, and fail when it is not so in time."""
    until = time.monotonic() + within
    while not fact():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.1)


def test_what_lay_there_is_fetched_and_new_mail_is_noticed_at_once(
    dovecot: Dovecot, heizwerk: Company, watch: Watch
) -> None:
    dovecot.deliver(a_mail())
    soon(lambda: len(kept(heizwerk)) == 1)
    soon(lambda: the_mailbox(heizwerk).fetched_at)
    began = time.monotonic()

    dovecot.deliver(a_mail(id_="second@kundin.example"))

    soon(lambda: len(kept(heizwerk)) == 2)
    assert time.monotonic() - began < 10  # The poll would have taken five minutes.


def test_what_people_wrote_long_before_the_first_look_is_not_taken_for_new(dovecot: Dovecot, heizwerk: Company) -> None:
    for days in (400, 30, 7):
        dovecot.deliver(a_mail(id_=f"old-{days}@kundin.example"), at=now() - timedelta(days=days))
    watch = a_watch(heizwerk)

    watch.start()
    soon(lambda: the_mailbox(heizwerk).fetched_at)
    dovecot.deliver(a_mail(id_="new@kundin.example"))
    soon(lambda: kept(heizwerk))
    watch.stop.set()
    watch.join(20)

    assert [b"new@kundin.example" in bytes(one.content) for one in kept(heizwerk)] == [True]


def test_what_comes_while_the_first_look_is_taken_is_not_stepped_over(
    dovecot: Dovecot, heizwerk: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    with borrowed_connection():
        folder = Folder(a_watch(heizwerk)._access())
    ask = folder._box.uids

    def mail_comes_before_each_question(criteria: Any) -> list[str]:
        dovecot.deliver(a_mail(id_="meanwhile@kundin.example"))
        answer: list[str] = ask(criteria)
        return answer

    monkeypatch.setattr(folder._box, "uids", mail_comes_before_each_question)

    assert folder.end_before(now().date()) == 0
    folder.close()


def test_after_the_server_was_killed_fetching_goes_on(dovecot: Dovecot, heizwerk: Company, watch: Watch) -> None:
    dovecot.deliver(a_mail())
    soon(lambda: len(kept(heizwerk)) == 1)

    dovecot.kill()
    soon(lambda: the_mailbox(heizwerk).failing_since)
    assert "127.0.0.1" in the_mailbox(heizwerk).failure
    dovecot.start()
    dovecot.deliver(a_mail(id_="second@kundin.example"))

    soon(lambda: len(kept(heizwerk)) == 2)
    soon(lambda: the_mailbox(heizwerk).failing_since is None)


def test_a_changed_uidvalidity_starts_again_and_keeps_each_message_once(
    dovecot: Dovecot, heizwerk: Company, watch: Watch
) -> None:
    dovecot.deliver(a_mail())
    dovecot.deliver(a_mail(id_="second@kundin.example", subject="Herd heizt nicht", text="Der Herd ist kalt. Was tun?"))
    soon(lambda: len(kept(heizwerk)) == 2)
    with heizwerk.seen():
        before = FolderPosition.objects.get().uidvalidity

    dovecot.kill()
    dovecot.forget_uids()
    time.sleep(1.1)  # Dovecot makes the number from the second in which the mailbox is found again.
    dovecot.start()

    soon(lambda: len(kept(heizwerk)) == 4)
    drain_mail(tenant_id=heizwerk.tenant.pk, at=now())
    with heizwerk.seen():
        assert FolderPosition.objects.get().uidvalidity != before
        assert Message.objects.filter(direction="IN").count() == 2


def test_a_second_watch_leaves_the_mailbox_to_the_first(dovecot: Dovecot, heizwerk: Company, watch: Watch) -> None:
    dovecot.deliver(a_mail())
    soon(lambda: len(kept(heizwerk)) == 1)
    second = a_watch(heizwerk)

    assert second._is_ours() is False


def test_a_wrong_password_is_said_in_words_and_alarms(
    dovecot: Dovecot, heizwerk: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    with heizwerk.seen():
        mailbox = Mailbox.objects.get()
        mailbox.imap_password = "falsch"
        mailbox.save()
    watch = a_watch(heizwerk)

    watch.start()
    soon(lambda: the_mailbox(heizwerk).failing_since)
    watch.stop.set()
    watch.join(20)

    failing = the_mailbox(heizwerk)
    assert "127.0.0.1" in failing.failure and "falsch" not in failing.failure
    assert failing.failing_since is not None
    with heizwerk.seen():
        sweep(at=failing.failing_since + timedelta(minutes=4))
        assert Alarm.objects.get(kind="mailbox").subject == failing.address
