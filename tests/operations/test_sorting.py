from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import (
    mark_quiet,
    mark_spam,
    receive_message,
    review_quiet,
    set_priority,
    set_tags,
    unmark_spam,
    wake,
)
from golddraht.conversations.queries import inbox, quiet_reason_for
from golddraht.conversations.rules import Status
from golddraht.team.rules import Priority
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina, words
from tests.mails import a_mailbox


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


WEEKS_LATER = MONDAY_MORNING + timedelta(days=40)


def test_the_lead_gets_back_what_was_put_aside_with_owner_and_next_touch(company: Company) -> None:
    conversation = a_conversation()
    put = mark_quiet(conversation_ids=[conversation.pk], by=company.nina.pk, reason="NEWSLETTER", at=MONDAY_MORNING)

    woken = wake(conversation_ids=[conversation.pk], by=company.lea.pk, at=WEEKS_LATER)

    conversation.refresh_from_db()
    assert (put, woken) == (1, 1)
    assert conversation.status == Status.OPEN and conversation.quiet_reason == ""
    assert conversation.next_touch_at is not None and conversation.next_touch_at > WEEKS_LATER
    assert conversation.owner_id is not None


def test_waking_what_is_open_changes_nothing(company: Company) -> None:
    conversation = a_conversation()

    assert wake(conversation_ids=[conversation.pk], by=company.lea.pk, at=WEEKS_LATER) == 0


def test_what_the_lead_has_reviewed_leaves_the_daily_list(company: Company) -> None:
    conversation = a_conversation()
    mark_quiet(conversation_ids=[conversation.pk], by=None, reason="INVOICE", at=MONDAY_MORNING)

    review_quiet(conversation_ids=[conversation.pk], by=company.lea.pk, at=MONDAY_MORNING)

    viewer = company.viewer(company.lea)
    assert inbox(viewer=viewer, place="quiet", at=MONDAY_MORNING).rows == ()


def test_spam_rests_until_somebody_says_it_is_none(company: Company) -> None:
    conversation = a_conversation()

    mark_spam(conversation_ids=[conversation.pk], by=company.nina.pk, at=MONDAY_MORNING)
    assert Conversation.objects.get().status == Status.SPAM
    unmark_spam(conversation_ids=[conversation.pk], by=company.nina.pk, at=WEEKS_LATER)

    assert Conversation.objects.get().status == Status.OPEN


def test_thanks_need_no_answer_unless_something_is_open(company: Company) -> None:
    customer = valentina()
    assert quiet_reason_for(customer_id=customer.pk, text="Vielen Dank!") == "THANKS"

    conversation = a_conversation()

    assert quiet_reason_for(customer_id=customer.pk, text="Vielen Dank!") == ""
    assert quiet_reason_for(customer_id=customer.pk, text="Vielen Dank!", conversation=conversation) == "THANKS"


def test_a_question_always_needs_an_answer(company: Company) -> None:
    assert quiet_reason_for(customer_id=None, text="Danke! Wann kommt der Techniker?") == ""


def test_danke_to_an_open_concern_leaves_it_open(company: Company) -> None:
    conversation = a_conversation()

    receive_message(
        customer=valentina(),
        words=words("Danke!", quiet_reason="THANKS"),
        conversation=conversation,
        at=MONDAY_MORNING + timedelta(hours=1),
    )

    assert Conversation.objects.get().status == Status.OPEN


def test_priority_and_tags_are_set_cleaned(company: Company) -> None:
    conversation = a_conversation()

    set_priority(conversation_id=conversation.pk, priority=Priority.HIGH, by=company.nina.pk, at=MONDAY_MORNING)
    set_tags(
        conversation_id=conversation.pk,
        tags=[" Garantie ", "Garantie", "", "x" * 80],
        by=company.nina.pk,
        at=MONDAY_MORNING,
    )

    conversation.refresh_from_db()
    assert conversation.priority == "HIGH"
    assert conversation.tags[0] == "Garantie" and len(conversation.tags) == 2 and len(conversation.tags[1]) <= 40
