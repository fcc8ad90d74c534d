"""What must not be forgotten at the edges: late answers of others, promises nobody waits for, a house without a mailbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.channels.models import Delivery, Mailbox
from golddraht.channels.operations.addressing import token_for
from golddraht.channels.rules import DeliveryState, Thread, with_token
from golddraht.conversations.models import Conversation, Escalation, Inquiry, Message, Milestone
from golddraht.conversations.operations import (
    ask_third_party,
    confirm_in_person,
    confirm_solution,
    propose_solution,
    sweep,
)
from golddraht.conversations.operations.solving import presume_solved
from golddraht.conversations.rules import Automatic, Status
from golddraht.promises.models import Promise
from golddraht.promises.operations import make_promise
from golddraht.promises.queries import kept_rate
from golddraht.promises.rules import Kind, State
from tests.cast import MONDAY_MORNING, Company, a_conversation
from tests.mails import CARE, a_mail, a_mailbox, arrives

LATER = MONDAY_MORNING + timedelta(hours=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def mailbox(company: Company) -> Mailbox:
    return a_mailbox()


def asked(company: Company, concern: Conversation) -> Inquiry:
    return ask_third_party(
        conversation_id=concern.pk,
        asked="Spedition",
        address="dispo@spedition.example",
        subject="Wo?",
        text="Wo steht die Maschine?",
        due_at=LATER + timedelta(hours=5),
        by=company.nina.pk,
        at=LATER,
    )


def the_carrier_answers(inquiry: Inquiry) -> None:
    way_back = with_token(CARE, token_for(Thread.INQUIRY, inquiry.pk))
    mail = a_mail(from_="dispo@spedition.example", to=way_back, id_="s@spedition.example", text="In Kassel.")
    arrives(mail, at=LATER + 3 * HOUR)


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.SOLVED, Status.QUIET])
def test_the_answer_of_whoever_was_asked_wakes_a_concern_that_rests(
    company: Company, mailbox: Mailbox, status: Status
) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    inquiry = asked(company, concern)
    if status is Status.PROPOSED:
        propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es?", at=LATER + HOUR)
    if status is Status.SOLVED:
        confirm_in_person(conversation_id=concern.pk, by=company.nina.pk, at=LATER + HOUR)
    if status is Status.QUIET:
        Conversation.objects.filter(pk=concern.pk).update(status=Status.QUIET)

    the_carrier_answers(inquiry)

    concern.refresh_from_db()
    assert concern.status == Status.OPEN and concern.owner_id and concern.next_touch_at
    assert Inquiry.objects.get(pk=inquiry.pk).answered_at is not None


def test_a_customer_may_still_confirm_after_the_carrier_answered(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    inquiry = asked(company, concern)
    solution = propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es?", at=LATER + HOUR)
    the_carrier_answers(inquiry)

    confirm_solution(solution_id=solution.pk, at=LATER + 4 * HOUR)

    concern.refresh_from_db()
    assert concern.status == Status.SOLVED


def promised(company: Company, concern: Conversation, kind: Kind, *, due_at: object = None) -> Promise:
    return make_promise(
        customer_id=concern.customer_id,
        conversation_id=concern.pk,
        owner_id=company.nina.pk,
        kind=kind,
        what="Anruf",
        due_at=due_at or LATER + timedelta(days=2),  # type: ignore[arg-type]
        by=company.nina.pk,
        at=LATER,
    )


def test_what_is_solved_needs_no_call_any_more_but_a_delivery_comes_all_the_same(
    company: Company, mailbox: Mailbox
) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    call, other, delivery = (promised(company, concern, kind) for kind in (Kind.CALLBACK, Kind.OTHER, Kind.DELIVERY))
    solution = propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es?", at=LATER)

    confirm_solution(solution_id=solution.pk, at=LATER + HOUR)

    states = {one.kind: Promise.objects.get(pk=one.pk).state for one in (call, other, delivery)}
    rate = kept_rate(
        viewer=company.viewer(company.lea), since=LATER, until=LATER + timedelta(days=9), kind=Kind.CALLBACK
    )
    assert states == {Kind.CALLBACK: State.WAIVED, Kind.OTHER: State.WAIVED, Kind.DELIVERY: State.OPEN}
    assert (rate.kept, rate.broken) == (0, 0)
    assert Milestone.objects.filter(kind="PROMISE_WAIVED").count() == 2


def test_a_call_that_had_run_out_before_stays_broken(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    call = promised(company, concern, Kind.CALLBACK, due_at=LATER + HOUR)

    confirm_in_person(conversation_id=concern.pk, by=company.nina.pk, at=LATER + 2 * HOUR)

    assert Promise.objects.get(pk=call.pk).state == State.BROKEN


def test_what_is_only_presumed_solved_waives_nothing(company: Company, mailbox: Mailbox) -> None:
    concern = arrives(a_mail(), mailbox=mailbox).conversation
    call = promised(company, concern, Kind.CALLBACK, due_at=LATER + timedelta(days=15))
    solution = propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es?", at=LATER)
    type(solution).objects.filter(pk=solution.pk).update(asked_again_at=LATER + timedelta(days=3))
    Conversation.objects.filter(pk=concern.pk).update(status=Status.PROPOSED)

    presume_solved(solution_id=solution.pk, at=LATER + timedelta(days=8))

    assert Promise.objects.get(pk=call.pk).state == State.OPEN


def test_without_a_mailbox_nothing_is_announced_and_the_lead_knows(company: Company) -> None:
    concern = a_conversation()
    missed = concern.next_touch_at
    assert missed is not None

    for minutes in (1, 2, 3):
        sweep(at=missed + timedelta(minutes=minutes))

    concern.refresh_from_db()
    interim = Message.objects.get(conversation=concern, automatic=Automatic.INTERIM)
    assert Delivery.objects.get(message=interim).state == DeliveryState.HELD
    assert concern.next_touch_at == missed
    assert Escalation.objects.get(conversation=concern).lead == company.lea
    assert "postfach" in Milestone.objects.get(conversation=concern, kind="NOT_DELIVERED").words.lower()
