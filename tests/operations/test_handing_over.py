from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.channels.operations import add_mailbox
from golddraht.conversations.models import Message, Note
from golddraht.conversations.operations import CannotCare, enter_concern, hand_over, reply
from golddraht.conversations.rules import Automatic, Channel
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)


def test_a_customer_who_knows_a_name_is_told_the_new_one(company: Company) -> None:
    add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    conversation = a_conversation()
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Ich kümmere mich.", at=LATER)

    hand_over(
        conversation_id=conversation.pk, to_id=company.lea.pk, by=company.nina.pk, note="Bitte Technik.", at=LATER
    )

    told = Message.objects.get(conversation=conversation, automatic=Automatic.HANDOVER)
    assert "Lea Conrad" in told.text
    assert Note.objects.get(conversation=conversation).text == "Bitte Technik."


def test_the_next_touch_stays_as_promised(company: Company) -> None:
    conversation = a_conversation()
    before = conversation.next_touch_at

    hand_over(conversation_id=conversation.pk, to_id=company.lea.pk, by=company.nina.pk, at=LATER)

    conversation.refresh_from_db()
    assert conversation.next_touch_at == before
    assert conversation.owner_id == company.lea.pk


def test_somebody_of_another_company_cannot_care(company: Company) -> None:
    conversation = a_conversation()

    with pytest.raises(CannotCare):
        hand_over(conversation_id=conversation.pk, to_id=999_999, by=company.nina.pk, at=LATER)


def test_what_was_said_on_the_phone_is_the_promised_time_of_the_first_answer(company: Company) -> None:
    said = MONDAY_MORNING + timedelta(hours=2)

    message = enter_concern(
        customer=valentina(),
        channel=Channel.PHONE,
        text="Der Ofen heizt nicht. Wann melden Sie sich?",
        subject="Ofen",
        by=company.nina.pk,
        promised_at=said,
        at=MONDAY_MORNING,
    )

    assert Promise.objects.get(conversation_id=message.conversation_id).due_at == said
