"""A colleague notes after a call that somebody wants no advertising: it holds from that moment, and can be judged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.consent.models import ConsentAct
from golddraht.consent.operations import call_misread, give, uphold
from golddraht.consent.queries import Wanted, heard_in, may_leave, open_doubts
from golddraht.consent.rules import Kind, MessageClass, Proof, Purpose, Reason, State, Verdict, Way
from golddraht.conversations.models import Conversation, Milestone, Note
from golddraht.conversations.operations import add_note, hand_over
from golddraht.conversations.rules import Happening
from tests.cast import MONDAY_MORNING, Company, a_conversation

HOUR = timedelta(hours=1)
PLAIN, DOUBTFUL = "Angerufen. Kundin möchte keine Werbung mehr.", "keine Werbung mehr!"


@pytest.fixture
def concern(company: Company) -> Conversation:
    """Of somebody who had allowed news."""
    conversation = a_conversation()
    give(
        customer_id=conversation.customer_id,
        at=MONDAY_MORNING,
        purpose=Purpose.NEWS,
        ways=[Way.EMAIL],
        proof=Proof.SIGNED,
        words="Formular 12",
    )
    return conversation


def noted(company: Company, concern: Conversation, text: str) -> Note:
    return add_note(conversation_id=concern.pk, by=company.nina.pk, text=text, at=MONDAY_MORNING + HOUR)


def verdict(concern: Conversation, hours: int = 3) -> Verdict:
    wanted = Wanted(customer_id=concern.customer_id, message_class=MessageClass.ADVERTISING, purpose=Purpose.NEWS)
    return may_leave(wanted, at=MONDAY_MORNING + hours * HOUR)


def test_what_is_plain_holds_at_once_with_the_note_as_its_evidence(company: Company, concern: Conversation) -> None:
    assert verdict(concern).state is State.ALLOWED

    note = noted(company, concern, PLAIN)

    act = ConsentAct.objects.get(kind=Kind.OBJECTED)
    assert verdict(concern).reason is Reason.OBJECTED
    assert (act.note_id, act.message_id, act.at) == (note.pk, None, MONDAY_MORNING + HOUR)
    assert act.words == "Kundin möchte keine Werbung mehr."
    told = Milestone.objects.get(kind=Happening.WANTS_NO_ADVERTISING)
    assert told.by_id == company.nina.pk


def test_a_doubt_holds_everything_back_until_a_colleague_has_judged_it(company: Company, concern: Conversation) -> None:
    note = noted(company, concern, DOUBTFUL)
    viewer = company.viewer(company.nina)
    (doubt,) = open_doubts(viewer=viewer)
    assert verdict(concern).reason is Reason.DOUBTED and doubt.note_id == note.pk
    assert [one.id for one in heard_in(viewer=viewer, message_ids=[], note_ids=[note.pk])] == [doubt.id]

    call_misread(act_id=doubt.id, words="Es ging um den Aufkleber.", at=MONDAY_MORNING + 2 * HOUR)
    assert verdict(concern).state is State.ALLOWED and open_doubts(viewer=viewer) == []
    assert Milestone.objects.filter(conversation=concern, kind=Happening.OBJECTION_MISREAD).exists()
    uphold(act_id=doubt.id, at=MONDAY_MORNING + 3 * HOUR)
    assert verdict(concern, 4).reason is Reason.OBJECTED


@pytest.mark.parametrize("text", ["Werbung verschickt", "Noch keine Werbung verschickt, Einwilligung fehlt."])
def test_what_we_did_is_no_objection(company: Company, concern: Conversation, text: str) -> None:
    noted(company, concern, text)

    assert verdict(concern).state is State.ALLOWED


def test_the_note_of_a_handing_over_is_read_too(company: Company, concern: Conversation) -> None:
    hand_over(
        conversation_id=concern.pk,
        to_id=company.tom.pk,
        by=company.nina.pk,
        note=PLAIN,
        tells=False,
        at=MONDAY_MORNING + HOUR,
    )

    assert verdict(concern).reason is Reason.OBJECTED
