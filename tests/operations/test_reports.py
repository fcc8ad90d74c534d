"""Reports about our mails: tied to the message and the address, hard and soft told apart, complaints noted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.channels.mail.reading import read
from golddraht.channels.models import Delivery, Mailbox, MailRecord
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.operations.composing import dispatch_of
from golddraht.channels.rules import PAUSES_AFTER_RETURN, DeliveryState, Thread
from golddraht.conversations.models import Message, Milestone
from golddraht.conversations.operations import reply, write_automatic
from golddraht.conversations.rules import Automatic, Status
from golddraht.customers.models import ContactPoint
from golddraht.promises.models import Promise
from golddraht.promises.rules import State
from tests.cast import MONDAY_MORNING, Company
from tests.mails import CARE, a_mail, a_mailbox, a_report, arrives

LATER = MONDAY_MORNING + timedelta(hours=1)
AFTER = LATER + timedelta(minutes=5)
V = "valentina@kundin.example"


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


def sent(company: Company, mailbox: Mailbox, **more: str) -> Delivery:
    """Nina's answer, taken by the customer's server."""
    concern = arrives(a_mail(**more), mailbox=mailbox).conversation
    message = reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=LATER)
    Delivery.objects.filter(message=message).update(state=DeliveryState.ACCEPTED, attempts=1)
    delivery: Delivery = Delivery.objects.filter(message=message).order_by("pk")[0]
    return delivery


def point(address: str = V) -> ContactPoint:
    found: ContactPoint = ContactPoint.objects.get(address=address)
    return found


def a_wild_report(returned: str, *, reason: str = "user unknown", recipient: str = V) -> bytes:
    text = f"Your mail could not be delivered.\n\n<{recipient}>: {reason}\n\n--- original message headers ---\n\n{returned}\n"
    return a_mail(
        from_="Mail Delivery System <MAILER-DAEMON@alt.example>",
        subject="Undelivered Mail Returned to Sender",
        id_="wild@alt.example",
        text=text,
    )


def test_a_hard_bounce_marks_the_address_with_who_said_so_and_how(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)

    arrives(a_report(delivery), mailbox=mailbox, at=AFTER)

    assert point().unreachable_since == AFTER
    assert (
        point().unreachable_source == "mail:report" and point().unreachable_evidence == "5.1.1 550 5.1.1 user unknown"
    )


def test_whoever_writes_from_a_dead_address_can_be_reached_again(company: Company, mailbox: Mailbox) -> None:
    arrives(a_report(sent(company, mailbox)), mailbox=mailbox, at=AFTER)

    arrives(a_mail(id_="again@kundin.example", text="Hallo? Hört mich jemand?"), at=AFTER + timedelta(hours=1))

    assert point().unreachable_since is None and not point().unreachable_evidence


def test_a_full_mailbox_is_tried_again_twice_and_then_said(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)
    seen = []

    for number in range(3):
        at = AFTER + timedelta(days=number)
        full = a_report(delivery, status="5.2.2", words="mailbox full", id_=f"full{number}@peer.example")
        arrives(full, mailbox=mailbox, at=at)
        delivery.refresh_from_db()
        seen.append((delivery.state, delivery.next_attempt_at and delivery.next_attempt_at - at))
        Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(state=DeliveryState.ACCEPTED)

    waiting = DeliveryState.WAITING
    assert seen[:2] == [(waiting, PAUSES_AFTER_RETURN[0]), (waiting, PAUSES_AFTER_RETURN[1])]
    delivery.refresh_from_db()
    assert delivery.bounced_at is not None and point().unreachable_since is None
    assert Milestone.objects.filter(kind="NOT_DELIVERED").count() == 1


def test_two_reports_about_one_attempt_are_one(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)

    for number in range(2):
        arrives(a_report(delivery, status="4.2.2", words="mailbox full", id_=f"{number}@peer.example"), at=AFTER)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING and delivery.returned == 1


def test_a_refusal_of_our_server_says_nothing_about_the_address(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)

    arrives(a_report(delivery, status="5.7.1", words="blocked by policy"), mailbox=mailbox, at=AFTER)

    delivery.refresh_from_db()
    assert delivery.bounced_at == AFTER and delivery.message.conversation.status == Status.OPEN
    assert point().unreachable_since is None


def test_what_is_sent_carries_the_token_of_its_delivery(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)

    content = dispatch_of(delivery).content.decode()

    assert f"X-Golddraht-Delivery: {token_for(Thread.DELIVERY, delivery.pk)}" in content
    assert not read(content.encode()).is_automatic


@pytest.mark.parametrize("way", ["delivery token", "reply token"])
def test_a_report_whose_server_changed_our_id_is_tied_by_token(company: Company, mailbox: Mailbox, way: str) -> None:
    delivery = sent(company, mailbox)
    conversation_id = delivery.message.conversation_id
    returned = {
        "delivery token": f"X-Golddraht-Delivery: {token_for(Thread.DELIVERY, delivery.pk)}",
        "reply token": f"Reply-To: care+{token_for(Thread.CONVERSATION, conversation_id)}@heizwerk.example",
    }[way]

    report = arrives(a_wild_report(returned), mailbox=mailbox, at=AFTER)

    delivery.refresh_from_db()
    assert report.conversation_id == conversation_id and report.machine_kind == "bounce"
    assert delivery.bounced_at == AFTER and point().unreachable_since == AFTER


def test_a_report_with_a_token_that_somebody_made_up_does_nothing(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)

    arrives(a_wild_report(f"X-Golddraht-Delivery: d{delivery.pk:x}-0123456789abcdef"), mailbox=mailbox, at=AFTER)

    delivery.refresh_from_db()
    assert delivery.bounced_at is None and point().unreachable_since is None


def test_of_several_recipients_the_one_that_failed_is_marked(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox, Cc="sohn@familie.example")
    son = Delivery.objects.get(message=delivery.message, recipient="sohn@familie.example")

    arrives(a_report(son), mailbox=mailbox, at=AFTER)

    delivery.refresh_from_db()
    son.refresh_from_db()
    assert son.bounced_at == AFTER and delivery.bounced_at is None
    assert Promise.objects.get(answered_with=delivery.message).state == State.KEPT


def test_a_forwarded_address_is_found_by_the_token_and_not_marked_dead(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox, Cc="sohn@familie.example")
    token = token_for(Thread.DELIVERY, delivery.pk)

    arrives(a_wild_report(f"X-Golddraht-Delivery: {token}", recipient="vm@firma.example"), mailbox=mailbox, at=AFTER)

    delivery.refresh_from_db()
    assert delivery.bounced_at == AFTER and point().unreachable_since is None


FEEDBACK = """From: Feedback Loop <fbl@provider.example>
To: {to}
Subject: FW: Re: Waschmaschine
Message-ID: <arf@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider-FBL/1.0
Version: 1

