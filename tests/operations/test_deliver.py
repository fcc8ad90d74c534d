"""Mail goes out: never twice knowingly, and honestly unknown in the one gap that SMTP leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from golddraht.channels.carriers.smtp import deliver, drain_deliveries
from golddraht.channels.mail.reading import read
from golddraht.channels.models import Delivery, Mailbox, MailRecord
from golddraht.channels.operations import add_mailbox, hold_what_waits, recover_stuck, send_again
from golddraht.channels.operations.delivering import begin_handing_over, claim
from golddraht.channels.rules import GIVE_UP_AFTER, DeliveryState
from golddraht.conversations.models import Message, Milestone
from golddraht.conversations.operations import reply
from golddraht.conversations.rules import Status
from golddraht.customers.models import ContactPoint
from golddraht.ground.numbers import spoken
from golddraht.plumbing.models import Pause, Tenant
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Alarm
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation
from tests.journeys.smtp_peer import Peer, free_port, smtp_peer
from tests.mails import CARE, a_mail, arrives

LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with smtp_peer() as peer:
        yield peer


@pytest.fixture
def mailbox(company: Company, peer: Peer) -> Mailbox:
    return a_mailbox_at(peer.port)


def a_mailbox_at(port: int) -> Mailbox:
    return add_mailbox(
        address=CARE,
        sender_name="Heizwerk Service",
        is_default=True,
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_security="NONE",
    )


def an_answer(company: Company, mailbox: Mailbox) -> Delivery:
    """Nina's answer to Valentina, waiting."""
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    Delivery.objects.all().delete()  # The receipt is not what is looked at here.
    message = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=LATER)
    delivery: Delivery = Delivery.objects.get(message=message)
    return delivery


def attempt(company: Company, delivery: Delivery, *, after: timedelta = timedelta(0)) -> Delivery:
    deliver(tenant_id=company.tenant.pk, delivery_id=delivery.pk, at=LATER + after, step=1.0)
    delivery.refresh_from_db()
    return delivery


