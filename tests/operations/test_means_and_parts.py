from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from golddraht.conversations.models import Conversation, Inquiry, Message, Milestone
from golddraht.conversations.operations import (
    CannotAsk,
    CannotCare,
    GoodwillRefused,
    GoodwillTooHigh,
    NothingToSay,
    add_note,
    ask_third_party,
    enter_concern,
    grant_goodwill,
    hand_over,
    leave,
    note_read,
    receive_message,
    remind_of_inquiries,
    reply,
)
from golddraht.conversations.queries import case_of, inbox, thread_of
from golddraht.conversations.rules import Channel, Happening, Status
from golddraht.promises.models import Promise
from golddraht.promises.rules import Kind, State
from golddraht.team.models import Membership
from golddraht.team.operations import plan_absence
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


LATER = MONDAY_MORNING + timedelta(hours=1)


def asked(company: Company, conversation: Conversation, **changed: object) -> Inquiry:
    question = {
        "asked": "Spedition Rauch",
        "address": "dispo@rauch.example",
        "subject": "Tour 17 Uhr",
        "text": "Kommt ihr heute noch?",
        "due_at": LATER + timedelta(hours=2),
    }
    return ask_third_party(conversation_id=conversation.pk, by=company.nina.pk, at=LATER, **(question | changed))  # type: ignore[arg-type]  # Forwarded as given.


def test_a_carrier_is_asked_without_the_customer_seeing_it(company: Company) -> None:
    conversation = a_conversation()
    next_touch_at = conversation.next_touch_at

    inquiry = asked(company, conversation)

    message = Message.objects.get(inquiry=inquiry)
    assert message.recipients == ["dispo@rauch.example"]
    conversation.refresh_from_db()
    assert (conversation.status, conversation.next_touch_at) == (Status.OPEN, next_touch_at)
    assert conversation.latest_direction == "IN"


def test_asking_a_carrier_is_no_answer_to_the_customer(company: Company) -> None:
    conversation = a_conversation()

    asked(company, conversation)

    assert Promise.objects.get(conversation=conversation, kind=Kind.FIRST_ANSWER).state == State.OPEN


def test_the_carriers_answer_belongs_to_the_question(company: Company) -> None:
    conversation = a_conversation()
    inquiry = asked(company, conversation)

    receive_message(customer=bjoern(), words=words("Ja, 17 Uhr."), conversation=conversation, inquiry=inquiry, at=LATER)

    entries = thread_of(viewer=company.viewer(company.nina), number=conversation.number)
    assert [entry.text for entry in entries if entry.kind == "message" and entry.inquiry_id] == [
        "Kommt ihr heute noch?",
        "Ja, 17 Uhr.",
    ]
    assert case_of(viewer=company.viewer(company.nina), number=conversation.number).inquiries[0].answered_at == LATER


def test_the_carriers_answer_makes_the_next_word_ours(company: Company) -> None:
    conversation = a_conversation()
    inquiry = asked(company, conversation)
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Ich habe die Spedition gefragt.", at=LATER)

    receive_message(customer=bjoern(), words=words("Ja, 17 Uhr."), conversation=conversation, inquiry=inquiry, at=LATER)

    conversation.refresh_from_db()
    assert conversation.status == Status.OPEN
    assert conversation.next_touch_at == LATER + timedelta(hours=4)


def test_an_unanswered_question_reminds_the_owner_once(company: Company) -> None:
    inquiry = asked(company, a_conversation())

    counts = [remind_of_inquiries(at=inquiry.due_at + timedelta(minutes=step)) for step in (-1, 0, 5)]

    assert counts == [0, 1, 0]
    assert Milestone.objects.get(kind=Happening.INQUIRY_OVERDUE).words == "Spedition Rauch"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"address": "niemand"}, CannotAsk),
        ({"due_at": LATER}, CannotAsk),
        ({"text": " "}, NothingToSay),
    ],
)
def test_a_question_that_cannot_leave_is_refused(company: Company, changed: dict[str, object], refusal: type) -> None:
    with pytest.raises(refusal):
        asked(company, a_conversation(), **changed)


def test_goodwill_is_granted_up_to_the_members_amount_per_concern(company: Company) -> None:
    conversation = a_conversation()

    def grant(cents: int) -> None:
        grant_goodwill(
            conversation_id=conversation.pk, by=company.nina.pk, cents=cents, kind="CREDIT", reason="Regen", at=LATER
        )

    grant(3500)
    with pytest.raises(GoodwillTooHigh) as refusal:
        grant(2000)

    assert refusal.value.left_cents == 1500
    assert case_of(viewer=company.viewer(company.nina), number=conversation.number).goodwill_cents == 3500


