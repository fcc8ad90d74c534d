from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from golddraht.channels.operations import add_mailbox
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import NextTouchRefused, hand_over, receive_message, reply, set_next_touch
from golddraht.conversations.rules import Automatic, Status
from golddraht.customers.operations import recognise
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind, State
from golddraht.team.models import Membership
from tests.cast import MONDAY_MORNING, Company, a_conversation, a_message, valentina, words


def test_a_new_concern_has_an_owner_and_a_next_touch_in_opening_hours(company: Company) -> None:
    conversation = a_conversation()

    assert conversation.owner_id in {company.nina.pk, company.tom.pk}
    assert conversation.next_touch_at == MONDAY_MORNING + timedelta(hours=4)
    assert conversation.number == 1


def test_the_same_person_cares_again(company: Company) -> None:
    first = a_conversation()

    again = a_conversation(customer=valentina())

    assert again.owner_id == first.owner_id


def test_an_answer_is_a_touch_and_the_customer_is_waited_for(company: Company) -> None:
    add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    conversation = a_conversation()
    later = MONDAY_MORNING + timedelta(hours=1)

    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb reinigen.", at=later)

    conversation.refresh_from_db()
    assert conversation.status == Status.WAITING
    assert conversation.touched_at == later


def test_postgresql_refuses_a_live_conversation_without_a_next_touch(company: Company) -> None:
    conversation = a_conversation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk).update(next_touch_at=None)


def test_postgresql_refuses_an_owner_who_has_left(company: Company) -> None:
    conversation = a_conversation()
    hand_over(conversation_id=conversation.pk, to_id=company.tom.pk, by=company.nina.pk, at=MONDAY_MORNING)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=company.tom.pk).update(active=False)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_year_2099_is_no_next_touch(company: Company) -> None:
    message = a_message()

    with pytest.raises(NextTouchRefused):
        set_next_touch(
            conversation_id=message.conversation_id,
            next_touch_at=MONDAY_MORNING.replace(year=2099),
            by=company.nina.pk,
            at=MONDAY_MORNING,
        )


def test_who_writes_again_does_not_put_off_the_time_they_were_told(company: Company) -> None:
    add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    conversation = a_conversation()
    told = MONDAY_MORNING + timedelta(hours=2)
    reply(
        conversation_id=conversation.pk,
        author_id=company.nina.pk,
        text="Ich rufe um zwölf an.",
        next_touch_at=told,
        at=MONDAY_MORNING + timedelta(minutes=10),
    )

    receive_message(
        customer=valentina(),
        words=words("Gut. Und was kostet das?"),
        conversation=conversation,
        at=MONDAY_MORNING + timedelta(hours=1),
    )

    conversation.refresh_from_db()
    assert (conversation.status, conversation.next_touch_at) == (Status.OPEN, told)


def test_a_question_after_a_thank_you_is_promised_an_answer_and_acknowledged(company: Company) -> None:
    add_mailbox(address="service@heizwerk.example", sender_name="Heizwerk", is_default=True)
    thanks = a_message(text="Danke!", quiet_reason="THANKS")

    receive_message(
        customer=valentina(),
        words=words("Der Ofen raucht. Was nun?"),
        conversation=thanks.conversation,
        at=MONDAY_MORNING + timedelta(hours=1),
    )

    assert Promise.objects.filter(conversation=thanks.conversation, kind=Kind.FIRST_ANSWER).exists()
    assert Message.objects.filter(conversation=thanks.conversation, automatic=Automatic.RECEIPT).count() == 1


def test_a_mail_that_reaches_nobody_is_no_first_answer(company: Company) -> None:
    caller = recognise(
        channel="PHONE",
        address="+4315550199",
        shown="01 5550199",
        name="Ida Ohnepost",
        source="hand",
        at=MONDAY_MORNING,
    )
    conversation = a_conversation(customer=caller)

    reply(
        conversation_id=conversation.pk,
        author_id=company.nina.pk,
        text="Bitte das Sieb reinigen.",
        at=MONDAY_MORNING + timedelta(hours=1),
    )

    assert Promise.objects.get(conversation=conversation, kind=Kind.FIRST_ANSWER).state == State.OPEN