--b
Content-Type: message/rfc822

Message-ID: <{mail_id}>
Subject: Re: Waschmaschine

Hallo
--b--
"""


def a_complaint(mail_id: str, *, kind: str = "abuse") -> bytes:
    return FEEDBACK.format(to=CARE, mail_id=mail_id, kind=kind).replace("\n", "\r\n").encode()


def test_a_complaint_is_noted_where_the_customer_is_reached(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)
    mail_id = MailRecord.objects.get(message=delivery.message).mail_id

    report = arrives(a_complaint(mail_id), mailbox=mailbox, at=AFTER)

    concern = delivery.message.conversation
    assert report.conversation_id == concern.pk and report.machine_kind == "feedback-report"
    assert point().complained_at == AFTER and point().complaint == "abuse Provider-FBL/1.0"
    assert Milestone.objects.filter(conversation=concern, kind="COMPLAINED").count() == 1
    assert point().unreachable_since is None


def test_nothing_automatic_is_sent_to_whoever_complained_until_they_write(company: Company, mailbox: Mailbox) -> None:
    delivery = sent(company, mailbox)
    concern = delivery.message.conversation
    arrives(a_complaint(MailRecord.objects.get(message=delivery.message).mail_id), mailbox=mailbox, at=AFTER)

    def interim() -> Message | None:
        return write_automatic(
            conversation_id=concern.pk, kind=Automatic.INTERIM, subject="", text="Wir sind dran.", at=AFTER
        )

    silent = interim()
    arrives(a_mail(id_="more@kundin.example", text="Und wann?"), mailbox=mailbox, at=AFTER + timedelta(hours=1))

    assert silent is None and interim() is not None


@pytest.mark.parametrize(("mail_id", "kind"), [("made-up@heizwerk.example", "abuse"), ("", "not-spam")])
def test_a_forged_complaint_or_a_withdrawn_one_notes_nothing(
    company: Company, mailbox: Mailbox, mail_id: str, kind: str
) -> None:
    delivery = sent(company, mailbox)
    known = MailRecord.objects.get(message=delivery.message).mail_id

    arrives(a_complaint(mail_id or known, kind=kind), mailbox=mailbox, at=AFTER)

    assert point().complained_at is None
