from __future__ import annotations

import re
from datetime import timedelta

import pytest

from golddraht.conversations.models import Conversation, Escalation, Message, Milestone, Solution
from golddraht.conversations.operations import (
    NotAskedTwice,
    NothingToSay,
    ask_again,
    confirm_in_person,
    confirm_solution,
    escalate_overdue,
    object_to_solution,
    presume_solved,
    propose_solution,
    reply,
    solution_path,
    withdraw_solution,
)
from golddraht.conversations.queries import latest_solution_of, solution_for_customer
from golddraht.conversations.rules import Automatic, Happening, Status
from golddraht.customers.models import ContactPoint
from golddraht.plumbing.links import opened
from golddraht.plumbing.models import Tenant
from tests.cast import MONDAY_MORNING, Company, a_conversation, a_message, valentina
from tests.mails import a_mailbox


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


PROPOSED_AT = MONDAY_MORNING + timedelta(hours=1)
ASKED_AGAIN_AT = PROPOSED_AT + timedelta(days=3)
PRESUMED_AT = ASKED_AGAIN_AT + timedelta(days=4)


def proposed(company: Company, conversation: Conversation | None = None) -> Solution:
    conversation = conversation or a_conversation()
    return propose_solution(
        conversation_id=conversation.pk, by=company.nina.pk, text="Das Sieb ist frei.", at=PROPOSED_AT
    )


def status_of(solution: Solution) -> str:
    return Conversation.objects.get(pk=solution.conversation_id).status


def solution_in(text: str) -> int:
    """The solution that the link in these words leads to."""
    found = re.search(r"/k/geloest/([^/\s]+)/", text)
    assert found is not None, text
    return opened("solution", found[1], within=timedelta(days=1)).id


def test_a_proposal_is_an_answer_with_the_question_and_a_link_below(company: Company) -> None:
    solution = proposed(company)

    message = Message.objects.get(conversation_id=solution.conversation_id, direction="OUT", automatic="")
    assert message.text.startswith("Das Sieb ist frei.")
    assert solution_in(message.text) == solution.pk
    assert message.author_id == company.nina.pk
    conversation = Conversation.objects.get(pk=solution.conversation_id)
    assert (conversation.status, conversation.next_touch_at) == (Status.PROPOSED, ASKED_AGAIN_AT)


def test_the_link_stands_for_the_solution_of_this_tenant_alone(company: Company) -> None:
    solution = proposed(company)

    token = solution_path(solution.pk).split("/")[-2]

    link = opened("solution", token, within=timedelta(days=1))
    assert (link.tenant_id, link.id) == (company.tenant.pk, solution.pk)


def test_a_proposal_needs_words(company: Company) -> None:
    with pytest.raises(NothingToSay):
        propose_solution(conversation_id=a_conversation().pk, by=company.nina.pk, text=" ", at=PROPOSED_AT)


def test_a_new_proposal_withdraws_the_one_before(company: Company) -> None:
    first = proposed(company)

    proposed(company, first.conversation)

    first.refresh_from_db()
    assert first.withdrawn_at is not None


def test_the_customer_confirms_and_clicking_twice_is_fine(company: Company) -> None:
    solution = proposed(company)

    confirm_solution(solution_id=solution.pk, at=PROPOSED_AT + timedelta(hours=1))
    confirm_solution(solution_id=solution.pk, at=PROPOSED_AT + timedelta(hours=2))

    solution.refresh_from_db()
    assert solution.confirmed_at == PROPOSED_AT + timedelta(hours=1)
    assert status_of(solution) == Status.SOLVED
    assert Milestone.objects.filter(kind=Happening.CONFIRMED).count() == 1


def test_an_objection_reopens_with_an_honest_time_and_the_words_in_the_thread(company: Company) -> None:
    solution = proposed(company)

    for _ in range(2):
        object_to_solution(solution_id=solution.pk, words="Sie pumpt immer noch nicht.", at=PROPOSED_AT)

    conversation = Conversation.objects.get(pk=solution.conversation_id)
    assert conversation.status == Status.OPEN
    assert conversation.next_touch_at is not None and conversation.next_touch_at > PROPOSED_AT
    assert Message.objects.filter(conversation=conversation, text="Sie pumpt immer noch nicht.").count() == 1
    solution.refresh_from_db()
    assert solution.objection == "Sie pumpt immer noch nicht."


def test_an_objection_without_words_reopens_too(company: Company) -> None:
    solution = proposed(company)

    object_to_solution(solution_id=solution.pk, words="", at=PROPOSED_AT)

    assert status_of(solution) == Status.OPEN


def test_an_objection_after_it_was_solved_reopens_and_counts_as_recurred(company: Company) -> None:
    solution = proposed(company)
    confirm_solution(solution_id=solution.pk, at=PROPOSED_AT + timedelta(hours=1))

    object_to_solution(solution_id=solution.pk, words="Doch nicht.", at=PROPOSED_AT + timedelta(days=30))

    solution.refresh_from_db()
    assert solution.recurred_at == PROPOSED_AT + timedelta(days=30)
    assert status_of(solution) == Status.OPEN


