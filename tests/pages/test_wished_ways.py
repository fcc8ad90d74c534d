"""Who chose a way for their concerns is answered on it: it stands in the answer, with one line that says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from golddraht.consent.operations import choose_channels, set_quiet_hours
from golddraht.consent.queries import wished_way
from golddraht.consent.rules import Purpose, Way
from golddraht.conversations.models import Conversation
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from tests.cast import MONDAY_MORNING, Company, a_conversation

Page = Callable[[Any], str]


@pytest.fixture
def concern(company: Company) -> Conversation:
    company.nina.user.language = "en"
    company.nina.user.save()
    return a_conversation()


def answer(nina: Client, page: Page, concern: Conversation) -> tuple[str, str]:
    """The words of the page, and the way that stands in the answer."""
    response = nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/")
    return page(response), str(response.context["form"]["channel"].value() or "")


def chooses(concern: Conversation, *ways: Way) -> None:
    choose_channels(customer_id=concern.customer_id, purpose=Purpose.SERVICE, ways=ways, at=clock.now())


def test_who_chose_nothing_is_answered_as_before(concern: Conversation, nina: Client, page: Page) -> None:
    words, way = answer(nina, page, concern)
    assert way == "" and "They asked for" not in words


def test_who_wants_a_call_is_called(concern: Conversation, nina: Client, page: Page) -> None:
    chooses(concern, Way.CALL, Way.EMAIL)
    words, way = answer(nina, page, concern)
    assert way == "PHONE" and "They asked for a call about their concerns" in words and "kept, not sent" in words


def test_letters_are_wished_for_and_mail_needs_no_word(concern: Conversation, nina: Client, page: Page) -> None:
    chooses(concern, Way.LETTER)
    words, way = answer(nina, page, concern)
    assert way == "LETTER" and "They asked for letters" in words
    chooses(concern, Way.EMAIL, Way.CALL)
    words, way = answer(nina, page, concern)
    assert way == "EMAIL" and "They asked for" not in words


def test_a_text_message_cannot_be_promised(concern: Conversation, nina: Client, page: Page) -> None:
    chooses(concern, Way.SMS)
    words, way = answer(nina, page, concern)
    assert way == "" and "none leaves from here yet" in words


def test_quiet_hours_are_told_with_the_call(concern: Conversation, nina: Client, page: Page) -> None:
    chooses(concern, Way.CALL)
    now = timezone.localtime(clock.now())
    begins, ends = now - timedelta(hours=1), now + timedelta(hours=2)
    set_quiet_hours(customer_id=concern.customer_id, hours=f"{begins:%H}:00–{ends:%H}:00", at=clock.now())
    assert "They have their quiet until" in answer(nina, page, concern)[0]


def test_what_was_chosen_for_something_else_says_nothing_here(concern: Conversation, company: Company) -> None:
    choose_channels(customer_id=concern.customer_id, purpose=Purpose.BUY, ways=[Way.CALL], at=MONDAY_MORNING)
    assert wished_way(customer_id=concern.customer_id, at=MONDAY_MORNING) is None
