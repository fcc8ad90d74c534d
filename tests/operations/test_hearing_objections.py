"""Words that may be an objection hold everything back until a colleague has judged them; what was misread can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.consent.models import ConsentAct, ObjectionMark
from golddraht.consent.operations import ConsentRefused, call_misread, give, object_to, unsay, uphold
from golddraht.consent.queries import Wanted, heard_in, is_marked, may_leave, open_doubts
from golddraht.consent.rules import Kind, MessageClass, Proof, Purpose, Reason, State, Way
from golddraht.conversations.models import Message, Milestone
from golddraht.conversations.operations import Words, receive_message
from golddraht.conversations.operations.offering import write_offer
from golddraht.conversations.rules import Channel, Happening
from golddraht.customers.models import Customer
from tests.cast import MONDAY_MORNING, Company, valentina
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DOUBTFUL = "Hiermit widerspreche ich der Speicherung meiner Daten."
PLAIN = "Bitte keine Werbung mehr!"


@pytest.fixture
def customer(company: Company) -> Customer:
    a_mailbox()
    person = valentina()
    told = {"purpose": Purpose.NEWS, "ways": [Way.EMAIL], "proof": Proof.SIGNED, "words": "Formular 12"}
    give(customer_id=person.pk, at=MONDAY_MORNING, **told)
    return person


def writes(customer: Customer, text: str, *, hours: int = 2, conversation: object = None) -> Message:
    said = Words(channel=Channel.EMAIL, text=text, subject="Ofen", language="de")
    at = MONDAY_MORNING + hours * HOUR
    return receive_message(customer=customer, words=said, at=at, conversation=conversation)  # type: ignore[arg-type]  # Or none.


def gate(customer: Customer, *, hours: int = 3) -> Reason | State:
    verdict = may_leave(Wanted(customer.pk, MessageClass.ADVERTISING), at=MONDAY_MORNING + hours * HOUR)
    return verdict.reason or verdict.state


def heard() -> ConsentAct:
    return ConsentAct.objects.get(kind__in=["OBJECTED", "DOUBTED"])


def test_a_doubt_holds_at_once_and_asks_a_colleague(company: Company, customer: Customer) -> None:
    assert gate(customer) is State.ALLOWED
    message = writes(customer, DOUBTFUL)
    assert gate(customer, hours=2) is Reason.DOUBTED
    (doubt,) = open_doubts(viewer=company.viewer(company.nina))
    assert (doubt.message_id, doubt.words, doubt.is_doubtful) == (message.pk, DOUBTFUL, True)
    assert Milestone.objects.get(kind=Happening.MAY_OBJECT).words == DOUBTFUL


def test_judged_to_be_none_it_lets_leave_again_and_judged_to_be_one_it_holds(
    company: Company, customer: Customer
) -> None:
    writes(customer, DOUBTFUL)
    act = heard()
    with company.seen(by=company.nina):
        call_misread(act_id=act.pk, words="Es ging um das Kundenkonto.", at=MONDAY_MORNING + 3 * HOUR)
        assert gate(customer) is State.ALLOWED and not open_doubts(viewer=company.viewer(company.nina))
        uphold(act_id=act.pk, at=MONDAY_MORNING + 4 * HOUR)
    assert gate(customer, hours=5) is Reason.OBJECTED and is_marked(
        "valentina@kundin.example", at=MONDAY_MORNING + 5 * HOUR
    )
    unsay(act_id=act.pk, at=MONDAY_MORNING + 6 * HOUR)
    assert gate(customer, hours=7) is Reason.DOUBTED and not ObjectionMark.objects.exists()
    assert len(open_doubts(viewer=company.viewer(company.nina))) == 1
    marked = [Happening.OBJECTION_MISREAD, Happening.OBJECTION_UPHELD, Happening.OBJECTION_UNSAID]
    lines = Milestone.objects.filter(kind__in=marked).order_by("pk")
    assert [(line.kind, line.by_id) for line in lines] == [
        (marked[0], company.nina.pk),
        (marked[1], company.nina.pk),
        (marked[2], None),
    ]


def test_what_was_misread_is_taken_back_with_its_reason_and_undone(company: Company, customer: Customer) -> None:
    message = writes(customer, PLAIN)
    assert gate(customer) is Reason.OBJECTED and ObjectionMark.objects.exists()
    call_misread(act_id=heard().pk, words="Zitat aus unserem Aufkleber", at=MONDAY_MORNING + 3 * HOUR)
    assert gate(customer) is State.ALLOWED and not ObjectionMark.objects.exists()
    (line,) = heard_in(viewer=company.viewer(company.nina), message_ids=[message.pk])
    assert (line.reading, line.why) == (Kind.MISREAD, "Zitat aus unserem Aufkleber")
    assert call_misread(act_id=heard().pk, words="noch einmal", at=MONDAY_MORNING + 3 * HOUR) is None
    unsay(act_id=heard().pk, at=MONDAY_MORNING + 4 * HOUR)
    assert gate(customer, hours=5) is Reason.OBJECTED and ObjectionMark.objects.exists()


def test_without_a_reason_nothing_is_taken_back(customer: Customer) -> None:
    writes(customer, PLAIN)
    with pytest.raises(ConsentRefused) as refused:
        call_misread(act_id=heard().pk, words="  ", at=MONDAY_MORNING + 3 * HOUR)
    assert refused.value.reason == "WORDS" and gate(customer) is Reason.OBJECTED


@pytest.mark.parametrize("read", [call_misread, uphold])
def test_what_they_declared_themselves_nobody_takes_back(customer: Customer, read: object) -> None:
    act = object_to(customer_id=customer.pk, words="Auf der eigenen Seite", at=MONDAY_MORNING + HOUR)
    assert act is not None
    with pytest.raises(ConsentRefused) as refused:
        read(act_id=act.pk, words="Das war anders gemeint.", at=MONDAY_MORNING + 2 * HOUR)  # type: ignore[operator]  # Either of them.
    assert refused.value.reason == "DECLARED" and gate(customer) is Reason.OBJECTED


def test_a_declaration_after_words_that_were_read_stands_for_itself(customer: Customer) -> None:
    writes(customer, PLAIN)
    declared = object_to(customer_id=customer.pk, at=MONDAY_MORNING + 2 * HOUR + timedelta(minutes=5))
    assert declared is not None
    read = ConsentAct.objects.get(kind="OBJECTED", message_id__isnull=False)
    call_misread(act_id=read.pk, words="Zitat", at=MONDAY_MORNING + 3 * HOUR)
    assert gate(customer) is Reason.OBJECTED and is_marked("valentina@kundin.example", at=MONDAY_MORNING + 3 * HOUR)


def test_what_was_remembered_before_is_remembered_when_later_words_were_misread(customer: Customer) -> None:
    object_to(customer_id=customer.pk, at=MONDAY_MORNING - HOUR)
    ConsentAct.objects.filter(kind="OBJECTED").delete()
    writes(customer, PLAIN)
    call_misread(act_id=heard().pk, words="Zitat", at=MONDAY_MORNING + 3 * HOUR)
    assert ObjectionMark.objects.get().at == MONDAY_MORNING - HOUR


def test_a_bare_no_under_an_offer_is_an_objection_and_elsewhere_none(company: Company, customer: Customer) -> None:
    writes(customer, "nein danke", hours=1)
    assert gate(customer) is State.ALLOWED
    sent = write_offer(
        customer=customer,
        message_class=MessageClass.ADVERTISING,
        author_id=company.nina.pk,
        team_id=company.team.pk,
        subject="Öfen",
        text="Neu!",
        at=MONDAY_MORNING + 2 * HOUR,
    )
    assert isinstance(sent, Message)
    writes(customer, "Nein danke!", hours=3, conversation=sent.conversation)
    assert gate(customer) is Reason.OBJECTED


def test_a_later_consent_ends_a_doubt(customer: Customer) -> None:
    writes(customer, DOUBTFUL)
    told = {"purpose": Purpose.NEWS, "ways": [Way.EMAIL], "proof": Proof.SIGNED, "words": "Formular 13"}
    give(customer_id=customer.pk, at=MONDAY_MORNING + 3 * HOUR, **told)
    assert gate(customer, hours=4) is State.ALLOWED