def test_goodwill_needs_a_reason_and_an_amount(company: Company) -> None:
    for cents, reason in ((0, "Regen"), (100, " ")):
        with pytest.raises(GoodwillRefused):
            grant_goodwill(
                conversation_id=a_conversation().pk,
                by=company.nina.pk,
                cents=cents,
                kind="CREDIT",
                reason=reason,
                at=LATER,
            )


def test_a_note_is_kept_and_an_empty_one_is_not(company: Company) -> None:
    conversation = a_conversation()

    add_note(conversation_id=conversation.pk, by=company.tom.pk, text="Ruft abends an.", at=LATER)

    entries = thread_of(viewer=company.viewer(company.nina), number=conversation.number)
    assert [entry.text for entry in entries if entry.kind == "note"] == ["Ruft abends an."]
    with pytest.raises(NothingToSay):
        add_note(conversation_id=conversation.pk, by=company.tom.pk, text="", at=LATER)


def test_whoever_takes_a_visitor_cares_for_them(company: Company) -> None:
    message = enter_concern(
        customer=bjoern(), channel=Channel.VISIT, text="Steht im Laden.", subject="", by=company.tom.pk, at=LATER
    )

    assert message.conversation.owner_id == company.tom.pk
    assert message.conversation.subject == "Steht im Laden."


def test_a_call_is_assigned_like_anything_that_arrives_with_what_was_promised(company: Company) -> None:
    promised_at = LATER + timedelta(hours=1)

    message = enter_concern(
        customer=bjoern(),
        channel=Channel.PHONE,
        text="Bittet um Rückruf.",
        subject="Rückruf",
        by=company.ada.pk,
        at=LATER,
        promised_at=promised_at,
    )

    conversation = Conversation.objects.get(pk=message.conversation_id)
    assert conversation.owner_id in {company.nina.pk, company.tom.pk}
    assert conversation.next_touch_at == promised_at


def test_a_call_can_belong_to_a_known_concern(company: Company) -> None:
    conversation = a_conversation()

    message = enter_concern(
        customer=valentina(),
        channel=Channel.PHONE,
        text="Fragt nach.",
        subject="",
        by=company.tom.pk,
        at=LATER,
        conversation=conversation,
    )

    assert message.conversation_id == conversation.pk


def test_a_row_is_unread_until_the_member_has_read_it(company: Company) -> None:
    conversation = a_conversation()
    viewer = company.viewer(company.nina)
    assert [row.is_unread for row in inbox(viewer=viewer, place="all", at=LATER).rows] == [True]

    for at in (LATER, MONDAY_MORNING):
        note_read(conversation_id=conversation.pk, member_id=company.nina.pk, at=at)

    assert [row.is_unread for row in inbox(viewer=viewer, place="all", at=LATER).rows] == [False]
    assert [row.is_unread for row in inbox(viewer=company.viewer(company.tom), place="all", at=LATER).rows] == [True]


def test_whoever_leaves_hands_everything_to_their_deputy_first(company: Company) -> None:
    conversation = a_conversation()
    hand_over(conversation_id=conversation.pk, to_id=company.nina.pk, by=None, at=LATER)
    plan_absence(
        member_id=company.nina.pk,
        deputy_id=company.tom.pk,
        starts_at=MONDAY_MORNING,
        ends_at=MONDAY_MORNING + timedelta(days=30),
    )

    count = leave(member_id=company.nina.pk, by=company.ada.pk, at=LATER)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    conversation.refresh_from_db()
    assert (count, conversation.owner_id) == (1, company.tom.pk)
    assert not Membership.objects.get(pk=company.nina.pk).active


def test_without_a_deputy_it_is_the_lead(company: Company) -> None:
    conversation = a_conversation()
    hand_over(conversation_id=conversation.pk, to_id=company.nina.pk, by=None, at=LATER)

    leave(member_id=company.nina.pk, by=company.ada.pk, at=LATER)

    conversation.refresh_from_db()
    assert conversation.owner_id == company.lea.pk


def test_the_last_member_cannot_leave(company: Company) -> None:
    a_conversation()
    for member in (company.tom, company.lea, company.ada):
        leave(member_id=member.pk, by=None, at=LATER)

    with pytest.raises(CannotCare):
        leave(member_id=company.nina.pk, by=None, at=LATER)
