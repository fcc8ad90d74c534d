"""Answers go to the right people: where they want them, to everybody who takes part, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.channels.models import Delivery, Mailbox
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.rules import Thread, with_token
from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import (
    RecipientRefused,
    ask_third_party,
    propose_solution,
    reply,
    start_conversation,
)
from golddraht.conversations.queries import circle_of
from golddraht.customers.operations import add_contact_point, note_unreachable
from tests.cast import MONDAY_MORNING, Company, valentina
from tests.mails import BJOERN, CARE, a_mail, a_mailbox, arrives

LATER = MONDAY_MORNING + timedelta(hours=1)
V, SON = "valentina@kundin.example", "sohn@familie.example"


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


def answered(company: Company, concern: Conversation, **more: object) -> list[str]:
    message = reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Gern.", at=LATER, **more)  # type: ignore[arg-type]
    return [row.recipient for row in Delivery.objects.filter(message=message).order_by("pk")]


def offered(concern: Conversation) -> list[tuple[str, bool]]:
    return [(one.address, one.is_kept) for one in circle_of(concern)]


def test_everybody_in_copy_is_kept_and_has_a_delivery_of_their_own(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(Cc=f"{SON}, info@amt.example"), mailbox=mailbox).conversation

    assert answered(company, concern) == [V, SON, "info@amt.example"]


def test_the_answer_goes_where_the_customer_wants_it(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(Reply_To="haushalt@kundin.example"), mailbox=mailbox).conversation

    assert answered(company, concern) == ["haushalt@kundin.example"]


def test_an_answer_address_elsewhere_is_not_believed(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(Reply_To="geld@betrug.example"), mailbox=mailbox).conversation

    assert answered(company, concern) == [V]


def test_an_answer_address_known_to_be_theirs_is_believed(company: Company, mailbox: Mailbox) -> None:
    other = "valentina@privat.example"
    customer = valentina()
    add_contact_point(
        customer_id=customer.pk, channel="EMAIL", address=other, shown=other, source="agent", at=MONDAY_MORNING
    )
    concern = arrives(a_mail(Reply_To=other), mailbox=mailbox).conversation

    assert answered(company, concern) == [other]


def test_whoever_wrote_last_comes_first_and_the_customer_stays(company: Company, mailbox: Mailbox) -> None:
    first = arrives(a_mail(Cc=BJOERN), mailbox=mailbox)
    arrives(
        a_mail(from_=BJOERN, id_="b@kunde.example", references=("first@kundin.example",), subject="Re: Waschmaschine"),
        at=LATER,
    )

    assert [one.address for one in circle_of(first.conversation)] == ["bjoern@kunde.example", V]
    assert all(one.is_kept for one in circle_of(first.conversation))


def test_whom_a_colleague_left_out_stays_out_until_the_customer_brings_them_in(
    company: Company, mailbox: Mailbox
) -> None:
    concern = arrives(a_mail(Cc=SON), mailbox=mailbox).conversation
    answered(company, concern, recipients=[V])
    left_out = offered(concern)

    arrives(
        a_mail(Cc=SON, id_="two@kundin.example", references=("first@kundin.example",), text="Und nun?"),
        at=LATER + timedelta(minutes=5),
    )

    assert left_out == [(V, True), (SON, False)]
    assert offered(concern) == [(V, True), (SON, True)]


def test_a_stranger_with_our_reply_address_is_offered_and_not_kept(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    way_back = with_token(CARE, token_for(Thread.CONVERSATION, concern.pk))

    arrives(a_mail(from_="wer@fremd.example", to=way_back, id_="x@fremd.example", text="Ich auch?"), at=LATER)

    assert dict(offered(concern)) == {"wer@fremd.example": False, V: True}


@pytest.mark.parametrize("wanted", [[], ["wer@fremd.example"], [V, "care@heizwerk.example"]])
def test_only_those_who_take_part_can_be_chosen(company: Company, mailbox: Mailbox, wanted: list[str]) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation

    with pytest.raises(RecipientRefused):
        answered(company, concern, recipients=wanted)

    assert not Message.objects.filter(direction="OUT", automatic="").exists()


def test_an_address_that_came_back_is_left_out_and_another_one_of_theirs_is_used(
    company: Company, mailbox: Mailbox
) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    add_contact_point(
        customer_id=concern.customer_id,
        channel="EMAIL",
        address="neu@kundin.example",
        shown="neu@kundin.example",
        source="agent",
        at=MONDAY_MORNING,
    )
    note_unreachable(channel="EMAIL", address=V, source="mail:report", evidence="5.1.1", at=LATER)

    assert offered(concern) == [(V, False), ("neu@kundin.example", True)]
    assert answered(company, concern) == ["neu@kundin.example"]


def test_whoever_was_asked_beside_the_thread_is_not_in_the_circle(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    ask_third_party(
        conversation_id=concern.pk,
        asked="Spedition",
        address="dispo@spedition.example",
        subject="Wo?",
        text="Wo steht sie?",
        due_at=LATER + timedelta(hours=5),
        by=company.nina.pk,
        at=LATER,
    )

    assert offered(concern) == [(V, True)]


def test_an_absence_note_brings_nobody_into_the_circle(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation

    arrives(
        a_mail(
            subject="Automatische Antwort: Waschmaschine",
            id_="ooo@kundin.example",
            references=("first@kundin.example",),
            Auto_Submitted="auto-replied",
            Cc="vertretung@kundin.example",
        ),
        at=LATER,
    )

    assert offered(concern) == [(V, True)]


def test_the_question_whether_it_is_solved_goes_to_the_customer_alone(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(Cc=SON), mailbox=mailbox).conversation

    propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es wieder?", at=LATER)

    asked = Message.objects.get(conversation=concern, direction="OUT", automatic="")
    assert asked.recipients == [V]
    assert dict(offered(concern))[V]


def test_a_concern_that_we_start_is_written_to_the_customer(company: Company, mailbox: Mailbox) -> None:
    message = start_conversation(
        customer=valentina(),
        author_id=company.nina.pk,
        team_id=company.team.pk,
        subject="Ihr Liefertermin",
        text="Wir liefern am Dienstag.",
        at=LATER,
    )

    assert message.recipients == [V]