def test_an_answer_arrives_with_sender_number_and_a_way_back(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = attempt(company, an_answer(company, mailbox))

    mail = read(peer.taken[0])
    number = spoken(delivery.message.conversation.number)
    assert delivery.state == DeliveryState.ACCEPTED and "4711" in delivery.answer
    assert mail.from_ is not None and mail.from_.name == "Nina Aigner, Heizwerk" and mail.from_.address == CARE
    assert mail.subject == f"Re: Waschmaschine pumpt nicht ab [#{number}]"
    assert mail.in_reply_to == "first@kundin.example"
    assert mail.message_id == MailRecord.objects.get(message=delivery.message).mail_id
    assert mail.reply_to[0].address is not None and mail.reply_to[0].address.startswith("care+c")
    assert not mail.is_automatic and mail.text is not None and mail.html is not None


def test_the_answer_to_our_reply_address_comes_home(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = attempt(company, an_answer(company, mailbox))
    way_back = read(peer.taken[0]).reply_to[0].address

    answer = arrives(a_mail(to=str(way_back), subject="Danach", id_="z@kundin.example", text="Und nun?"), at=LATER)

    assert answer.conversation == delivery.message.conversation


def test_a_receipt_says_that_it_is_automatic(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    arrives(a_mail(), mailbox=mailbox)

    drain_deliveries(tenant_id=company.tenant.pk, at=LATER, step=1.0)

    mail = read(peer.taken[0])
    assert mail.from_ is not None and mail.from_.name == "Heizwerk Service"
    assert mail.auto_submitted == "auto-replied" and mail.loop_keys


def test_the_receipt_stands_below_the_mail_and_comes_from_the_mailbox_written_to(
    company: Company, mailbox: Mailbox, peer: Peer
) -> None:
    address = "reparatur@heizwerk.example"
    server = {"smtp_host": "127.0.0.1", "smtp_port": peer.port, "smtp_security": "NONE"}
    repairs = add_mailbox(address=address, sender_name="Werkstatt", **server)
    arrives(a_mail(to=address), mailbox=repairs)

    drain_deliveries(tenant_id=company.tenant.pk, at=LATER, step=1.0)

    mail = read(peer.taken[0])
    assert mail.from_ is not None and mail.from_.address == address
    assert mail.in_reply_to == "first@kundin.example" and mail.references == ("first@kundin.example",)


def test_an_umlaut_domain_is_written_as_servers_know_it(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = an_answer(company, mailbox)
    Delivery.objects.filter(pk=delivery.pk).update(recipient="valentina@möser.example")

    assert attempt(company, delivery).state == DeliveryState.ACCEPTED


def test_an_address_that_no_server_takes_is_refused_and_said(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = an_answer(company, mailbox)
    Delivery.objects.filter(pk=delivery.pk).update(recipient="valentina moser@kundin.example")

    assert attempt(company, delivery).state == DeliveryState.REFUSED
    assert peer.seen == 0


def test_nothing_is_sent_twice(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = an_answer(company, mailbox)

    for _ in range(3):
        attempt(company, delivery)

    assert len(peer.taken) == 1


def test_a_greylisting_server_is_asked_again_after_growing_pauses(
    company: Company, mailbox: Mailbox, peer: Peer
) -> None:
    peer.mood = "greylist"
    delivery = attempt(company, an_answer(company, mailbox))
    first = delivery.next_attempt_at
    again = attempt(company, delivery, after=timedelta(seconds=30))
    second = again.next_attempt_at
    peer.mood = "accept"

    too_early = attempt(company, delivery, after=timedelta(seconds=31))
    assert too_early.state == DeliveryState.WAITING and too_early.attempts == 2
    arrived = attempt(company, delivery, after=timedelta(seconds=90))

    assert first == LATER + timedelta(seconds=30)
    assert second == LATER + timedelta(seconds=90)
    assert arrived.state == DeliveryState.ACCEPTED and len(peer.taken) == 1


def test_a_refused_recipient_wakes_the_owner(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    peer.mood = "reject"

    delivery = attempt(company, an_answer(company, mailbox))

    conversation = delivery.message.conversation
    conversation.refresh_from_db()
    assert delivery.state == DeliveryState.REFUSED
    assert conversation.status == Status.OPEN
    assert Milestone.objects.filter(conversation=conversation, kind="NOT_DELIVERED").exists()
    assert ContactPoint.objects.get(address="valentina@kundin.example").unreachable_since == LATER


def test_a_refused_content_says_nothing_about_the_address(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    peer.mood = "refuse-mail"

    delivery = attempt(company, an_answer(company, mailbox))

    assert delivery.state == DeliveryState.REFUSED
    assert ContactPoint.objects.get(address="valentina@kundin.example").unreachable_since is None


def test_an_explicit_later_after_the_dot_may_be_tried_again(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    peer.mood = "later-mail"

    delivery = attempt(company, an_answer(company, mailbox))

    assert delivery.state == DeliveryState.WAITING


@pytest.mark.parametrize("mood", ["hang", "drop-before-dot"])
def test_what_was_not_handed_over_waits_for_another_try(
    company: Company, mailbox: Mailbox, peer: Peer, mood: str
) -> None:
    peer.mood = mood

    delivery = attempt(company, an_answer(company, mailbox))

    assert delivery.state == DeliveryState.WAITING and delivery.next_attempt_at == LATER + timedelta(seconds=30)


@pytest.mark.parametrize("mood", ["drop-after-dot", "hang-after-dot"])
def test_silence_after_the_dot_is_unknown_and_not_resent(
    company: Company, mailbox: Mailbox, peer: Peer, mood: str
) -> None:
    peer.mood = mood
    delivery = attempt(company, an_answer(company, mailbox))
    peer.mood = "accept"

    attempt(company, delivery, after=timedelta(days=1))
    drain_deliveries(tenant_id=company.tenant.pk, at=LATER + timedelta(days=1), step=1.0)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.UNKNOWN
    assert peer.seen == 1 and peer.taken == []
    assert Milestone.objects.filter(kind="DELIVERY_UNKNOWN").exists()


def test_a_person_may_send_an_unknown_one_again(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    peer.mood = "drop-after-dot"
    delivery = attempt(company, an_answer(company, mailbox))
    peer.mood = "accept"

    assert send_again(delivery_id=delivery.pk, at=LATER)

    assert attempt(company, delivery).state == DeliveryState.ACCEPTED


def test_a_server_that_cannot_be_reached_is_a_trouble_of_the_mailbox(company: Company) -> None:
    mailbox = a_mailbox_at(free_port())
    delivery = an_answer(company, mailbox)

    for after in (timedelta(0), timedelta(minutes=4)):
        attempt(company, delivery, after=after)

    mailbox.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING and delivery.attempts == 2
    assert mailbox.sending_failing_since == LATER and "127.0.0.1" in mailbox.sending_failure
    assert Alarm.objects.get(kind="mailbox-sending").subject == CARE


def test_after_many_tries_it_is_given_up_and_said(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    peer.mood = "greylist"
    delivery = an_answer(company, mailbox)
    Delivery.objects.filter(pk=delivery.pk).update(attempts=GIVE_UP_AFTER - 1)

    assert attempt(company, delivery).state == DeliveryState.REFUSED


def test_what_a_dead_process_left_behind_is_found(company: Company, mailbox: Mailbox) -> None:
    sending, handing = an_answer(company, mailbox), _another(company, mailbox)
    for delivery in (sending, handing):
        claim(delivery_id=delivery.pk, at=LATER)
    begin_handing_over(delivery_id=handing.pk, at=LATER)

    assert recover_stuck(at=LATER + timedelta(minutes=1)) == 0
    assert recover_stuck(at=LATER + timedelta(minutes=20)) == 2

    sending.refresh_from_db()
    handing.refresh_from_db()
    assert (sending.state, handing.state) == (DeliveryState.WAITING, DeliveryState.UNKNOWN)


def _another(company: Company, mailbox: Mailbox) -> Delivery:
    message = reply(
        conversation_id=Message.objects.first().conversation_id, author_id=company.nina.pk, text="Noch etwas.", at=LATER
    )
    delivery: Delivery = Delivery.objects.get(message=message)
    return delivery


def test_what_was_taken_back_meanwhile_is_not_handed_over(company: Company, mailbox: Mailbox) -> None:
    delivery = an_answer(company, mailbox)
    claim(delivery_id=delivery.pk, at=LATER)
    recover_stuck(at=LATER + timedelta(minutes=20))

    assert begin_handing_over(delivery_id=delivery.pk, at=LATER + timedelta(minutes=21)) is False


def test_an_address_that_came_back_is_not_written_to_again(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = an_answer(company, mailbox)
    ContactPoint.objects.update(unreachable_since=LATER)

    other = reply(
        conversation_id=delivery.message.conversation_id, author_id=company.nina.pk, text="Noch einmal.", at=LATER
    )

    assert other.recipients == []
    assert not Delivery.objects.filter(message=other).exists()
    assert Milestone.objects.filter(kind="NOT_DELIVERED").exists()


def test_a_paused_house_sends_nothing(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    Pause.objects.create(since=LATER, reason="restored")

    delivery = attempt(company, an_answer(company, mailbox))

    assert delivery.state == DeliveryState.WAITING and peer.seen == 0


def test_a_demo_never_reaches_a_real_server(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(is_demo=True)

    with override_settings(CATCHER_PORT=free_port()):
        delivery = attempt(company, an_answer(company, mailbox))

    assert delivery.state == DeliveryState.WAITING and peer.seen == 0


def test_a_private_host_that_nobody_allowed_is_not_connected_to(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    with override_settings(PRIVATE_HOSTS=[]):
        delivery = attempt(company, an_answer(company, mailbox))

    assert peer.seen == 0 and "GOLDDRAHT_PRIVATE_HOSTS" in delivery.answer


def test_handing_over_is_committed_before_the_server_can_have_the_mail(committed: None) -> None:
    company = a_company()
    with smtp_peer() as peer:
        with company.seen():
            delivery = an_answer(company, a_mailbox_at(peer.port))
        states: list[str] = []
        peer.on_mail = lambda: states.append(_state_elsewhere(company, delivery))

        deliver(tenant_id=company.tenant.pk, delivery_id=delivery.pk, at=LATER, step=5.0)

        assert states == [DeliveryState.HANDING_OVER]
        assert _state_elsewhere(company, delivery) == DeliveryState.ACCEPTED


def test_what_the_server_said_is_not_forgotten_when_the_database_goes_away_meanwhile(committed: None) -> None:
    company = a_company()
    with smtp_peer() as peer:
        with company.seen():
            delivery = an_answer(company, a_mailbox_at(peer.port))
        peer.on_mail = _end_all_connections

        deliver(tenant_id=company.tenant.pk, delivery_id=delivery.pk, at=LATER, step=5.0)

        assert len(peer.taken) == 1
        assert _state_elsewhere(company, delivery) == DeliveryState.ACCEPTED


def _end_all_connections() -> None:
    """As when the database restarts after the death of one of its processes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    connection.close()


def _state_elsewhere(company: Company, delivery: Delivery) -> str:
    from django.db import connection

    with seeing(company.tenant.pk):
        state: str = Delivery.objects.values_list("state", flat=True).get(pk=delivery.pk)
    connection.close()
    return state


def test_a_copy_sends_nothing_that_its_original_may_have_sent(mailbox: Mailbox) -> None:
    conversation = a_conversation()
    reply(conversation_id=conversation.pk, author_id=conversation.owner_id, text="Wir kommen am Dienstag.", at=LATER)

    held = hold_what_waits(why="restored", at=LATER)

    assert held == 2  # The receipt and the answer.
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.HELD}
