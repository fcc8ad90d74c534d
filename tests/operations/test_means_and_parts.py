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
    OnlyLeads,
    add_note,
    answer_many,
    ask_third_party,
    confirm_in_person,
    enter_concern,
    grant_goodwill,
    hand_over,
    leave,
    mark_spam,
    note_read,
    receive_message,
    remind_of_inquiries,
    reply,
)
from golddraht.conversations.queries import case_of, inbox, thread_of
from golddraht.conversations.rules import Channel, Happening, Status
from golddraht.customers.operations import declare_salutation
from golddraht.customers.rules import Salutation
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


def test_leads_answer_a_group_at_once_with_a_personal_message_each(company: Company) -> None:
    one, other = a_conversation(), a_conversation(customer=bjoern())
    solved, spam = a_conversation(), a_conversation()
    confirm_in_person(conversation_id=solved.pk, by=company.nina.pk, at=LATER)
    mark_spam(conversation_ids=[spam.pk], by=company.nina.pk, at=LATER)

    report = answer_many(
        conversation_ids=[one.pk, other.pk, solved.pk, spam.pk, 0],
        author_id=company.lea.pk,
        text="{greeting}\n\ndie Störung {ist} behoben.",
        at=LATER,
    )

    said = {row.conversation_id: row for row in report}
    texts = [Message.objects.get(pk=said[pk].message_id).text for pk in (one.pk, other.pk)]
    assert texts == [
        "Guten Tag Valentina Moser,\n\ndie Störung {ist} behoben.",
        "Guten Tag Björn Petersen,\n\ndie Störung {ist} behoben.",
    ]
    assert all(said[pk].why_not and said[pk].message_id is None for pk in (solved.pk, spam.pk, 0))


def test_nobody_of_many_is_called_frau_or_herr_without_evidence(company: Company) -> None:
    declared, other = a_conversation(), a_conversation(customer=bjoern())
    declare_salutation(customer_id=declared.customer_id, salutation=Salutation.FRAU, at=MONDAY_MORNING)

    report = answer_many(
        conversation_ids=[declared.pk, other.pk],
        author_id=company.lea.pk,
        text="Sehr geehrte Frau Moser,\n\nbald.",
        at=LATER,
    )

    assert [bool(row.message_id) for row in report] == [True, False]
    assert "{greeting}" in report[1].why_not


def test_what_the_lead_has_not_read_is_not_answered_over(company: Company) -> None:
    conversation = a_conversation()
    first = Message.objects.get(direction="IN")
    receive_message(customer=valentina(), words=words("Es brennt!"), conversation=conversation, at=LATER)

    report = answer_many(
        conversation_ids=[conversation.pk],
        author_id=company.lea.pk,
        text="Bald mehr.",
        at=LATER,
        seen_message_ids={conversation.pk: first.pk},
    )

    assert report[0].message_id is None


def test_an_agent_does_not_answer_many(company: Company) -> None:
    with pytest.raises(OnlyLeads):
        answer_many(conversation_ids=[], author_id=company.nina.pk, text="Hallo", at=LATER)
