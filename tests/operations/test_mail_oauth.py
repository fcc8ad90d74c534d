"""Mailboxes that are opened by OAuth 2, and where connections may go."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import override_settings

from golddraht.channels.carriers.oauth import NoToken, fresh_token
from golddraht.channels.models import Mailbox
from golddraht.plumbing.outgoing import ForbiddenHost, checked_addresses, may_reach
from tests.cast import MONDAY_MORNING, Company
from tests.mails import a_mailbox


@dataclass
class SignInService:
    """A token endpoint (RFC 6749 §6) and what it was asked."""

    url: str = ""
    status: int = 200
    answer: dict[str, object] = field(default_factory=dict)
    asked: list[dict[str, list[str]]] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[SignInService]:
    service = SignInService(answer={"access_token": "fresh", "expires_in": 3600, "refresh_token": "next"})

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # Named by http.server.
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            service.asked.append(parse_qs(form))
            self.send_response(service.status)
            self.end_headers()
            self.wfile.write(json.dumps(service.answer).encode())

        def log_message(self, *args: object) -> None:
            """Tests read no access log."""

    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    service.url = f"http://127.0.0.1:{server.server_port}/token"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield service
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def mailbox(company: Company, service: SignInService) -> Mailbox:
    return a_mailbox(oauth_token_url=service.url, oauth_client_id="golddraht", oauth_refresh_token="first")


def test_a_token_is_fetched_once_and_kept_until_shortly_before_it_expires(
    company: Company, mailbox: Mailbox, service: SignInService
) -> None:
    where = {"tenant_id": company.tenant.pk, "mailbox_id": mailbox.pk}

    tokens = [fresh_token(**where, at=MONDAY_MORNING + timedelta(minutes=minute)) for minute in (0, 50, 58)]

    assert tokens == ["fresh"] * 3
    assert [form["refresh_token"] for form in service.asked] == [["first"], ["next"]]


def test_a_refusal_is_said_in_words(company: Company, mailbox: Mailbox, service: SignInService) -> None:
    service.status, service.answer = 400, {"error": "invalid_grant", "error_description": "The grant was revoked"}

    with pytest.raises(NoToken, match="The grant was revoked"):
        fresh_token(tenant_id=company.tenant.pk, mailbox_id=mailbox.pk, at=MONDAY_MORNING)


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.7", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0", "0.0.0.0"),
        *("::ffff:127.0.0.1", "64:ff9b::a00:7", "2002:a00:7::1"),
    ],
)
def test_private_addresses_are_out_of_reach(address: str) -> None:
    with override_settings(PRIVATE_HOSTS=["mail.intern.example"]):
        assert not may_reach("mail.elsewhere.example", address)
        assert may_reach("mail.intern.example", address)


def test_public_addresses_are_within_reach() -> None:
    assert may_reach("mail.elsewhere.example", "93.184.215.14")


def test_a_name_for_the_house_itself_is_refused() -> None:
    with override_settings(PRIVATE_HOSTS=[]), pytest.raises(ForbiddenHost):
        checked_addresses("localhost", 25)
