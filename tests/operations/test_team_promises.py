"""What a team promises by how urgent a concern is, from its arrival to the next word."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import mark_spam, receive_message, reply, set_next_touch, set_priority
from golddraht.conversations.operations.errands import begin_errand, undo_errand
from golddraht.conversations.rules import Acts, Automatic, Channel
from golddraht.promises.models import Promise
from golddraht.team.models import TeamPromise
from golddraht.team.operations import TeamRefused, keep_arrival_rule, promise_by_priority
from golddraht.team.queries import paces_of
from golddraht.team.rules import Pace, Priority
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina, words

HOUR = timedelta(hours=1)
NOON = MONDAY_MORNING + 2 * HOUR
USUAL = Pace(4 * HOUR)
URGENT = Pace(HOUR, 2 * HOUR)


@pytest.fixture
def quick(company: Company) -> Company:
    """A company that promises urgent concerns an answer within an hour, and knows one by its words."""
    promise_by_priority(team_id=company.team.pk, paces={Priority.NORMAL: USUAL, Priority.URGENT: URGENT})
    keep_arrival_rule(words="gasgeruch", recipient="", team_id=company.team.pk, priority=Priority.URGENT)
    return company


def at_ten(conversation: Conversation) -> timedelta:
    """How long after ten o'clock, when it arrived."""
    conversation.refresh_from_db()
    assert conversation.next_touch_at is not None
    return conversation.next_touch_at - MONDAY_MORNING


def told_by_phone(company: Company, concern: Conversation, at: datetime) -> None:
    reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Wir sind dran.", channel=Channel.PHONE, at=at)


def test_an_urgent_arrival_is_promised_an_earlier_answer_and_the_receipt_says_it(quick: Company) -> None:
    concern = a_conversation(text="Im Keller ist Gasgeruch!", subject="Gasgeruch")

    promise = Promise.objects.get(conversation=concern)
    receipt = Message.objects.get(conversation=concern, automatic=Automatic.RECEIPT)
    assert concern.priority == Priority.URGENT
    assert promise.due_at == MONDAY_MORNING + HOUR
    assert "11:00" in receipt.text


def test_a_usual_arrival_is_promised_what_is_usual(quick: Company) -> None:
    assert at_ten(a_conversation()) == 4 * HOUR


def test_much_that_waits_puts_off_only_what_is_not_more_urgent(quick: Company) -> None:
    for _ in range(60):
        a_conversation(customer=bjoern())

    usual, urgent = a_conversation(), a_conversation(text="Gasgeruch im Keller", subject="Hilfe")

    assert at_ten(usual) > 4 * HOUR
    assert at_ten(urgent) == HOUR


def test_the_next_word_comes_as_the_team_promises(quick: Company) -> None:
    concern = a_conversation(text="Gasgeruch", subject="Gasgeruch")

    told_by_phone(quick, concern, NOON)

    concern.refresh_from_db()
    assert concern.next_touch_at == NOON + 2 * HOUR


def test_without_a_promise_of_its_own_the_next_word_comes_after_the_usual_days(quick: Company) -> None:
    concern = a_conversation()

    told_by_phone(quick, concern, NOON)

    concern.refresh_from_db()
    assert concern.next_touch_at == NOON + timedelta(days=4)


def test_who_writes_again_in_an_urgent_concern_is_answered_as_fast(quick: Company) -> None:
    concern = a_conversation(text="Gasgeruch", subject="Gasgeruch")
    told_by_phone(quick, concern, MONDAY_MORNING)

    receive_message(customer=valentina(), words=words("Ja, ich bin da."), conversation=concern, at=NOON)

    concern.refresh_from_db()
    assert concern.next_touch_at == NOON + HOUR


def test_what_becomes_urgent_comes_forward_and_its_promise_stands(quick: Company) -> None:
    concern = a_conversation()

    set_priority(conversation_id=concern.pk, priority=Priority.URGENT, by=quick.nina.pk, at=MONDAY_MORNING)

    assert at_ten(concern) == HOUR
    assert Promise.objects.get(conversation=concern).due_at == MONDAY_MORNING + 4 * HOUR


def test_what_is_less_urgent_after_all_is_not_put_off(quick: Company) -> None:
    concern = a_conversation(text="Gasgeruch", subject="Gasgeruch")

    set_priority(conversation_id=concern.pk, priority=Priority.NORMAL, by=quick.nina.pk, at=MONDAY_MORNING)

    assert at_ten(concern) == HOUR


def test_what_rests_has_no_touch_to_bring_forward(quick: Company) -> None:
    concern = a_conversation()
    mark_spam(conversation_ids=[concern.pk], by=quick.nina.pk, at=MONDAY_MORNING)

    set_priority(conversation_id=concern.pk, priority=Priority.URGENT, by=quick.nina.pk, at=MONDAY_MORNING)

    concern.refresh_from_db()
    assert (concern.priority, concern.next_touch_at) == ("URGENT", None)


def hurried(company: Company, concern: Conversation, at: datetime = MONDAY_MORNING) -> int:
    begun = begin_errand(
        name="Eilig",
        conversation_ids=[concern.pk],
        acts=Acts(priority=Priority.URGENT),
        by=company.nina.pk,
        token="t",
        at=at,
    )
    return int(begun.pk)


def test_an_errand_that_is_undone_gives_the_touch_of_before_back(quick: Company) -> None:
    concern = a_conversation()
    errand_id = hurried(quick, concern)
    assert at_ten(concern) == HOUR

    undo_errand(errand_id=errand_id, by=quick.nina.pk, at=MONDAY_MORNING)

    assert (at_ten(concern), concern.priority) == (4 * HOUR, "NORMAL")


def test_undoing_leaves_a_touch_that_somebody_has_set_since(quick: Company) -> None:
    concern = a_conversation()
    errand_id = hurried(quick, concern)
    set_next_touch(conversation_id=concern.pk, next_touch_at=NOON, by=quick.tom.pk, at=MONDAY_MORNING)

    undo_errand(errand_id=errand_id, by=quick.nina.pk, at=MONDAY_MORNING)

    assert at_ten(concern) == 2 * HOUR


def test_what_is_not_named_is_as_usual_from_now_on(quick: Company) -> None:
    promise_by_priority(team_id=quick.team.pk, paces={Priority.NORMAL: Pace(3 * HOUR, 8 * HOUR)})

    quick.team.refresh_from_db()
    assert not TeamPromise.objects.exists()
    assert paces_of(quick.team) == {Priority.NORMAL: Pace(3 * HOUR, 8 * HOUR)}


@pytest.mark.parametrize(
    "paces",
    [
        {Priority.URGENT: URGENT},
        {Priority.NORMAL: Pace(timedelta(minutes=5))},
        {Priority.NORMAL: Pace(HOUR), Priority.HIGH: Pace(2 * HOUR)},
        {Priority.NORMAL: USUAL, Priority.HIGH: Pace(HOUR), Priority.URGENT: Pace(2 * HOUR)},
        {Priority.NORMAL: Pace(HOUR, HOUR), Priority.URGENT: Pace(HOUR, 2 * HOUR)},
        {Priority.NORMAL: Pace(HOUR, HOUR), Priority.URGENT: Pace(HOUR)},
    ],
)
def test_what_is_more_urgent_is_not_promised_later(company: Company, paces: dict[Priority, Pace]) -> None:
    with pytest.raises(TeamRefused):
        promise_by_priority(team_id=company.team.pk, paces=paces)
