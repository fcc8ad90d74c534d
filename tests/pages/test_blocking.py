"""Blocking a sender from a concern and in the settings, the list of what rests, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import BlockedSender, Conversation
from golddraht.conversations.operations.blocking import block_sender
from golddraht.ground.numbers import spoken
from golddraht.plumbing.clock import now
from golddraht.promises.models import Promise
from golddraht.promises.operations import make_promise
from golddraht.promises.rules import Kind
from golddraht.team.models import Membership
from tests.api.programs import a_program, of
from tests.cast import Company
from tests.mails import a_mail, a_mailbox, arrives

Page = Callable[[Any], str]
SETTINGS = "/t/heizwerk/settings/blocked/"
ADDRESS = "valentina@kundin.example"


@pytest.fixture
def concern(company: Company, mailbox: None) -> Conversation:
    found: Conversation = arrives(a_mail(), at=now()).conversation
    return found


@pytest.fixture
def lea(company: Company, mailbox: None, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.lea)


def url(concern: Conversation, act: str) -> str:
    return f"/t/heizwerk/conversations/{spoken(concern.number)}/{act}"


def promised(concern: Conversation, by: Membership) -> None:
    make_promise(
        customer_id=concern.customer_id, conversation_id=concern.pk, owner_id=by.pk, kind=Kind.CALLBACK,
        what="Rückruf zum Ofen", starts_at=None, due_at=now() + timedelta(hours=2), tour="", by=by.pk, at=now(),
    )  # fmt: skip


def test_a_sender_is_blocked_from_a_concern_and_it_is_freed_with_one_click(
    concern: Conversation, nina: Client, page: Page
) -> None:
    assert "Diesen Absender sperren" in page(nina.get(url(concern, "")))
    assert "@kundin.example" in page(nina.get(url(concern, "block/")))

    said = page(nina.post(url(concern, "block/"), {"sender": ADDRESS, "why": "Werbung"}, follow=True))

    assert f"Es ruht: {ADDRESS} ist gesperrt" in said and url(concern, "free/") in said
    assert concern.subject in page(nina.get("/t/heizwerk/inbox/?place=blocked"))
    nina.post(url(concern, "free/"))
    concern.refresh_from_db()
    assert concern.is_live() and BlockedSender.objects.get().lifted_at is None


def test_freed_and_heard_again(concern: Conversation, nina: Client) -> None:
    nina.post(url(concern, "block/"), {"sender": f"@{ADDRESS.partition('@')[2]}"})

    nina.post(url(concern, "free/"), {"lift": "1"})

    assert BlockedSender.objects.get().lifted_at is not None


def test_a_promise_is_named_and_must_be_known(
    company: Company, concern: Conversation, nina: Client, page: Page
) -> None:
    promised(concern, company.nina)

    said = page(nina.post(url(concern, "block/"), {"sender": ADDRESS}))
    assert "Rückruf zum Ofen" in said and 'name="knowing"' in said and not BlockedSender.objects.exists()

    nina.post(url(concern, "block/"), {"sender": ADDRESS, "knowing": "on"})
    assert BlockedSender.objects.exists() and Promise.objects.filter(what="Rückruf zum Ofen", state="OPEN").exists()


def test_the_settings_tell_who_blocked_whom_and_why_and_undo_it(
    company: Company, concern: Conversation, lea: Client, page: Page
) -> None:
    told = {"sender": "Reklame.example", "why": "Jeden Tag drei Gutscheine"}
    said = page(lea.post(SETTINGS, told, follow=True))
    assert "@reklame.example" in said and "Jeden Tag drei Gutscheine" in said and "von Lea Conrad" in said

    block = BlockedSender.objects.get()
    assert "Wieder sperren" in page(lea.post(f"{SETTINGS}{block.pk}/lift/", follow=True))
    lea.post(f"{SETTINGS}{block.pk}/again/")
    assert BlockedSender.objects.filter(lifted_at=None).get().pattern == "@reklame.example"
    assert "gesperrter Absender" in page(lea.get("/t/heizwerk/settings/trail/"))


def test_the_settings_ask_about_promises_too(company: Company, concern: Conversation, lea: Client, page: Page) -> None:
    promised(concern, company.nina)

    response = lea.post(SETTINGS, {"sender": "kundin.example"})

    assert response.status_code == 422 and "Rückruf zum Ofen" in page(response)
    assert lea.post(SETTINGS, {"sender": "kundin.example", "knowing": "on"}).status_code == 302
    assert lea.post(SETTINGS, {"sender": "kein Absender"}).status_code == 422


def test_agents_do_not_change_the_list(company: Company, nina: Client) -> None:
    block = block_sender(sender="reklame.example", by=company.lea.pk, at=now())

    assert nina.get(SETTINGS).status_code == 403
    assert nina.post(f"{SETTINGS}{block.pk}/lift/").status_code == 403


def test_programs_block_and_free(company: Company, concern: Conversation) -> None:
    program = a_program(company.lea)
    promised(concern, company.nina)
    told = {"sender": ADDRESS, "conversation": spoken(concern.number)}

    refused = program.post("/blocked-senders", told)
    assert (refused.status_code, refused.json()["promises"]) == (409, 1)
    made = program.post("/blocked-senders", told | {"knowing": True}).json()

    assert made["concerns"] == 1
    [one] = program.get("/conversations?place=blocked").json()["conversations"]
    assert one["number"] == spoken(concern.number)
    program.send("delete", of(concern) + "/spam")
    assert program.get("/conversations?place=blocked").json()["conversations"] == []
    assert program.send("delete", f"/blocked-senders/{made['id']}").json()["lifted_by"] == "Lea Conrad"


def test_what_is_written_on_the_help_page_rests_too(company: Company) -> None:
    a_mailbox()
    block_sender(sender="x@reklame.example", by=company.lea.pk, at=now())
    program = a_program(company.lea)
    told = {"channel": "FORM", "text": "Kaufen Sie!", "customer": {"name": "X", "email": "X@reklame.example"}}

    program.post("/conversations", told)

    assert Conversation.objects.get().block_id is not None
