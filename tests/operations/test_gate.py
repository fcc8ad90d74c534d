"""Everything that leaves passes one gate, which the database guards as well; what may not leave is kept and never sent."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings

from golddraht.channels.models import Delivery
from golddraht.channels.operations.composing import dispatch_of
from golddraht.channels.operations.delivering import claim
from golddraht.channels.operations.queueing import send_again
from golddraht.consent.models import ConsentAct, Permission, Refusal
from golddraht.consent.operations import (
    ConsentRefused,
    Passage,
    ask_to_confirm,
    confirm,
    give,
    object_to,
    pass_gate,
)
from golddraht.consent.queries import Wanted, may_leave
from golddraht.consent.queries.opting_in import confirm_path
from golddraht.consent.rules import Basis, MessageClass, Proof, Purpose, Reason, State, Way
from golddraht.conversations.models import Message, Milestone
from golddraht.conversations.operations import Words, receive_message, reply, start_conversation
from golddraht.conversations.operations.blocking import block_sender
from golddraht.conversations.operations.hearing import hear_objection
from golddraht.conversations.operations.offering import write_offer
from golddraht.conversations.rules import CLASS_OF, Automatic, Channel, Happening, Status
from golddraht.customers.models import Customer
from golddraht.plumbing import clock
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, a_message, valentina
from tests.mails import a_mail, a_mailbox, arrives

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _mailbox(company: Company) -> None:
    a_mailbox()


def allows(customer: Customer, *, at: Any = MONDAY_MORNING) -> ConsentAct:
    told = {"purpose": Purpose.NEWS, "ways": [Way.EMAIL], "proof": Proof.SIGNED, "words": "Formular 12"}
    return give(customer_id=customer.pk, at=at, **told)[0]


def offer(company: Company, customer: Customer, *, at: Any = MONDAY_MORNING + HOUR) -> Message | Passage:
    return write_offer(
        customer=customer,
        message_class=MessageClass.ADVERTISING,
        author_id=company.nina.pk,
        team_id=company.team.pk,
        subject="Neue Öfen",
        text="Wir haben neue Öfen.",
        at=at,
    )


def an_offer(company: Company, customer: Customer) -> Message:
    message = offer(company, customer)
    assert isinstance(message, Message)
    return message


def test_every_automatic_message_has_a_class() -> None:
    assert set(CLASS_OF) == set(Automatic)
    assert [one for one, kind in CLASS_OF.items() if kind is not MessageClass.SERVICE] == [Automatic.SATISFACTION]


def test_an_offer_leaves_with_its_reference_and_with_two_ways_out(company: Company) -> None:
    customer = valentina()
    act = allows(customer)
    message = an_offer(company, customer)
    delivery = Delivery.objects.get(message=message)
    assert delivery.message_class == message.message_class == "ADVERTISING"
    assert delivery.permission == message.permission and message.permission.act_id == act.pk
    with override_settings(BASE_URL="https://post.heizwerk.example"):
        mail = message_from_bytes(dispatch_of(delivery).content)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and "/k/abmelden/" in mail["List-Unsubscribe"]
    assert "/k/abmelden/" in message.text and "kostenlos" in message.text


def test_what_may_not_leave_is_kept_with_its_reason_and_nothing_is_written(company: Company) -> None:
    refused = offer(company, valentina())
    assert isinstance(refused, Passage) and refused.verdict.reason is Reason.NO_CONSENT
    assert not Message.objects.exists() and not Delivery.objects.exists()
    assert Refusal.objects.get().reason == "NO_CONSENT"


def test_whoever_objects_while_it_waits_is_not_written_to(company: Company) -> None:
    customer = valentina()
    allows(customer)
    delivery = Delivery.objects.get(message=an_offer(company, customer))
    object_to(customer_id=customer.pk, at=MONDAY_MORNING + HOUR + timedelta(seconds=5))
    for _ in range(2):
        assert claim(delivery_id=delivery.pk, at=MONDAY_MORNING + 2 * HOUR) is None
        delivery.refresh_from_db()
        assert delivery.state == "HELD" and "nicht" in delivery.answer
        # A person who sends it again meets the same gate.
        send_again(delivery_id=delivery.pk, at=MONDAY_MORNING + 2 * HOUR)
    assert {one.reason for one in Refusal.objects.all()} == {"OBJECTED"}


def test_what_is_still_allowed_leaves(company: Company) -> None:
    customer = valentina()
    allows(customer)
    delivery = Delivery.objects.get(message=an_offer(company, customer))
    assert claim(delivery_id=delivery.pk, at=MONDAY_MORNING + 2 * HOUR) is not None


def test_an_answer_to_whoever_objected_is_service_and_leaves(company: Company) -> None:
    conversation = a_conversation()
    object_to(customer_id=conversation.customer_id, at=MONDAY_MORNING)
    answer = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Gern.", at=MONDAY_MORNING + HOUR)
    delivery = Delivery.objects.get(message=answer)
    assert delivery.message_class == "SERVICE" and delivery.permission is None
    assert claim(delivery_id=delivery.pk, at=MONDAY_MORNING + 2 * HOUR) is not None


@pytest.mark.parametrize("table", ["conversations_message", "channels_delivery"])
@pytest.mark.parametrize("message_class", ["ADVERTISING", "SURVEY", "SURPRISE"])
def test_the_database_forbids_advertising_without_its_reference(
    company: Company, table: str, message_class: str
) -> None:
    customer = valentina()
    told = {"customer": customer, "author_id": company.nina.pk, "team_id": company.team.pk}
    start_conversation(subject="Ofen", text="Gern.", at=MONDAY_MORNING, **told)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET message_class = %s", [message_class])


def test_the_database_forbids_a_reference_of_another_class_or_another_company(company: Company) -> None:
    customer = valentina()
    allows(customer)
    message = an_offer(company, customer)
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        stranger = valentina()
        allows(stranger)
        foreign = pass_gate(Wanted(stranger.pk, MessageClass.ADVERTISING), at=MONDAY_MORNING + HOUR).permission
        assert foreign is not None
    for change in ({"message_class": "SURVEY"}, {"permission_id": foreign.pk}):
        for rows in (Message.objects.filter(pk=message.pk), Delivery.objects.filter(message=message)):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                rows.update(**change)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_forbids_a_permission_that_stands_on_nothing(company: Company) -> None:
    customer = valentina()
    told = {"customer_id": customer.pk, "purpose": "NEWS", "at": MONDAY_MORNING, "keep_until": "2031-01-01"}
    for basis, way, message_class in (
        ("CONSENT", "EMAIL", "ADVERTISING"),
        ("UNOPPOSED", "EMAIL", "ADVERTISING"),
        ("SERVICE", "EMAIL", "ADVERTISING"),
        ("UNOPPOSED", "LETTER", "SERVICE"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Permission.objects.create(basis=basis, way=way, message_class=message_class, **told)


def test_each_use_is_written_down_and_keeps_the_proof_anew(company: Company) -> None:
    customer = valentina()
    told = {"purpose": Purpose.NEWS, "ways": [Way.CALL], "proof": Proof.SPOKEN, "words": "Ja, rufen Sie an."}
    (act,) = give(customer_id=customer.pk, at=MONDAY_MORNING, **told)
    a_call = Wanted(customer.pk, MessageClass.ADVERTISING, way=Way.CALL)
    assert may_leave(a_call, at=MONDAY_MORNING + DAY).basis is Basis.CONSENT and not Permission.objects.exists()
    pass_gate(a_call, at=MONDAY_MORNING + 600 * DAY)
    use = Permission.objects.get()
    assert use.act_id == act.pk and use.keep_until > act.keep_until
    # Used after 600 days, it has not lapsed after 800.
    assert may_leave(a_call, at=MONDAY_MORNING + 800 * DAY).state is State.ALLOWED
    machine = Wanted(customer.pk, MessageClass.ADVERTISING, way=Way.ROBOT)
    assert pass_gate(machine, at=MONDAY_MORNING + DAY).verdict.reason is Reason.NO_CONSENT


def test_a_click_ends_offers_and_another_one_everything(company: Company) -> None:
    at = clock.now() - DAY
    customer = valentina(at=at)
    allows(customer, at=at)
    message = offer(company, customer, at=at + HOUR)
    assert isinstance(message, Message)
    with override_settings(BASE_URL="https://post.heizwerk.example"):
        mail = message_from_bytes(dispatch_of(Delivery.objects.get(message=message)).content)
    url = "/k/" + mail["List-Unsubscribe"].strip("<>").partition("/k/")[2]
    client = Client(enforce_csrf_checks=True)
    assert client.get(url).status_code == 200 and not ConsentAct.objects.filter(kind="OBJECTED").exists()
    for _ in range(2):
        assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ConsentAct.objects.get(kind="OBJECTED").purpose == "NEWS"
    assert may_leave(Wanted(customer.pk, MessageClass.ADVERTISING), at=clock.now()).reason is Reason.OBJECTED
    assert "Gar keine Werbung" in client.get(url).content.decode()
    client.post(url, {"everything": "1"})
    assert ConsentAct.objects.filter(kind="OBJECTED", purpose="").exists()
    assert "Gar keine Werbung" not in client.get(url).content.decode()


# Objections that arrive


def objections() -> list[tuple[str, str, str]]:
    return list(ConsentAct.objects.filter(kind="OBJECTED").values_list("words", "way", "purpose"))


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.PHONE, Channel.LETTER, Channel.VISIT])
def test_an_objection_is_heard_on_any_channel_as_it_arrives(company: Company, channel: Channel) -> None:
    customer = valentina()
    allows(customer)
    said = Words(channel=channel, text="Der Ofen läuft. Bitte keine Werbung mehr!", subject="Ofen", language="de")
    message = receive_message(customer=customer, words=said, at=MONDAY_MORNING + HOUR)
    assert objections() == [("Bitte keine Werbung mehr!", "", "")]
    assert ConsentAct.objects.get(kind="OBJECTED").message_id == message.pk
    assert may_leave(Wanted(customer.pk, MessageClass.ADVERTISING), at=MONDAY_MORNING + HOUR).reason is Reason.OBJECTED
    line = Milestone.objects.get(kind=Happening.WANTS_NO_ADVERTISING)
    assert (line.conversation_id, line.words) == (message.conversation_id, "Bitte keine Werbung mehr!")


def test_who_only_speaks_of_advertising_objects_to_nothing(company: Company) -> None:
    a_conversation(text="Die Werbung im Schaufenster war toll.")
    assert objections() == []


def test_a_newsletter_that_tells_how_to_leave_it_is_nobodys_objection(company: Company) -> None:
    a_conversation(text="Bitte keine Werbung mehr? Hier abmelden.", quiet_reason="NEWSLETTER")
    assert objections() == []


def test_the_same_message_is_heard_once(company: Company) -> None:
    message = a_message(text="Bitte keine Werbung mehr!")
    assert not hear_objection(message_id=message.pk, at=MONDAY_MORNING + HOUR)
    assert len(objections()) == 1


def test_whoever_is_blocked_is_heard_all_the_same(company: Company) -> None:
    valentina()
    block_sender(sender="valentina@kundin.example", by=company.nina.pk, at=MONDAY_MORNING)
    arrives(a_mail(text="Bitte keine Werbung mehr!"), at=MONDAY_MORNING + HOUR)
    assert len(objections()) == 1


# Double opt-in


def question(company: Company, customer: Customer, *, at: Any = MONDAY_MORNING) -> tuple[ConsentAct, Message]:
    act = ask_to_confirm(customer_id=customer.pk, purpose=Purpose.NEWS, at=at)
    return act, Message.objects.get(automatic=Automatic.CONSENT_QUESTION)


def test_asking_by_mail_is_service_without_advertising_and_no_consent_yet(company: Company) -> None:
    customer = valentina()
    act, message = question(company, customer)
    assert message.message_class == "SERVICE" and message.recipients == ["valentina@kundin.example"]
    assert confirm_path(act.pk) in message.text and act.text is not None and act.text.words in message.text
    assert Delivery.objects.get(message=message).state == "WAITING"
    assert message.conversation.status == Status.QUIET and not message.conversation.is_live()
    asked = may_leave(Wanted(customer.pk, MessageClass.ADVERTISING), at=MONDAY_MORNING + HOUR)
    assert asked.reason is Reason.UNCONFIRMED


def test_only_the_button_confirms_and_only_for_mail(company: Company) -> None:
    customer = valentina(at=clock.now())
    act, _ = question(company, customer, at=clock.now())
    client, url = Client(), confirm_path(act.pk)
    assert client.get(url).status_code == 200 and not ConsentAct.objects.filter(kind="CONFIRMED").exists()
    for _round in range(2):
        assert client.post(url).status_code == 302
    confirmed = ConsentAct.objects.get(kind="CONFIRMED")
    assert (confirmed.asked_id, confirmed.text_id, confirmed.network) == (act.pk, act.text_id, "127.0.0.1")
    assert may_leave(Wanted(customer.pk, MessageClass.ADVERTISING), at=clock.now()).act_id == confirmed.pk
    for way in (Way.CALL, Way.ROBOT, Way.SMS):
        assert may_leave(Wanted(customer.pk, MessageClass.ADVERTISING, way=way), at=clock.now()).state is State.REFUSED


def test_who_said_no_meanwhile_confirms_nothing_and_is_not_asked_again(company: Company) -> None:
    customer = valentina(at=clock.now())
    act, _ = question(company, customer, at=clock.now())
    with pytest.raises(ConsentRefused, match="lately"):
        ask_to_confirm(customer_id=customer.pk, purpose=Purpose.NEWS, at=clock.now())
    object_to(customer_id=customer.pk, at=clock.now())
    assert Client().post(confirm_path(act.pk)).status_code == 410
    assert not ConsentAct.objects.filter(kind="CONFIRMED").exists()
    with pytest.raises(ConsentRefused, match="themselves"):
        ask_to_confirm(customer_id=customer.pk, purpose=Purpose.NEWS, at=clock.now() + 60 * DAY)


def test_a_question_too_old_confirms_nothing(company: Company) -> None:
    act, _ = question(company, valentina())
    assert confirm(act_id=act.pk, at=MONDAY_MORNING + 31 * DAY) is None
