"""Other servers hand us mail: acknowledged when it is stored, refused for strangers, put off when we cannot store."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import override_settings

from golddraht.channels.carriers.catcher import catcher_server
from golddraht.channels.carriers.listener import lmtp_server, smtp_server
from golddraht.channels.carriers.smtp import drain_deliveries
from golddraht.channels.mail.reading import read
from golddraht.channels.models import RawMail
from golddraht.channels.operations import add_mailbox
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.queries import caught_for
from golddraht.channels.rules import Source, Thread, with_token
from golddraht.conversations.models import Conversation
from golddraht.plumbing.clock import now
from golddraht.plumbing.models import Tenant
from tests.cast import Company, a_company
from tests.journeys.smtp_peer import free_port
from tests.mails import CARE, a_mail, a_mailbox, drain_mail

OTHER = "service@moebelhaus.example"


@pytest.fixture
def heizwerk(committed: None) -> Company:
    company = a_company()
    with company.seen():
        a_mailbox()
    return company


@pytest.fixture
def smtp_port(heizwerk: Company) -> Iterator[int]:
    server = smtp_server(host="127.0.0.1", port=free_port())
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def lmtp_port(heizwerk: Company) -> Iterator[int]:
    server = lmtp_server(host="127.0.0.1", port=free_port())
    server.start()
    yield server.port
    server.stop()


def hand_in(port: int, *recipients: str, content: bytes | None = None) -> dict[str, tuple[int, bytes]]:
    """What the server says about recipients it refuses; raises what smtplib raises for the mail itself."""
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        return client.sendmail("valentina@kundin.example", list(recipients), content or a_mail())


def kept(company: Company) -> list[RawMail]:
    with company.seen():
        return list(RawMail.objects.order_by("pk"))


def test_a_mail_is_acknowledged_after_it_is_stored(heizwerk: Company, smtp_port: int) -> None:
    hand_in(smtp_port, CARE)

    raw = kept(heizwerk)[0]
    assert raw.source == Source.SMTP
    assert read(bytes(raw.content)).subject == "Waschmaschine pumpt nicht ab"
    assert raw.envelope_from == "valentina@kundin.example" and raw.envelope_to == [CARE]
    assert raw.client_address == "127.0.0.1" and raw.client_greeting


def test_an_unknown_recipient_is_refused_at_once(heizwerk: Company, smtp_port: int) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        hand_in(smtp_port, "nobody@heizwerk.example")

    assert refused.value.recipients["nobody@heizwerk.example"][0] == 550


def test_an_address_with_a_reply_token_is_known(heizwerk: Company, smtp_port: int) -> None:
    with heizwerk.seen():
        address = with_token(CARE, token_for(Thread.CONVERSATION, 1))

    hand_in(smtp_port, address)

    assert kept(heizwerk)[0].envelope_to == [address]


def test_a_database_that_refuses_makes_the_sender_try_again(heizwerk: Company, smtp_port: int) -> None:
    refuse_storing("ADD CONSTRAINT refuses CHECK (source <> 'SMTP')")
    try:
        with pytest.raises(smtplib.SMTPDataError) as put_off:
            hand_in(smtp_port, CARE)
    finally:
        refuse_storing("DROP CONSTRAINT refuses")

    assert put_off.value.smtp_code == 451
    hand_in(smtp_port, CARE)
    assert len(kept(heizwerk)) == 1


def refuse_storing(change: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE channels_rawmail {change}")
    connections["owner"].close()


def test_a_mail_that_is_too_large_is_refused(heizwerk: Company) -> None:
    with override_settings(LARGEST_MAIL=10_000):
        server = smtp_server(host="127.0.0.1", port=free_port())
    server.start()
    try:
        with pytest.raises(smtplib.SMTPException) as refused:
            hand_in(server.port, CARE, content=a_mail(text="x" * 70 + "\n" + "y\n" * 20_000))
    finally:
        server.stop()

    assert "552" in str(refused.value)
    assert kept(heizwerk) == []


def test_two_tenants_get_a_copy_each_and_two_mailboxes_one(heizwerk: Company, smtp_port: int) -> None:
    moebelhaus = a_company("moebelhaus", "Moebelhaus")
    with moebelhaus.seen():
        a_mailbox(OTHER)
    with heizwerk.seen():
        add_mailbox(address="info@heizwerk.example", sender_name="Heizwerk")

    hand_in(smtp_port, CARE, "info@heizwerk.example", OTHER)

    assert [raw.envelope_to for raw in kept(heizwerk)] == [[CARE, "info@heizwerk.example"]]
    assert [raw.envelope_to for raw in kept(moebelhaus)] == [[OTHER]]


def test_lmtp_answers_for_each_recipient(heizwerk: Company, lmtp_port: int) -> None:
    with heizwerk.seen():
        add_mailbox(address="info@heizwerk.example", sender_name="Heizwerk")

    with smtplib.LMTP("127.0.0.1", lmtp_port) as client:
        client.lhlo = client.ehlo
        client.ehlo()
        client.mail("valentina@kundin.example")
        assert client.rcpt(CARE)[0] == 250
        assert client.rcpt("nobody@heizwerk.example")[0] == 550
        assert client.rcpt("info@heizwerk.example")[0] == 250
        answers = [client.data(a_mail())[0], client.getreply()[0]]

    assert answers == [250, 250]
    assert len(kept(heizwerk)) == 1


def test_from_the_door_to_the_receipt_in_the_catcher(heizwerk: Company, smtp_port: int) -> None:
    Tenant.objects.filter(pk=heizwerk.tenant.pk).update(is_demo=True)
    port = free_port()
    catcher = catcher_server(port=port)
    catcher.start()
    try:
        with override_settings(CATCHER_PORT=port):
            hand_in(smtp_port, CARE)
            drain_mail(tenant_id=heizwerk.tenant.pk, at=now())
            drain_deliveries(tenant_id=heizwerk.tenant.pk, at=now())
    finally:
        catcher.stop()

    with heizwerk.seen():
        conversation = Conversation.objects.get()
        caught = caught_for(viewer=heizwerk.viewer(heizwerk.nina), recipient="valentina@kundin.example")
    assert conversation.customer_id
    assert len(caught) == 1 and read(caught[0].content).is_automatic


def test_the_catcher_takes_mail_of_this_house_alone(heizwerk: Company) -> None:
    catcher = catcher_server(port=free_port())
    catcher.start()
    try:
        with pytest.raises(smtplib.SMTPDataError), smtplib.SMTP("127.0.0.1", catcher.port) as client:
            client.sendmail("spam@fremd.example", ["valentina@kundin.example"], a_mail())
    finally:
        catcher.stop()
