"""Postfix in front of us, set up as the how-to says: it hands over at once, and keeps what we cannot take yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import override_settings

from golddraht.channels.carriers.listener import lmtp_server, smtp_server
from golddraht.channels.models import RawMail
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.rules import Source, Thread, with_token
from tests.cast import Company, a_company
from tests.journeys.certificates import authority
from tests.journeys.postfix import Postfix, running_postfix
from tests.journeys.smtp_peer import free_port
from tests.journeys.test_mail_listener import refuse_storing
from tests.mails import CARE, a_mail, a_mailbox

pytestmark = pytest.mark.as_root
LINES = """
recipient_delimiter = +
virtual_mailbox_domains = heizwerk.example
virtual_mailbox_maps = inline:{{ {{ care@heizwerk.example = golddraht }} }}
transport_maps = inline:{{ {{ care@heizwerk.example = {way} }} }}
"""
BY_TLS = """
lmtp_host_lookup = native
lmtp_tls_security_level = secure
lmtp_tls_CAfile = {authority}
lmtp_tls_secure_cert_match = nexthop
"""


@pytest.fixture
def heizwerk(committed: None) -> Company:
    company = a_company()
    with company.seen():
        a_mailbox()
    return company


@contextmanager
def in_front(kind: str = "lmtp", *, certificate: Path | None = None, more: str = "") -> Iterator[Postfix]:
    made = {"lmtp": lmtp_server, "smtp": smtp_server}[kind]
    with override_settings(MAIL_CERTIFICATE=str(certificate or ""), MAIL_TLS_REQUIRED=bool(certificate)):
        server = made(host="127.0.0.1", port=free_port())
    # A certificate is for a name; without one no name has to be looked up.
    host = "localhost" if more else "127.0.0.1"
    way = {"lmtp": f"lmtp:inet:{host}:{server.port}", "smtp": f"smtp:[{host}]:{server.port}"}[kind]
    server.start()
    try:
        with running_postfix(LINES.format(way=way) + more) as postfix:
            yield postfix
    finally:
        server.stop()


def kept(company: Company) -> list[RawMail]:
    with company.seen():
        return list(RawMail.objects.order_by("pk"))


def soon(fact: Callable[[], object], postfix: Postfix, *, within: float = 40.0) -> None:
    until = time.monotonic() + within
    while not fact():
        assert time.monotonic() < until, postfix.words()
        time.sleep(0.2)


@pytest.mark.parametrize("kind", ["lmtp", "smtp"])
def test_postfix_hands_over_and_its_queue_is_empty(heizwerk: Company, kind: str) -> None:
    with in_front(kind) as postfix:
        postfix.hand_in(CARE, a_mail())

        soon(lambda: kept(heizwerk), postfix)
        soon(lambda: not postfix.queue(), postfix)

    assert kept(heizwerk)[0].source == Source(kind.upper())
    assert kept(heizwerk)[0].envelope_from == "valentina@kundin.example"


def test_an_answer_to_an_address_with_a_mark_finds_its_way(heizwerk: Company) -> None:
    with heizwerk.seen():
        address = with_token(CARE, token_for(Thread.CONVERSATION, 1))

    with in_front() as postfix:
        postfix.hand_in(address, a_mail())
        soon(lambda: kept(heizwerk), postfix)

    assert kept(heizwerk)[0].envelope_to == [address]


def test_what_we_cannot_store_stays_with_postfix_until_we_can(heizwerk: Company) -> None:
    refuse_storing("ADD CONSTRAINT refuses CHECK (source <> 'LMTP')")
    try:
        with in_front() as postfix:
            postfix.hand_in(CARE, a_mail())
            soon(lambda: any("451 4.3.0" in reason for reason in postfix.queue()), postfix)
            assert kept(heizwerk) == []

            refuse_storing("DROP CONSTRAINT refuses")
            soon(lambda: kept(heizwerk), postfix)
            soon(lambda: not postfix.queue(), postfix)
    finally:
        refuse_storing("DROP CONSTRAINT IF EXISTS refuses")

    assert len(kept(heizwerk)) == 1


def test_postfix_hands_over_by_tls_alone(heizwerk: Company, tmp_path: Path) -> None:
    own = authority(tmp_path)
    tmp_path.chmod(0o755)

    with in_front(certificate=own.issue("localhost"), more=BY_TLS.format(authority=own.file)) as postfix:
        postfix.hand_in(CARE, a_mail())
        soon(lambda: kept(heizwerk), postfix)


def test_postfix_keeps_what_it_would_have_to_hand_over_in_the_clear(heizwerk: Company, tmp_path: Path) -> None:
    own = authority(tmp_path)

    with in_front(more=BY_TLS.format(authority=own.file)) as postfix:
        postfix.hand_in(CARE, a_mail())
        soon(lambda: any("TLS" in reason for reason in postfix.queue()), postfix)

    assert kept(heizwerk) == []
