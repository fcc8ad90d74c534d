"""Mail connections in TLS: the right certificate is believed, no other one, and nothing is said where TLS was taken away."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.test import override_settings

from golddraht.channels.carriers.imap.folder import Access, Folder
from golddraht.channels.carriers.imap.watching import why
from golddraht.channels.carriers.listener import lmtp_server, smtp_server
from golddraht.channels.carriers.smtp.sending import hand_over
from golddraht.channels.models import RawMail
from golddraht.channels.operations.composing import Dispatch, Server
from golddraht.channels.operations.trying_out import try_imap, try_smtp
from golddraht.channels.rules import DeliveryState
from golddraht.plumbing import outgoing
from tests.cast import Company, a_company
from tests.journeys.certificates import Authority, authority
from tests.journeys.dovecot import PASSWORD, USER, running_dovecot
from tests.journeys.smtp_peer import Peer, free_port
from tests.mails import CARE, a_mail, a_mailbox

WRONG = {
    "another name": ("elsewhere.example", timedelta(days=30), False, "another name"),
    "expired": ("localhost", timedelta(days=-1), False, "has expired"),
    "signed by itself": ("localhost", timedelta(days=30), True, "GOLDDRAHT_AUTHORITIES"),
}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Authority]:
    """Our authority, which this house trusts besides the others."""
    found = authority(tmp_path)
    outgoing.trusted.cache_clear()
    with override_settings(AUTHORITIES=str(found.file)):
        yield found
    outgoing.trusted.cache_clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    from django.utils.translation import override

    with override("en"):
        yield


class Secured(Controller):
    """An SMTP server with TLS from the first byte, with STARTTLS, or with neither."""

    tls: ssl.SSLContext | None = None
    seen: list[str]

    def factory(self) -> SMTP:
        context = self.tls if self.ssl_context is None else None

        class Noted(SMTP):
            async def smtp_AUTH(noted, arg: str) -> None:  # noqa: N802, N805  # Named by aiosmtpd; the controller is `self`.
                self.seen.append(arg)
                await noted.push("235 2.7.0 Welcome")

        return Noted(self.handler, tls_context=context, **self.SMTP_kwargs)


@contextmanager
def smtp(certificate: Path | None, *, from_the_beginning: bool = False) -> Iterator[tuple[int, Peer, list[str]]]:
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    peer = Peer(port=free_port())
    given: dict[str, Any] = {"ssl_context": context} if from_the_beginning else {}
    server = Secured(peer, hostname="127.0.0.1", port=peer.port, ready_timeout=20, auth_require_tls=False, **given)
    server.tls, server.seen = context, []
    server.start()
    try:
        yield peer.port, peer, server.seen
    finally:
        server.stop()


def sent(port: int, security: str) -> tuple[DeliveryState, str]:
    server = Server("localhost", port, security, USER, PASSWORD)
    dispatch = Dispatch(server, CARE, "valentina@kundin.example", a_mail())
    outcome = hand_over(dispatch, before_dot=lambda: True, step=5.0)
    assert outcome is not None
    return outcome.state, outcome.answer


def opened(port: int, security: str) -> str:
    """Empty when the folder could be opened, else why not."""
    try:
        Folder(Access("localhost", port, security, USER, "INBOX", password=PASSWORD)).close()
    except Exception as failure:
        return why("localhost", failure)
    return ""


# Fetching


@pytest.mark.dovecot
def test_a_right_certificate_opens_the_mailbox_both_ways(own: Authority) -> None:
    with running_dovecot(certificate=own.issue()) as dovecot:
        assert opened(dovecot.tls_port, "TLS") == ""
        assert opened(dovecot.port, "STARTTLS") == ""
        for port, security in ((dovecot.tls_port, "TLS"), (dovecot.port, "STARTTLS")):
            assert try_imap(host="localhost", port=port, security=security, user=USER, password=PASSWORD).is_fine


@pytest.mark.dovecot
@pytest.mark.parametrize("wrong", list(WRONG))
def test_a_wrong_certificate_is_not_believed_when_fetching(own: Authority, wrong: str) -> None:
    host, valid_for, by_itself, words = WRONG[wrong]
    certificate = own.issue(host, valid_for=valid_for, by_itself=by_itself)

    with running_dovecot(certificate=certificate) as dovecot:
        told = [opened(dovecot.tls_port, "TLS"), opened(dovecot.port, "STARTTLS")]
        tried = try_imap(host="localhost", port=dovecot.tls_port, security="TLS", user=USER, password=PASSWORD)

    assert [words in each and "localhost" in each for each in [*told, tried.words]] == [True] * 3


@pytest.mark.dovecot
def test_nothing_is_said_to_a_mailbox_whose_tls_was_taken_away(own: Authority) -> None:
    with running_dovecot() as dovecot:
        told = opened(dovecot.port, "STARTTLS")
        tried = try_imap(host="localhost", port=dovecot.port, security="STARTTLS", user=USER, password=PASSWORD)
        log = dovecot.words()

    assert "STARTTLS" in told and tried.words == told
    assert "Login" not in log and "auth failed" not in log


def test_a_server_that_says_we_are_signed_in_already_gets_nothing(own: Authority) -> None:
    # PREAUTH forbids STARTTLS; whoever sits in between could keep us in the clear with it (RFC 9051 §11.3).
    import socket
    import threading

    heard: list[bytes] = []

    def greet(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.settimeout(10)
            connection.sendall(b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] Welcome\r\n")
            reader = connection.makefile("rb")
            for line in reader:
                heard.append(line)
                tag = line.split()[0]
                if b"CAPABILITY" in line:
                    connection.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n")
                connection.sendall(tag + b" OK done\r\n")
                if b"LOGOUT" in line:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=greet, args=[listening], daemon=True)
        thread.start()
        told = opened(listening.getsockname()[1], "STARTTLS")
        thread.join(10)

    assert "STARTTLS" in told
    assert not any(word in line for line in heard for word in (b"LOGIN", b"SELECT", b"EXAMINE", b"AUTHENTICATE"))


# Sending


@pytest.mark.parametrize("security", ["TLS", "STARTTLS"])
def test_a_right_certificate_lets_mail_leave(own: Authority, security: str) -> None:
    with smtp(own.issue(), from_the_beginning=security == "TLS") as (port, peer, seen):
        state, _ = sent(port, security)
        tried = try_smtp(host="localhost", port=port, security=security, user=USER, password=PASSWORD)

    assert state is DeliveryState.ACCEPTED and len(peer.taken) == 1
    assert tried.is_fine and seen


@pytest.mark.parametrize("security", ["TLS", "STARTTLS"])
@pytest.mark.parametrize("wrong", list(WRONG))
def test_a_wrong_certificate_is_not_believed_when_sending(own: Authority, wrong: str, security: str) -> None:
    host, valid_for, by_itself, words = WRONG[wrong]
    certificate = own.issue(host, valid_for=valid_for, by_itself=by_itself)

    with smtp(certificate, from_the_beginning=security == "TLS") as (port, peer, seen):
        state, told = sent(port, security)
        tried = try_smtp(host="localhost", port=port, security=security, user=USER, password=PASSWORD)

    assert state is DeliveryState.WAITING and words in told and words in tried.words
    assert peer.taken == [] and seen == []


def test_nothing_is_sent_where_tls_was_taken_away(own: Authority) -> None:
    with smtp(None) as (port, peer, seen):
        state, told = sent(port, "STARTTLS")
        tried = try_smtp(host="localhost", port=port, security="STARTTLS", user=USER, password=PASSWORD)

    assert state is DeliveryState.WAITING and "STARTTLS" in told and tried.words == told
    assert peer.taken == [] and seen == []


# Our own door


@pytest.fixture
def heizwerk(committed: None) -> Company:
    company = a_company()
    with company.seen():
        a_mailbox()
    return company


@contextmanager
def door(kind: str, certificate: Path | None, *, required: bool = False) -> Iterator[int]:
    made = {"smtp": smtp_server, "lmtp": lmtp_server}[kind]
    with override_settings(MAIL_CERTIFICATE=str(certificate or ""), MAIL_TLS_REQUIRED=required):
        server = made(host="127.0.0.1", port=free_port())
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def greeted(kind: str, port: int) -> smtplib.SMTP:
    """Connected and introduced; LMTP's LHLO is EHLO by another name (RFC 2033 §4.1)."""
    client = {"smtp": smtplib.SMTP, "lmtp": smtplib.LMTP}[kind]("localhost", port, timeout=20)
    client.ehlo("peer.example")
    return client


