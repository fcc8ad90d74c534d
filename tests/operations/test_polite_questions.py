"""A value that is nothing to rely on becomes one question at the next contact: noted when it has left, and never a campaign."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import Writing, let_leave, receive_message, send_answer, take_back
from golddraht.conversations.operations.gathering import gather_evidence
from golddraht.conversations.operations.losing import note_lost
from golddraht.customers.models import Asking, Doubt
from golddraht.customers.operations import Said, learn, settle_doubt
from golddraht.customers.queries.doubts import doubts, doubts_asked, question_due
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.doubts import Kind
from golddraht.customers.rules.questions import REST, polite_question
from golddraht.pages.customers.asking import question_words
from tests.cast import MONDAY_MORNING, Company, a_conversation, words
from tests.mails import a_mailbox

pytestmark = pytest.mark.django_db
AT = MONDAY_MORNING
UNDO = timedelta(seconds=15)
QUESTION = polite_question(Kind.UNSURE, language="de", attribute="postal")
SAFELY = UNDO * 2


@pytest.fixture
def concern(company: Company) -> Conversation:
    """Valentina, whose address stood in a list of which nobody knows how it came about."""
    a_mailbox()
    found = a_conversation()
    assert found.customer_id is not None
    learn(customer_id=found.customer_id, said=[Said(Attribute.POSTAL, "Lendkai 12, 8020 Graz, Austria", "list")], at=AT)
    return found


def due(concern: Conversation, at: datetime = AT) -> Kind | None:
    found = question_due(customer_id=concern.customer_id or 0, at=at)
    return found.kind if found else None


def sent(concern: Conversation, company: Company, at: datetime = AT, text: str = f"Am Dienstag.\n\n{QUESTION}") -> int:
    answer = send_answer(
        conversation_id=concern.pk, author_id=company.nina.pk, writing=Writing(text), at=at, undo_within=UNDO
    )
    assert answer.draft_id is not None
    return answer.draft_id


def asked(concern: Conversation, company: Company, at: datetime = AT) -> int:
    message_id = let_leave(draft_id=sent(concern, company, at), at=at + UNDO)
    assert message_id is not None
    return message_id


def test_an_unsure_value_is_a_doubt_that_may_be_asked_about(concern: Conversation, company: Company) -> None:
    (doubt,) = doubts(viewer=company.viewer(company.nina), at=AT)
    assert (doubt.kind, doubt.attribute, doubt.askings) == (Kind.UNSURE, Attribute.POSTAL, ())
    assert due(concern) is Kind.UNSURE


def test_an_answer_that_carries_the_question_is_noted_and_the_question_rests(
    concern: Conversation, company: Company
) -> None:
    message_id = asked(concern, company)

    row = Asking.objects.get()
    assert (row.message_id, row.actor_id, row.asked_at) == (message_id, company.nina.pk, AT + UNDO)
    assert due(concern, AT + REST) is None and due(concern, AT + REST + UNDO) is Kind.UNSURE
    viewer = company.viewer(company.nina)
    assert doubts(viewer=viewer, at=AT + SAFELY) == []
    (line,) = doubts_asked(viewer=viewer, at=AT + SAFELY)
    assert [one.message_id for one in line.askings] == [message_id]


def test_an_answer_without_the_question_notes_nothing(concern: Conversation, company: Company) -> None:
    let_leave(draft_id=sent(concern, company, text="Passt Ihnen Dienstag?"), at=AT + UNDO)
    assert not Asking.objects.exists() and due(concern, AT + SAFELY) is Kind.UNSURE


def test_while_it_can_be_taken_back_it_is_not_offered_again_and_taken_back_it_was_never_asked(
    concern: Conversation, company: Company
) -> None:
    assert question_words(concern) == QUESTION
    draft_id = sent(concern, company)
    assert question_words(concern) == ""

    take_back(conversation_id=concern.pk, draft_id=draft_id, at=AT + timedelta(seconds=3))

    assert not Asking.objects.exists() and question_words(concern) == QUESTION


def test_what_never_arrived_was_not_asked(concern: Conversation, company: Company) -> None:
    message_id = asked(concern, company)
    note_lost(message_id=message_id, at=AT + SAFELY)
    assert not Asking.objects.exists() and due(concern, AT + SAFELY) is Kind.UNSURE


def test_their_answer_settles_it(concern: Conversation, company: Company) -> None:
    asked(concern, company)
    reply = receive_message(
        customer=concern.customer,
        words=words("Meine Adresse ist Lendkai 12, 8020 Graz, Austria"),
        conversation=concern,
        at=AT + timedelta(hours=2),
    )

    gather_evidence(message_id=reply.pk)

    assert Doubt.objects.get().settled_as == "gone"
    assert due(concern, AT + 2 * REST) is None
    assert doubts_asked(viewer=company.viewer(company.nina), at=AT + SAFELY) == []


def test_their_own_page_settles_it(concern: Conversation, company: Company) -> None:
    asked(concern, company)
    said = Said(Attribute.POSTAL, "Lendkai 14, 8020 Graz, Austria", "customer")
    learn(customer_id=concern.customer_id or 0, said=[said], at=AT + timedelta(hours=1))
    assert Doubt.objects.get().settled_as == "gone"


def test_whoever_never_answers_is_asked_twice_and_then_a_colleague_decides(
    concern: Conversation, company: Company
) -> None:
    viewer = company.viewer(company.nina)
    (doubt,) = doubts(viewer=viewer, at=AT)
    settle_doubt(doubt_id=doubt.id, as_="ask", at=AT)
    asked(concern, company)
    again = AT + REST + timedelta(days=1)
    asked(a_conversation(customer=concern.customer, at=again), company, again)

    much_later = again + 3 * REST
    assert due(concern, much_later) is None
    (line,) = doubts(viewer=viewer, at=much_later)
    assert len(line.askings) == 2
    settle_doubt(doubt_id=line.id, as_="left", at=much_later)
    assert doubts(viewer=viewer, at=much_later) == []


def test_a_resting_question_lets_no_other_one_pass(concern: Conversation, company: Company) -> None:
    """Two doubts are not two mails in a row that ask something."""
    asked(concern, company)
    days = [Said(Attribute.BORN_ON, "1980-05-17", "import:shop"), Said(Attribute.BORN_ON, "1908-05-17", "import:works")]
    learn(customer_id=concern.customer_id or 0, said=days, at=AT + SAFELY)
    assert due(concern, AT + timedelta(days=30)) is None
    assert due(concern, AT + REST + SAFELY) is Kind.DATES
