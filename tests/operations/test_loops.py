"""Two machines that write to each other: it ends after one exchange, and somebody is told when one does not stop."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from golddraht.channels.mail.reading import read
from golddraht.channels.models import Delivery, Mailbox
from golddraht.channels.operations import add_mailbox, sweep
from golddraht.channels.operations.composing import dispatch_of
from golddraht.channels.rules import DeliveryState
from golddraht.conversations.models import Conversation, Message, Milestone
from golddraht.conversations.operations import reply, write_automatic
from golddraht.conversations.operations.looping import MANY
from golddraht.conversations.rules import Automatic, Status
from golddraht.promises.models import Promise
from golddraht.team.models import Alarm
from tests.cast import MONDAY_MORNING, Company, a_company
from tests.mails import CARE, a_mail, a_mailbox, arrives

Answering = Callable[[bytes, int], bytes]
HERE, THERE = CARE, "hilfe@moebelhaus.example"
ROUND = timedelta(seconds=20)


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


def leaving(*, to: str = "") -> list[bytes]:
    """What waits to leave the house, taken by the other side."""
    rows = Delivery.objects.filter(state=DeliveryState.WAITING).select_related("mailbox", "message").order_by("pk")
    taken = [dispatch_of(row).content for row in rows if not to or row.recipient == to]
    rows.update(state=DeliveryState.ACCEPTED)
    return taken


def automatic() -> int:
    return int(Message.objects.exclude(automatic="").count())


def exchange(machine: Answering, *, rounds: int = 12, pause: timedelta = ROUND) -> int:
    """Whatever we send the machine answers, until nothing leaves any more. Gives how many rounds there were."""
    at = MONDAY_MORNING
    for number in range(rounds):
        at += pause
        mails = leaving()
        if not mails:
            return number
        for mail in mails:
            arrives(machine(mail, number), at=at)
    return rounds


def test_two_houses_of_ours_say_one_receipt_and_no_more(committed: None) -> None:
    one, other = a_company(), a_company("moebelhaus", "Möbelhaus")
    with one.seen():
        a_mailbox()
    with other.seen():
        add_mailbox(address=THERE, sender_name="Möbelhaus Hilfe", is_default=True)
    with one.seen():
        arrives(a_mail(from_=f"Möbelhaus <{THERE}>", text="Wann kommt unsere Lieferung? Wir warten."))
    houses, count = (other, one), 0
    for number in range(8):
        with houses[(number + 1) % 2].seen():
            mails = leaving()
        for mail in mails:
            with houses[number % 2].seen():
                arrives(mail, at=MONDAY_MORNING + number * ROUND)
    for house in (one, other):
        with house.seen():
            count += automatic()

    assert count == 1


def without_headers(mail: bytes, number: int) -> bytes:
    """A machine that says nothing of being one, forgets what it answers and writes under a subject of its own."""
    assert b"Auto-Submitted" in mail
    return a_mail(
        subject=f"Ihre Anfrage bei Kundin GmbH ({4711 + number})",
        id_=f"{number}@kundin.example",
        text=f"Guten Tag,\n\nIhr Anliegen wird unter {4711 + number} bearbeitet. Kennen Sie schon unser Portal?\n",
        at=MONDAY_MORNING + number * ROUND,
    )


def ignoring_us(mail: bytes, number: int) -> bytes:
    """A customer's absence note that answers everything, into its thread."""
    known = read(mail)
    return a_mail(
        subject=f"Re: {known.subject}",
        id_=f"{number}@kundin.example",
        references=(str(known.message_id),),
        text="Hallo, ich bin auf Reisen und lese Post erst wieder am Montag. Was wollten Sie?\n",
        at=MONDAY_MORNING + number * ROUND,
    )


def quoting_us(mail: bytes, number: int) -> bytes:
    """A helpdesk that answers hours later with our own words in it."""
    subject = message_from_bytes(mail, policy=policy.default)["Subject"]
    return a_mail(
        subject=f"Neuer Vorgang: {subject}",
        id_=f"{number}@kundin.example",
        text=f"Wir kümmern uns. Sie schrieben: {re.sub(r'[^ -~]', '', str(subject))}",
    )


@pytest.mark.parametrize("machine", [without_headers, ignoring_us])
def test_a_machine_that_does_not_say_so_gets_one_receipt(mailbox: Mailbox, machine: Answering) -> None:
    arrives(a_mail(), mailbox=mailbox)

    rounds = exchange(machine)

    assert rounds == 1 and automatic() == 1


@pytest.mark.parametrize("machine", [without_headers, quoting_us])
def test_a_slow_machine_gets_few(mailbox: Mailbox, machine: Answering) -> None:
    arrives(a_mail(), mailbox=mailbox)

    exchange(machine, pause=timedelta(minutes=20))

    assert automatic() <= 2


def test_what_a_machine_may_have_written_keeps_owner_promise_and_next_touch(mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)
    exchange(without_headers)

    second = Conversation.objects.order_by("pk")[1]

    assert second.machine_like_at is not None and second.status == Status.OPEN
    assert second.owner_id and second.next_touch_at
    assert Promise.objects.filter(conversation=second, state="OPEN").count() == 1
    assert Milestone.objects.filter(conversation=second, kind="MACHINE_LIKE").count() == 1


def test_nothing_automatic_is_said_there_until_a_person_of_ours_wrote(company: Company, mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)
    exchange(without_headers)
    second = Conversation.objects.order_by("pk")[1]
    later = MONDAY_MORNING + timedelta(hours=1)

    def interim(at: datetime) -> Message | None:
        return write_automatic(conversation_id=second.pk, kind=Automatic.INTERIM, subject="", text="Wir", at=at)

    before = interim(later)
    reply(conversation_id=second.pk, author_id=company.nina.pk, text="Sind Sie ein Mensch?", at=later)

    assert before is None and interim(later) is not None


def test_a_person_with_a_second_concern_an_hour_later_gets_a_receipt(mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)

    arrives(
        a_mail(subject="Herd", id_="two@kundin.example", text="Mein Herd heizt auch nicht mehr. Wer hilft mir?"),
        mailbox=mailbox,
        at=MONDAY_MORNING + timedelta(hours=1),
    )

    assert automatic() == 2


def test_a_machine_that_goes_on_and_on_is_told_to_somebody_once(mailbox: Mailbox) -> None:
    arrives(a_mail(), mailbox=mailbox)

    for number in range(MANY + 4):
        arrives(without_headers(b"Auto-Submitted", number), at=MONDAY_MORNING + (number + 1) * ROUND)

    alarms = Alarm.objects.filter(kind="loop")
    assert automatic() == 1 and alarms.count() == 1 and "Valentina Moser" in alarms[0].words
    sweep(at=MONDAY_MORNING + timedelta(hours=8))
    assert alarms.filter(cleared_at=None).count() == 0
