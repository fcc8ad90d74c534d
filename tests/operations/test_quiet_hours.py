"""In somebody's quiet hours nothing comes that nobody waits for, whoever else is served at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from golddraht.channels.models import Delivery
from golddraht.channels.operations.delivering import claim
from golddraht.channels.queries import deliveries_of
from golddraht.channels.rules import DeliveryState
from golddraht.consent.operations import set_quiet_hours
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import escalate_overdue, hand_over, reply
from golddraht.conversations.rules import Automatic
from golddraht.pages.conversation.thread import delivery_words
from tests.cast import MONDAY_MORNING, Company, a_conversation, a_message
from tests.mails import a_mail, a_mailbox, arrives

A_MINUTE = timedelta(minutes=1)
EVENING = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)  # 20:00 in Berlin.
QUIET_ENDS = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)  # 9:00 in Berlin.


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


def quiet(conversation: Conversation, hours: str) -> None:
    set_quiet_hours(customer_id=conversation.customer_id, hours=hours, at=MONDAY_MORNING)


def overdue(hours: str) -> tuple[Conversation, datetime]:
    """A concern whose next touch has passed, of somebody with these quiet hours."""
    conversation = a_conversation()
    quiet(conversation, hours)
    assert conversation.next_touch_at is not None
    return conversation, conversation.next_touch_at + A_MINUTE


def interim() -> Delivery:
    found: Delivery = Delivery.objects.get(message__automatic=Automatic.INTERIM)
    return found


def here(clock: str, day: int = 16) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}:00+01:00")


def test_an_interim_message_waits_for_their_end_and_says_so(company: Company) -> None:
    _, at = overdue("11:00–18:00")
    escalate_overdue(at=at)

    delivery = interim()
    words, how = delivery_words(deliveries_of([delivery.message_id])[delivery.message_id], at)

    assert delivery.next_attempt_at == here("18:00") and claim(delivery_id=delivery.pk, at=at) is None
    assert how == "soon" and "18:00" in words
    assert claim(delivery_id=delivery.pk, at=here("18:00")) is not None


def test_the_new_time_is_still_to_come_when_they_read_of_it(company: Company) -> None:
    """Without quiet hours it would have been announced for an hour in which they do not read."""
    conversation, at = overdue(f"11:00–{10}:59")
    escalate_overdue(at=at)

    conversation.refresh_from_db()
    assert conversation.next_touch_at is not None and conversation.next_touch_at > (interim().next_attempt_at or at)


def test_quiet_hours_that_begin_while_it_waits_are_kept(company: Company) -> None:
    conversation, at = overdue("")
    escalate_overdue(at=at)
    delivery = interim()
    set_quiet_hours(customer_id=conversation.customer_id, hours="11:00–19:00", at=at)

    assert claim(delivery_id=delivery.pk, at=at) is None

    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.WAITING, here("19:00"))


@pytest.mark.parametrize("who", ["colleague", "customer"])
def test_it_does_not_leave_once_a_person_has_spoken(company: Company, who: str) -> None:
    conversation, at = overdue("11:00–18:00")
    escalate_overdue(at=at)
    if who == "colleague":
        reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=at + A_MINUTE)
    else:
        a_message(text="Hat sich erledigt?", at=at + A_MINUTE)
        Message.objects.filter(direction="IN").update(conversation=conversation)

    delivery = interim()
    assert claim(delivery_id=delivery.pk, at=here("18:00")) is None
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.HELD and "Inzwischen hat jemand" in delivery.answer


def test_a_handing_over_can_wait_as_well(company: Company) -> None:
    conversation = a_conversation()
    quiet(conversation, "20:00–9:00")

    hand_over(conversation_id=conversation.pk, to_id=company.tom.pk, by=company.nina.pk, tells=True, at=EVENING)

    assert Delivery.objects.get(message__automatic=Automatic.HANDOVER).next_attempt_at == QUIET_ENDS


def test_whoever_writes_at_night_has_their_receipt_and_answer_at_once(company: Company) -> None:
    first = arrives(a_mail()).conversation
    quiet(first, "0:00–23:59")
    again = arrives(a_mail(id_="zwei@kundin.example", subject="Noch etwas anderes")).conversation
    answer = reply(conversation_id=first.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=EVENING)

    receipt = Delivery.objects.get(message__automatic=Automatic.RECEIPT, message__conversation=again)
    mail = Delivery.objects.get(message=answer)
    assert receipt.next_attempt_at is not None and receipt.next_attempt_at <= receipt.created_at
    assert mail.next_attempt_at == EVENING and claim(delivery_id=mail.pk, at=EVENING) is not None
