from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import receive_message
from golddraht.conversations.rules import Automatic, Channel
from golddraht.customers.operations import meet
from golddraht.ground.numbers import spoken
from golddraht.promises.operations import acknowledge, make_promise
from golddraht.promises.rules import Kind
from tests.cast import MONDAY_MORNING, Company, a_conversation, a_message, bjoern, valentina, words

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def receipts() -> list[Message]:
    return list(Message.objects.filter(automatic=Automatic.RECEIPT).order_by("pk"))


def an_announced_delivery(company: Company, customer_id: int, **changed: Any) -> None:
    wishes: dict[str, Any] = {
        "customer_id": customer_id,
        "conversation_id": None,
        "owner_id": company.nina.pk,
        "kind": Kind.DELIVERY,
        "what": "Lieferung des Kaminofens",
        "reference": "88-2041",
        "starts_at": MONDAY_MORNING + DAY + 2 * HOUR,
        "due_at": MONDAY_MORNING + DAY + 4 * HOUR,
        "by": company.nina.pk,
        "at": MONDAY_MORNING,
    }
    make_promise(**(wishes | changed))


def test_a_receipt_says_what_was_understood_who_cares_until_when_and_the_number(company: Company) -> None:
    conversation = a_conversation()

    (receipt,) = receipts()
    assert conversation.owner is not None
    assert "Valentina Moser" in receipt.text
    assert "Meine Waschmaschine pumpt nicht ab." in receipt.text
    assert conversation.owner.name in receipt.text
    assert "heute um 14:00 Uhr" in receipt.text
    assert spoken(conversation.number) in receipt.text
    assert "\nHeizwerk\n\nAlle Ihre Anliegen" in receipt.text


def test_a_receipt_in_english_says_that_it_is_automatic(company: Company) -> None:
    said = replace(words("My washing machine does not pump any more."), language="en")

    receive_message(customer=valentina(), words=said, at=MONDAY_MORNING)

    (receipt,) = receipts()
    assert "written automatically" in receipt.text
    assert "we will not leave you alone with it" in receipt.text
    assert "today at 14:00" in receipt.text


def test_what_is_known_of_the_matter_is_said(company: Company) -> None:
    customer = valentina()
    an_announced_delivery(company, customer.pk)
    an_announced_delivery(company, customer.pk, what="Ofenrohr", reference="88-9999")

    a_message(customer=customer, text="Wann kommt meine Bestellung 88-2041?")

    (receipt,) = receipts()
    assert "Lieferung des Kaminofens (88-2041)" in receipt.text
    assert "morgen, 12:00–14:00 Uhr" in receipt.text
    assert "Ofenrohr" not in receipt.text


def test_a_stranger_who_quotes_a_number_learns_nothing(company: Company) -> None:
    an_announced_delivery(company, valentina().pk)

    a_message(customer=bjoern(), text="Wann kommt die Bestellung 88-2041?")

    (receipt,) = receipts()
    assert "Kaminofen" not in receipt.text


def test_a_machine_gets_no_receipt(company: Company) -> None:
    a_message(machine_kind="OUT_OF_OFFICE")

    assert receipts() == []


def test_thanks_get_no_receipt(company: Company) -> None:
    a_message(text="Danke!", quiet_reason="THANKS")

    assert receipts() == []


def test_a_further_message_gets_no_receipt(company: Company) -> None:
    conversation = a_conversation()

    receive_message(
        customer=conversation.customer, words=words("Es eilt!"), conversation=conversation, at=MONDAY_MORNING
    )

    assert len(receipts()) == 1


def test_nobody_gets_a_second_receipt(company: Company) -> None:
    message = a_message()

    again = acknowledge(conversation_id=message.conversation_id, message_id=message.pk, at=MONDAY_MORNING)

    assert again is None and len(receipts()) == 1


def test_a_call_of_somebody_without_a_mail_address_gets_no_receipt(company: Company) -> None:
    caller = meet(name="Karl ohne Mail", source="member", at=MONDAY_MORNING)

    receive_message(customer=caller, words=replace(words(), channel=Channel.PHONE), at=MONDAY_MORNING)

    assert receipts() == []


def test_a_receipt_counts_into_the_nuisance_budget(company: Company) -> None:
    conversation = a_conversation()

    conversation.refresh_from_db()
    assert conversation.automatic_in_a_row == 1


def test_two_machines_do_not_write_receipts_to_each_other_for_ever(company: Company) -> None:
    for minute in range(8):
        a_message(at=MONDAY_MORNING + timedelta(minutes=minute))

    assert len(receipts()) == 1
    assert Conversation.objects.count() == 8


def test_whoever_writes_very_often_gets_five_receipts_a_day(company: Company) -> None:
    machines = ("Herd", "Ofen", "Trockner", "Toaster", "Kocher", "Kühler", "Mixer", "Sauger")
    for hour, name in enumerate(machines):
        a_message(text=f"Mein {name} ist kaputt. Was nun?", subject=name, at=MONDAY_MORNING + timedelta(hours=hour))

    assert len(receipts()) == 5
    assert Conversation.objects.count() == 8
