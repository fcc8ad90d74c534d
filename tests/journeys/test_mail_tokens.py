"""Mailboxes opened by token on real servers: a Dovecot that asks the sign-in service, an SMTP server that gives reasons."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult
from django.db import connection

from golddraht.channels.carriers.imap import Watch, watching
from golddraht.channels.carriers.imap.folder import Access, Folder
from golddraht.channels.carriers.imap.watching import pause_after
from golddraht.channels.carriers.smtp import drain_deliveries
from golddraht.channels.carriers.smtp.sending import hand_over
from golddraht.channels.models import Delivery, Mailbox, RawMail, Token
from golddraht.channels.operations import keep_raw
from golddraht.channels.operations.composing import Dispatch, Server
from golddraht.channels.operations.connecting import connect_app, keep_sign_in
from golddraht.channels.operations.showing_tokens import TokenRefused
from golddraht.channels.operations.trying_out import try_mailbox
from golddraht.channels.rules import DeliveryState, Provider, Source
from golddraht.plumbing.clock import now
from tests.cast import Company, a_company
from tests.journeys.dovecot import Dovecot, running_dovecot
from tests.journeys.smtp_peer import free_port
from tests.journeys.token_service import CLIENT_ID, CLIENT_SECRET, DIRECTORY, TokenService, token_service
from tests.mails import CARE, a_mail, a_mailbox, drain_mail


@pytest.fixture
def service() -> Iterator[TokenService]:
    with token_service() as service:
        yield service


@pytest.fixture
def dovecot(service: TokenService) -> Iterator[Dovecot]:
    with running_dovecot(tokens_at=f"{service.url}/introspect") as dovecot:
        dovecot.user = CARE
        yield dovecot


@pytest.fixture
def heizwerk(committed: None, service: TokenService) -> Company:
    company = a_company()
    with company.seen():
        a_mailbox()
    return company


def connect(company: Company, service: TokenService, **servers: Any) -> Mailbox:
    """The mailbox, opened by the program itself at these servers."""
    with company.seen():
        mailbox = Mailbox.objects.get()
        keep_sign_in(
            mailbox_id=mailbox.pk,
            provider=Provider.MICROSOFT,
            by_app=True,
            directory=DIRECTORY,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            secret_ends_on=None,
            account="",
            is_testing=False,
        )
        security = {"imap_security": "NONE", "smtp_security": "NONE", "imap_user": CARE, "smtp_user": CARE}
        Mailbox.objects.update(**security | servers)
        connect_app(mailbox_id=mailbox.pk, at=now())
        mailbox.refresh_from_db()
    return mailbox


def soon(fact: Callable[[], object], *, within: float = 40.0) -> None:
    until = time.monotonic() + within
    while not fact():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.1)


@contextmanager
def watched(company: Company, *, poll: float = 300.0) -> Iterator[Watch]:
    with company.seen():
        mailbox_id = Mailbox.objects.get().pk
    watch = Watch(tenant_id=company.tenant.pk, mailbox_id=mailbox_id, language="en", poll=poll)
    watch.start()
    try:
        yield watch
    finally:
        watch.stop.set()
        watch.join(30)
        assert not watch.is_alive()


def the_mailbox(company: Company) -> Mailbox:
    with company.seen():
        mailbox: Mailbox = Mailbox.objects.get()
    return mailbox


def kept(company: Company) -> int:
    with company.seen():
        count = int(RawMail.objects.count())
    connection.close()
    return count


# Fetching


@pytest.mark.dovecot
def test_mail_is_fetched_by_token(dovecot: Dovecot, heizwerk: Company, service: TokenService) -> None:
    connect(heizwerk, service, imap_host="127.0.0.1", imap_port=dovecot.port)
    dovecot.deliver(a_mail())

    with watched(heizwerk):
        soon(lambda: kept(heizwerk) == 1)

    assert service.introspected[-1] in service.access_tokens


@pytest.mark.dovecot
@pytest.mark.parametrize("mechanisms", ["plain xoauth2", "plain oauthbearer"])
def test_either_kind_of_sign_in_opens_and_a_wrong_token_is_refused_with_reasons(
    service: TokenService, mechanisms: str
) -> None:
    service.access_tokens["right"] = CARE
    with running_dovecot(tokens_at=f"{service.url}/introspect", mechanisms=mechanisms) as dovecot:
        Folder(Access("127.0.0.1", dovecot.port, "NONE", CARE, "INBOX", token="right")).close()
        began = time.monotonic()
        with pytest.raises(TokenRefused, match=r"127\.0\.0\.1"):
            Folder(Access("127.0.0.1", dovecot.port, "NONE", CARE, "INBOX", token="wrong"))
        with pytest.raises(TokenRefused):
            Folder(Access("127.0.0.1", dovecot.port, "NONE", "boss@heizwerk.example", "INBOX", token="right"))

    assert time.monotonic() - began < 20  # Nobody waited for the other one's next word.


@pytest.mark.dovecot
def test_a_token_is_renewed_while_we_idle_and_the_connection_holds(
    dovecot: Dovecot, heizwerk: Company, service: TokenService
) -> None:
    service.lifetime = 601  # A second later it is time to renew it.
    connect(heizwerk, service, imap_host="127.0.0.1", imap_port=dovecot.port)

    with watched(heizwerk, poll=1.0):
        soon(lambda: len(service.asked) >= 4)
        dovecot.deliver(a_mail())
        soon(lambda: kept(heizwerk) == 1)

    assert len(service.introspected) == 1  # One sign-in, whatever was renewed meanwhile.
    assert the_mailbox(heizwerk).failing_since is None


@pytest.mark.dovecot
def test_a_permission_that_was_taken_back_is_noticed_while_we_idle(
    dovecot: Dovecot, heizwerk: Company, service: TokenService
) -> None:
    service.lifetime = 601
    connect(heizwerk, service, imap_host="127.0.0.1", imap_port=dovecot.port)

    with watched(heizwerk, poll=1.0):
        soon(lambda: the_mailbox(heizwerk).fetched_at)
        service.mood = "invalid_client"
        soon(lambda: the_mailbox(heizwerk).failing_since)
        asked = len(service.asked)
        time.sleep(3)
        assert "AADSTS7000222" in the_mailbox(heizwerk).failure
        assert len(service.asked) == asked  # A refusal is not asked about again and again.


@pytest.mark.dovecot
def test_trying_out_signs_in_by_the_token(dovecot: Dovecot, heizwerk: Company, service: TokenService) -> None:
    mailbox = connect(heizwerk, service, imap_host="127.0.0.1", imap_port=dovecot.port)

    with heizwerk.seen():
        received, _ = try_mailbox(mailbox_id=mailbox.pk, at=now())
        service.access_tokens.clear()
        refused, _ = try_mailbox(mailbox_id=mailbox.pk, at=now())

    assert received.is_fine and not refused.is_fine and "127.0.0.1" in refused.words


def test_pauses_between_tries_grow_up_to_two_minutes() -> None:
    pause, found = watching.SHORTEST_PAUSE, []
    for _ in range(10):
        pause = pause_after(0.2, pause)
        found.append(pause)

    assert found == [2, 4, 8, 16, 32, 64, 120, 120, 120, 120]
    assert pause_after(3600.0, 120.0) == watching.SHORTEST_PAUSE


@pytest.mark.dovecot
def test_a_server_that_slams_the_door_is_not_stormed(
    dovecot: Dovecot, heizwerk: Company, service: TokenService
) -> None:
    connect(heizwerk, service, imap_host="127.0.0.1", imap_port=dovecot.port)
    service.access_tokens.clear()

    with watched(heizwerk):
        soon(lambda: the_mailbox(heizwerk).failing_since)
        time.sleep(5)
        tries = len(service.introspected)

    assert tries <= 4  # At 0, about 2, 6 and 14 seconds, or later where the server lets us wait.


# Sending


class TokenPeer:
    """An SMTP server that knows tokens. `challenges` asks in two steps, as servers do that know no initial response."""

    def __init__(self, service: TokenService, *, refuses_with: str = "", challenges: bool = False) -> None:
        self.service, self.refuses_with, self.challenges = service, refuses_with, challenges
        self.said: list[str] = []
        self.answers: list[bytes] = []
        self.taken: list[bytes] = []

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  # Named by aiosmtpd.
        return await self._judge(server, args, b"")

    async def auth_OAUTHBEARER(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  # Named by aiosmtpd.
        return await self._judge(server, args, b"\x01")

    async def _judge(self, server: SMTP, args: list[str], wanted: bytes) -> AuthResult:
        said = base64.b64decode(args[1]) if len(args) > 1 and not self.challenges else await server.challenge_auth("")
        assert said is not MISSING
        self.said.append(bytes(said).decode())  # type: ignore[arg-type]  # It is bytes.
        token = self.said[-1].partition("auth=Bearer ")[2].rstrip("\x01")
        if token in self.service.access_tokens and not self.refuses_with:
            return AuthResult(success=True, auth_data=token)
        reason = json.dumps({"status": "400", "schemes": "Bearer", "scope": "https://mail.google.com/"})
        answer = await server.challenge_auth(reason)
        self.answers.append(b"?" if answer is MISSING else bytes(answer))  # type: ignore[arg-type]  # It is bytes.
        return AuthResult(success=False, handled=False, message=self.refuses_with or "535 5.7.8 Token not accepted")

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802  # Named by aiosmtpd.
        self.taken.append(bytes(envelope.original_content or b""))
        return "250 2.0.0 Taken"


@contextmanager
def token_peer(service: TokenService, only: str = "", **kinds: Any) -> Iterator[tuple[int, TokenPeer]]:
    peer, excluded = TokenPeer(service, **kinds), ["LOGIN", "PLAIN"]
    if only:
        excluded += [each for each in ("XOAUTH2", "OAUTHBEARER") if each != only]
    port = free_port()
    server = Controller(
        peer,
        hostname="127.0.0.1",
        port=port,
        ready_timeout=20,
        auth_require_tls=False,
        auth_exclude_mechanism=excluded,
    )
    server.start()
    try:
        yield port, peer
    finally:
        server.stop()


def handed(port: int, token: str) -> tuple[DeliveryState, str, int]:
    mistrusted: list[int] = []
    server = Server("127.0.0.1", port, "NONE", CARE, uses_oauth=True)
    outcome = hand_over(
        Dispatch(server, CARE, "valentina@kundin.example", a_mail()),
        token=token,
        before_dot=lambda: True,
        mistrusted=lambda: mistrusted.append(1),
        step=5.0,
    )
    assert outcome is not None
    return outcome.state, outcome.answer, len(mistrusted)


@pytest.mark.parametrize("only", ["XOAUTH2", "OAUTHBEARER"])
@pytest.mark.parametrize("challenges", [False, True])
def test_mail_leaves_by_token(service: TokenService, only: str, challenges: bool) -> None:
    service.access_tokens["right"] = CARE
    with token_peer(service, only, challenges=challenges) as (port, peer):
        state, _, _ = handed(port, "right")

    assert state is DeliveryState.ACCEPTED and len(peer.taken) == 1
    assert CARE in peer.said[0] and "auth=Bearer right" in peer.said[0]


@pytest.mark.parametrize(("only", "given_in"), [("XOAUTH2", b""), ("OAUTHBEARER", b"\x01")])
def test_a_server_that_gives_reasons_is_answered_and_believed(
    service: TokenService, only: str, given_in: bytes
) -> None:
    refusal = "535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox"
    with token_peer(service, only, refuses_with=refusal) as (port, peer):
        state, words, mistrusted = handed(port, "wrong")

    assert state is DeliveryState.WAITING and "SmtpClientAuthentication is disabled" in words
    assert "wrong" not in words
    assert peer.answers == [given_in] and peer.taken == [] and mistrusted == 1


def test_an_answer_leaves_by_token_and_a_refused_token_is_replaced(heizwerk: Company, service: TokenService) -> None:
    with token_peer(service) as (port, peer):
        mailbox = connect(heizwerk, service, imap_host="", smtp_host="127.0.0.1", smtp_port=port)
        with heizwerk.seen():
            keep_raw(mailbox_id=mailbox.pk, source=Source.SMTP, content=a_mail(), at=now())
            Token.objects.update(renewed_at=now() - timedelta(minutes=20))
        service.access_tokens.clear()
        drain_mail(tenant_id=heizwerk.tenant.pk, at=now())

        drain_deliveries(tenant_id=heizwerk.tenant.pk, at=now(), step=5.0)
        assert the_mailbox(heizwerk).sending_failing_since
        drain_deliveries(tenant_id=heizwerk.tenant.pk, at=now() + timedelta(minutes=2), step=5.0)

    with heizwerk.seen():
        assert Delivery.objects.get().state == DeliveryState.ACCEPTED
    assert len(peer.taken) == 1 and the_mailbox(heizwerk).sending_failing_since is None
    assert [one["grant_type"] for one in service.asked] == ["client_credentials"] * 2