def test_who_stays_silent_is_asked_once_more_and_only_then_presumed(company: Company) -> None:
    solution = proposed(company)

    escalate_overdue(at=ASKED_AGAIN_AT)
    question = Message.objects.get(automatic=Automatic.SOLVED_QUESTION)
    escalate_overdue(at=PRESUMED_AT)

    assert solution_in(question.text) == solution.pk
    solution.refresh_from_db()
    assert (solution.asked_again_at, solution.presumed_at) == (ASKED_AGAIN_AT, PRESUMED_AT)
    assert status_of(solution) == Status.SOLVED
    assert not Escalation.objects.exists()


def test_nothing_is_presumed_without_asking_twice(company: Company) -> None:
    solution = proposed(company)

    with pytest.raises(NotAskedTwice):
        presume_solved(solution_id=solution.pk, at=PRESUMED_AT)


def test_nothing_is_presumed_before_the_time_is_over(company: Company) -> None:
    solution = proposed(company)
    ask_again(solution_id=solution.pk, at=ASKED_AGAIN_AT)

    with pytest.raises(NotAskedTwice):
        presume_solved(solution_id=solution.pk, at=PRESUMED_AT - timedelta(minutes=1))


def test_a_late_click_after_it_was_presumed_counts_as_confirmed(company: Company) -> None:
    solution = proposed(company)
    escalate_overdue(at=ASKED_AGAIN_AT)
    escalate_overdue(at=PRESUMED_AT)

    confirm_solution(solution_id=solution.pk, at=PRESUMED_AT + timedelta(days=1))

    state = latest_solution_of(conversation_id=solution.conversation_id)
    assert state is not None and state.answer == "CONFIRMED"
    solution.refresh_from_db()
    assert solution.presumed_at is None


def test_somebody_who_cannot_be_asked_again_is_given_back_to_the_owner(company: Company) -> None:
    solution = proposed(company)
    ContactPoint.objects.update(unreachable_since=PROPOSED_AT)

    asked = ask_again(solution_id=solution.pk, at=ASKED_AGAIN_AT)

    assert not asked
    assert status_of(solution) == Status.OPEN
    assert Escalation.objects.get().missed_at == ASKED_AGAIN_AT


def test_the_brake_keeps_the_question_back_and_nothing_is_presumed(company: Company) -> None:
    solution = proposed(company)
    Tenant.objects.filter(pk=company.tenant.pk).update(automatic_per_hour=0)

    escalate_overdue(at=ASKED_AGAIN_AT)
    escalate_overdue(at=PRESUMED_AT)

    solution.refresh_from_db()
    assert solution.presumed_at is None and solution.asked_again_at is None
    assert Escalation.objects.filter(missed_at=ASKED_AGAIN_AT).exists()


def test_an_address_that_died_after_the_second_question_presumes_nothing(company: Company) -> None:
    solution = proposed(company)
    escalate_overdue(at=ASKED_AGAIN_AT)
    ContactPoint.objects.update(unreachable_since=ASKED_AGAIN_AT)

    escalate_overdue(at=PRESUMED_AT)

    assert status_of(solution) == Status.OPEN


def test_a_confirmation_does_not_bury_a_question_that_came_since(company: Company) -> None:
    solution = proposed(company)
    a_reply = a_message_in(solution, text="Danke. Haben Sie auch Filter?")
    assert a_reply.conversation_id == solution.conversation_id

    confirm_solution(solution_id=solution.pk, at=PROPOSED_AT + timedelta(hours=2))

    assert status_of(solution) == Status.OPEN
    assert Milestone.objects.filter(kind=Happening.CONFIRMED_LATE).exists()


def a_message_in(solution: Solution, *, text: str) -> Message:
    from golddraht.conversations.operations import receive_message
    from tests.cast import words

    return receive_message(
        customer=valentina(), words=words(text), conversation=solution.conversation, at=PROPOSED_AT + timedelta(hours=1)
    )


def test_a_word_of_ours_after_the_proposal_leaves_the_link_working(company: Company) -> None:
    solution = proposed(company)
    reply(
        conversation_id=solution.conversation_id,
        author_id=company.nina.pk,
        text="Hier noch die Anleitung.",
        at=PROPOSED_AT + timedelta(minutes=5),
    )

    confirm_solution(solution_id=solution.pk, at=PROPOSED_AT + timedelta(hours=2))

    assert status_of(solution) == Status.SOLVED


def test_a_withdrawn_proposal_is_ours_again(company: Company) -> None:
    solution = proposed(company)

    withdraw_solution(solution_id=solution.pk, by=company.nina.pk, at=PROPOSED_AT + timedelta(hours=1))

    page = solution_for_customer(solution_id=solution.pk)
    assert page is not None and page.answer == "WITHDRAWN"
    assert status_of(solution) == Status.OPEN
    assert not Escalation.objects.exists()


def test_what_a_customer_confirms_on_the_phone_is_confirmed(company: Company) -> None:
    conversation = a_message().conversation

    solution = confirm_in_person(conversation_id=conversation.pk, by=company.tom.pk, at=PROPOSED_AT)

    assert solution.confirmed_at == PROPOSED_AT
    assert status_of(solution) == Status.SOLVED


def test_a_moment_pulled_nearer_while_the_customer_is_asked_goes_to_the_owner(company: Company) -> None:
    solution = proposed(company)
    early = PROPOSED_AT + timedelta(hours=3)
    Conversation.objects.filter(pk=solution.conversation_id).update(next_touch_at=early)

    escalate_overdue(at=early)

    assert status_of(solution) == Status.OPEN
    assert Escalation.objects.get().missed_at == early
    assert not Message.objects.filter(automatic=Automatic.SOLVED_QUESTION).exists()
