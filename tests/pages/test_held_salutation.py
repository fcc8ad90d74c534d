"""An answer that says Frau or Herr without evidence waits, and one key settles it: their words, or the neutral greeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation, Message
from golddraht.customers.models import Customer
from golddraht.plumbing import clock
from tests.cast import Company, a_conversation

Page = Callable[[Any], str]
HERE = "/t/heizwerk/conversations/1-3/"
WORDS = "Liebe Frau Moser,\n\nbitte das Sieb reinigen."
NEUTRAL = "Guten Tag Valentina Moser,\n\nbitte das Sieb reinigen."


@pytest.fixture
def concern(company: Company, mailbox: None) -> Conversation:
    return a_conversation(at=clock.now() - timedelta(minutes=5))


def ours() -> list[str]:
    rows = Message.objects.filter(direction="OUT", automatic="")
    return [one.text.replace("\r\n", "\n") for one in rows.order_by("pk")]


def answering(**more: str) -> tuple[str, dict[str, str]]:
    return HERE + "reply/", {"text": WORDS, "channel": "EMAIL", "next_touch": "follow_up"} | more


def asking(**more: str) -> tuple[str, dict[str, str]]:
    return HERE + "solved/", {"text": WORDS} | more


def writing_first(**more: str) -> tuple[str, dict[str, str]]:
    customer = Customer.objects.get()
    team = Conversation.objects.earliest("pk").team_id
    told = {"customer": str(customer.pk), "team": str(team), "subject": "Sieb", "text": WORDS}
    return "/t/heizwerk/write/", told | more


PAGES = pytest.mark.parametrize("form", [answering, asking, writing_first])


@PAGES
def test_it_waits_and_shows_both_ways_out(concern: Conversation, nina: Client, page: Page, form: Any) -> None:
    answer = nina.post(*form())

    assert answer.status_code == 422 and not ours()
    shown = page(answer)
    assert "„Liebe Frau Moser,“" in shown and "Guten Tag Valentina Moser," in shown
    assert 'name="salutation_words"' in shown and "bitte das Sieb reinigen.</textarea>" in shown


@PAGES
def test_the_neutral_greeting_is_one_key(concern: Conversation, nina: Client, form: Any) -> None:
    nina.post(*form(salutation="neutral"))

    assert [text.startswith(NEUTRAL) for text in ours()] == [True]
    assert Customer.objects.get().salutation == ""


@PAGES
def test_their_words_are_taken_down_and_it_leaves(
    company: Company, concern: Conversation, nina: Client, form: Any
) -> None:
    nina.post(*form(salutation="said", salutation_words="Am Telefon: „Frau Moser bitte.“"))

    assert [text.startswith(WORDS) for text in ours()] == [True]
    customer = Customer.objects.get()
    assert (customer.salutation, customer.salutation_source) == ("FRAU", "member")
    fact = customer.facts.get(attribute="salutation")
    assert (fact.evidence, fact.actor_id) == ("Am Telefon: „Frau Moser bitte.“", company.nina.pk)


def test_that_they_said_so_needs_the_words(concern: Conversation, nina: Client, page: Page) -> None:
    url, told = answering(salutation="said")

    assert "Halten Sie die Worte fest" in page(nina.post(url, told))
    assert not ours() and Customer.objects.get().salutation == ""
