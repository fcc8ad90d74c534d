"""An answer that never arrived is none: it keeps no promise, and whoever cares hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from golddraht.channels.carriers.smtp import deliver
from golddraht.channels.models import Delivery, Mailbox, MailRecord
from golddraht.channels.operations import add_mailbox, send_again, sweep
from golddraht.channels.rules import DOUBTED_FOR, DeliveryState
from golddraht.conversations.models import Conversation, Message, Milestone, Solution
from golddraht.conversations.operations import propose_solution, reply
from golddraht.conversations.rules import Channel, Status
from golddraht.promises.models import Promise
from golddraht.promises.operations import sweep as sweep_promises
from golddraht.promises.queries import kept_rate
from golddraht.promises.rules import Kind, State
from tests.cast import MONDAY_MORNING, Company
from tests.journeys.smtp_peer import Peer, smtp_peer
from tests.mails import CARE, a_mail, a_report, arrives

SOON = MONDAY_MORNING + timedelta(minutes=20)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with smtp_peer() as peer:
        yield peer


@pytest.fixture
def mailbox(company: Company, peer: Peer) -> Mailbox:
    return add_mailbox(
        address=CARE,
        sender_name="Heizwerk Service",
        is_default=True,
        smtp_host="127.0.0.1",
        smtp_port=peer.port,
        smtp_security="NONE",
    )


def an_answer(company: Company, mailbox: Mailbox) -> Delivery:
    conversation = arrives(a_mail(), mailbox=mailbox).conversation
    message = reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=SOON)
    delivery: Delivery = Delivery.objects.get(message=message)
    return delivery


def attempted(company: Company, delivery: Delivery, *, after: timedelta = timedelta(0)) -> Delivery:
    deliver(tenant_id=company.tenant.pk, delivery_id=delivery.pk, at=SOON + after, step=1.0)
    delivery.refresh_from_db()
    return delivery


def first_answers(delivery: Delivery) -> list[Promise]:
    rows = Promise.objects.filter(conversation_id=delivery.message.conversation_id, kind=Kind.FIRST_ANSWER)
    return list(rows.order_by("pk"))


def the_concern(delivery: Delivery) -> Conversation:
    return Conversation.objects.get(pk=delivery.message.conversation_id)


def test_an_answer_that_is_on_its_way_keeps_the_promise(company: Company, mailbox: Mailbox) -> None:
    delivery = an_answer(company, mailbox)

    (promise,) = first_answers(delivery)

    assert promise.state == State.KEPT and promise.answered_with == delivery.message


def test_a_refused_answer_opens_the_promise_again_while_there_is_time(
    company: Company, mailbox: Mailbox, peer: Peer
) -> None:
    delivery = an_answer(company, mailbox)
    peer.mood = "reject"

    attempted(company, delivery)

    (promise,) = first_answers(delivery)
    concern = the_concern(delivery)
    assert delivery.state == DeliveryState.REFUSED
    assert promise.state == State.OPEN and promise.settled_at is None and promise.withdrawn_at is not None
    assert concern.status == Status.OPEN and concern.owner_id == company.nina.pk
    assert concern.next_touch_at is not None and concern.next_touch_at <= promise.due_at
    assert Milestone.objects.filter(conversation=concern, kind="ANSWER_WITHDRAWN").count() == 1


def test_a_bounce_after_the_promised_time_breaks_the_promise_and_makes_a_new_one(
    company: Company, mailbox: Mailbox
) -> None:
    delivery = attempted(company, an_answer(company, mailbox))
    due_at = first_answers(delivery)[0].due_at

    arrives(a_report(delivery), mailbox=mailbox, at=due_at + timedelta(days=1))

    broken, successor = first_answers(delivery)
    rate = kept_rate(viewer=company.viewer(company.lea), since=MONDAY_MORNING, until=due_at + timedelta(hours=1))
    assert broken.state == State.BROKEN and broken.withdrawn_at is not None
    assert successor.state == State.OPEN and successor.due_at == the_concern(delivery).next_touch_at
    assert (rate.kept, rate.broken) == (0, 1)


def test_the_same_bounce_twice_is_taken_back_once(company: Company, mailbox: Mailbox) -> None:
    delivery = attempted(company, an_answer(company, mailbox))

    arrives(a_report(delivery), mailbox=mailbox, at=SOON + timedelta(minutes=5))
    arrives(a_report(delivery, id_="again@peer.example"), mailbox=mailbox, at=SOON + timedelta(minutes=6))

    assert [one.state for one in first_answers(delivery)] == [State.OPEN]
    assert Milestone.objects.filter(kind="ANSWER_WITHDRAWN").count() == 1


def test_an_answer_on_the_telephone_keeps_what_the_lost_one_did_not(
    company: Company, mailbox: Mailbox, peer: Peer
) -> None:
    delivery = an_answer(company, mailbox)
    peer.mood = "reject"
    attempted(company, delivery)

    reply(
        conversation_id=delivery.message.conversation_id,
        author_id=company.nina.pk,
        text="Angerufen: Das Sieb war es.",
        channel=Channel.PHONE,
        at=SOON + timedelta(minutes=10),
    )

    (promise,) = first_answers(delivery)
    assert promise.state == State.KEPT and promise.answered_with != delivery.message


def test_another_answer_that_arrived_stands_in_for_the_lost_one(company: Company, mailbox: Mailbox) -> None:
    first = attempted(company, an_answer(company, mailbox))
    later = reply(
        conversation_id=first.message.conversation_id,
        author_id=company.nina.pk,
        text="Noch etwas: Bitte vorher den Strom abschalten.",
        at=SOON + timedelta(minutes=5),
    )

    arrives(a_report(first, status="5.7.1", words="looks like spam"), mailbox=mailbox, at=SOON + timedelta(hours=1))

    (promise,) = first_answers(first)
    assert promise.state == State.KEPT and promise.answered_with == later


def test_what_is_held_is_no_answer_until_it_is_sent(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    Mailbox.objects.update(active=False)
    message = reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=SOON)
    delivery = Delivery.objects.get(message=message)
    (held,) = first_answers(delivery)
    Mailbox.objects.update(active=True)
    Delivery.objects.update(mailbox=mailbox)

    send_again(delivery_id=delivery.pk, at=SOON)
    attempted(company, delivery, after=timedelta(minutes=1))

    (promise,) = first_answers(delivery)
    message.refresh_from_db()
    assert held.state == State.OPEN
    assert delivery.state == DeliveryState.ACCEPTED and message.lost_at is None
    assert promise.state == State.KEPT and promise.settled_at == SOON + timedelta(minutes=1)


def test_an_unknown_answer_counts_for_a_day_and_then_no_longer(company: Company, mailbox: Mailbox, peer: Peer) -> None:
    delivery = an_answer(company, mailbox)
    peer.mood = "drop-after-dot"
    attempted(company, delivery)

    sweep(at=SOON + DOUBTED_FOR - timedelta(minutes=1))
    before = [one.state for one in first_answers(delivery)]
    sweep(at=SOON + DOUBTED_FOR + timedelta(minutes=1))
    sweep(at=SOON + DOUBTED_FOR + timedelta(minutes=2))

    concern = the_concern(delivery)
    assert delivery.state == DeliveryState.UNKNOWN and before == [State.KEPT]
    assert [one.state for one in first_answers(delivery)] == [State.BROKEN, State.OPEN]
    assert concern.status == Status.OPEN and concern.owner_id and concern.next_touch_at
    assert Milestone.objects.filter(conversation=concern, kind="NOT_DELIVERED").count() == 1


def test_a_copy_to_somebody_else_that_arrives_is_no_answer_to_the_customer(company: Company, mailbox: Mailbox) -> None:
    delivery = attempted(company, an_answer(company, mailbox))
    Delivery.objects.create(
        message=delivery.message,
        mailbox=mailbox,
        recipient="sohn@kundin.example",
        state=DeliveryState.ACCEPTED,
        changed_at=SOON,
        created_at=SOON,
    )

    arrives(a_report(delivery), mailbox=mailbox, at=SOON + timedelta(minutes=5))

    assert [one.state for one in first_answers(delivery)] == [State.OPEN]


def test_whoever_was_never_asked_whether_it_is_solved_is_not_waited_for(
    company: Company, mailbox: Mailbox, peer: Peer
) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    solution = propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es wieder?", at=SOON)
    delivery = Delivery.objects.get(message__conversation=concern, message__automatic="")
    peer.mood = "reject"

    attempted(company, delivery)

    solution = Solution.objects.get(pk=solution.pk)
    assert solution.withdrawn_at is not None
    assert the_concern(delivery).status == Status.OPEN
    assert [one.state for one in first_answers(delivery)] == [State.OPEN]


def test_words_that_we_wrote_first_promise_nothing_when_they_are_lost(
    company: Company, mailbox: Mailbox, peer: Peer
) -> None:
    from golddraht.conversations.operations import start_conversation
    from tests.cast import valentina

    message = start_conversation(
        customer=valentina(),
        author_id=company.nina.pk,
        team_id=company.team.pk,
        subject="Ihr Liefertermin",
        text="Wir liefern am Dienstag.",
        at=SOON,
    )
    peer.mood = "reject"

    attempted(company, Delivery.objects.get(message=message))

    assert not Promise.objects.filter(kind=Kind.FIRST_ANSWER).exists()
    assert Conversation.objects.get(pk=message.conversation_id).status == Status.OPEN


@pytest.mark.parametrize("mood", ["reject", "refuse-mail", "drop-after-dot", "later-mail", "drop-before-dot"])
def test_a_concern_whose_only_answer_never_arrived_has_an_open_or_broken_promise(
    company: Company, mailbox: Mailbox, peer: Peer, mood: str
) -> None:
    delivery = an_answer(company, mailbox)
    peer.mood = mood

    for hours in range(0, 72, 5):
        at = SOON + timedelta(hours=hours)
        attempted(company, delivery, after=timedelta(hours=hours))
        sweep(at=at)
        sweep_promises(at=at)

    states = {one.state for one in first_answers(delivery)}
    message = Message.objects.get(pk=delivery.message_id)
    assert message.lost_at is not None
    assert states <= {State.OPEN, State.BROKEN} and states
    assert MailRecord.objects.filter(message=message).exists()
