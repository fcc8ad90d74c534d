"""A mail that may not come from whom it says: what colleagues see, and what programs are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from golddraht.channels.carriers.dns import judge_senders
from golddraht.channels.models import Mailbox
from golddraht.channels.queries.authenticity import doubts_about
from golddraht.conversations.models import Message
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from golddraht.team.operations import create_api_token
from tests.cast import Company
from tests.mails import a_mail, arrives
from tests.names import World

Page = Callable[[Any], str]
OURS = "mx.heizwerk.example"


@pytest.fixture
def forged(company: Company, nina: Client) -> Message:
    """A mail of which our server found that it is not from Valentina."""
    Mailbox.objects.update(trusted_server=OURS)
    told = f"Authentication-Results: {OURS}; dmarc=fail header.from=kundin.example\r\n".encode()
    message = arrives(told + a_mail(), mailbox=Mailbox.objects.get(), at=clock.now() - timedelta(minutes=5))
    judge_senders(tenant_id=company.tenant.pk, at=clock.now(), within=World({}).within)
    return message


def test_the_concern_warns_calmly_and_says_what_to_do(nina: Client, page: Page, forged: Message) -> None:
    said = page(nina.get(f"/t/heizwerk/conversations/{spoken(forged.conversation.number)}/"))

    assert "Kommt sie wirklich von dort?" in said
    assert "kundin.example kann seine Mails belegen" in said and "fragen Sie auf einem Weg nach" in said


def test_in_english_as_well(forged: Message) -> None:
    with override("en"):
        [doubt] = doubts_about([forged.pk])[forged.pk]

    assert doubt.startswith("This mail may not come from whom it says") and "split it off" in doubt


def test_a_mail_that_merely_cannot_be_proven_is_not_warned_about(company: Company, nina: Client, page: Page) -> None:
    message = arrives(a_mail(), mailbox=Mailbox.objects.get(), at=clock.now() - timedelta(minutes=5))
    judge_senders(tenant_id=company.tenant.pk, at=clock.now(), within=World({}).within)

    assert "Kommt sie wirklich" not in page(
        nina.get(f"/t/heizwerk/conversations/{spoken(message.conversation.number)}/")
    )


def test_programs_are_told(company: Company, forged: Message) -> None:
    cache.clear()
    token = create_api_token(name="Shop", member_id=company.nina.pk, may_write=False, at=clock.now())[1]
    headers = {"Authorization": f"Bearer {token}"}

    answer = Client().get(f"/api/v1/conversations/{spoken(forged.conversation.number)}", headers=headers).json()

    [mail] = [entry for entry in answer["thread"] if entry["kind"] == "message" and entry["direction"] == "IN"]
    assert mail["sender_proof"] == "fail" and "kundin.example" in mail["doubts"][0]
    assert all(entry["sender_proof"] == "" for entry in answer["thread"] if entry["id"] != mail["id"])