def trusting(own: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(own.file))


@pytest.mark.parametrize("kind", ["smtp", "lmtp"])
def test_our_door_takes_mail_by_starttls(heizwerk: Company, own: Authority, kind: str) -> None:
    with door(kind, own.issue(), required=True) as port, greeted(kind, port) as client:
        client.starttls(context=trusting(own))
        client.ehlo("peer.example")
        assert not client.has_extn("starttls") and not client.has_extn("auth")
        client.sendmail("valentina@kundin.example", [CARE], a_mail())

    with heizwerk.seen():
        assert RawMail.objects.count() == 1


@pytest.mark.parametrize("kind", ["smtp", "lmtp"])
def test_our_door_takes_nothing_in_the_clear_when_told_so(heizwerk: Company, own: Authority, kind: str) -> None:
    with door(kind, own.issue(), required=True) as port, greeted(kind, port) as client:
        answer = client.docmd("MAIL", "FROM:<valentina@kundin.example>")

    assert answer[0] == 530 and b"STARTTLS" in answer[1]


@pytest.mark.parametrize("kind", ["smtp", "lmtp"])
def test_our_door_offers_no_tls_without_a_certificate(heizwerk: Company, kind: str) -> None:
    with door(kind, None, required=True) as port, greeted(kind, port) as client:
        assert not client.has_extn("starttls")
        assert client.docmd("MAIL", "FROM:<valentina@kundin.example>")[0] == 250


def test_a_certificate_that_was_renewed_on_disk_is_shown_at_once(heizwerk: Company, own: Authority) -> None:
    shown = own.issue()
    with door("smtp", shown) as port:
        before = serial(own, port)
        renewed = own.issue("localhost", valid_for=timedelta(days=89))
        renewed.replace(shown)
        after = serial(own, port)
        shown.write_text("half of a file")
        meanwhile = serial(own, port)

    assert before != after == meanwhile


def serial(own: Authority, port: int) -> str:
    with greeted("smtp", port) as client:
        client.starttls(context=trusting(own))
        shown: dict[str, Any] = client.sock.getpeercert()  # type: ignore[union-attr]  # It is connected.
        return str(shown["serialNumber"])


def test_a_certificate_that_cannot_be_read_is_said_at_the_start(own: Authority) -> None:
    with pytest.raises(OSError, match="GOLDDRAHT_MAIL_CERTIFICATE"), door("smtp", own.folder / "missing.pem"):
        pass
