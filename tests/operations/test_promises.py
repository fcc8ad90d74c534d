from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from golddraht.conversations.models import Conversation, Milestone
from golddraht.conversations.operations import hand_over, receive_message, reply
from golddraht.conversations.rules import Channel
from golddraht.promises.models import Promise
from golddraht.promises.operations import (
    AlreadySettled,
    NotYet,
    PromiseRefused,
    change_promise,
    keep_promise,
    make_promise,
    promise_an_answer,
)
from golddraht.promises.queries import due_list, kept_rate, promises_of_conversation, promises_of_customer, word_kept
from golddraht.promises.queries.standing import WordKept
from golddraht.promises.rules import Kind, State
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina, words
from tests.mails import a_mailbox

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def a_promise(company: Company, conversation: Conversation | None = None, **changed: Any) -> Promise:
    """Nina promises Valentina a call tomorrow at ten, unless told otherwise."""
    wishes: dict[str, Any] = {
        "customer_id": conversation.customer_id if conversation else valentina().pk,
        "conversation_id": conversation.pk if conversation else None,
        "owner_id": company.nina.pk,
        "kind": Kind.CALLBACK,
        "what": "Anruf wegen der Pumpe",
        "due_at": MONDAY_MORNING + HOUR,
        "by": company.nina.pk,
        "at": MONDAY_MORNING,
    }
    return make_promise(**(wishes | changed))


def first_answer(conversation: Conversation) -> Promise:
    promise: Promise = Promise.objects.get(conversation=conversation, kind=Kind.FIRST_ANSWER)
    return promise


def test_an_arrival_is_promised_an_answer_at_its_next_touch(company: Company) -> None:
    conversation = a_conversation()

    promise = first_answer(conversation)

    assert (promise.due_at, promise.owner_id) == (conversation.next_touch_at, conversation.owner_id)


def test_what_needs_no_answer_is_promised_none(company: Company) -> None:
    receive_message(customer=valentina(), words=words("Danke!", quiet_reason="THANKS"), at=MONDAY_MORNING)

    assert not Promise.objects.exists()


def test_the_first_promise_stands(company: Company) -> None:
    conversation = a_conversation()
    promise = first_answer(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(next_touch_at=MONDAY_MORNING + DAY)

    again = promise_an_answer(conversation_id=conversation.pk, at=MONDAY_MORNING + HOUR)

    assert again is not None and (again.pk, again.due_at) == (promise.pk, promise.due_at)


def test_an_answer_in_time_keeps_the_first_promise(company: Company) -> None:
    a_mailbox()
    conversation = a_conversation()

    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Bitte das Sieb.", at=MONDAY_MORNING + HOUR)

    assert first_answer(conversation).state == State.KEPT


def test_an_answer_too_late_is_recorded_as_broken(company: Company) -> None:
    a_mailbox()
    conversation = a_conversation()

    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Verzeihung!", at=MONDAY_MORNING + 5 * HOUR)

    promise = first_answer(conversation)
    assert (promise.state, promise.settled_at) == (State.BROKEN, MONDAY_MORNING + 5 * HOUR)


def test_who_takes_over_the_concern_takes_over_its_promises(company: Company) -> None:
    conversation = a_conversation()
    owner = conversation.owner_id
    other = company.tom if owner == company.nina.pk else company.nina
    promise = a_promise(company, conversation, owner_id=owner)

    hand_over(conversation_id=conversation.pk, to_id=other.pk, by=owner, at=MONDAY_MORNING)

    promise.refresh_from_db()
    assert promise.owner_id == other.pk == first_answer(conversation).owner_id


def test_a_call_promised_sooner_pulls_the_next_touch(company: Company) -> None:
    conversation = a_conversation()

    a_promise(company, conversation, due_at=MONDAY_MORNING + HOUR)

    conversation.refresh_from_db()
    assert conversation.next_touch_at == MONDAY_MORNING + HOUR


def test_a_delivery_does_not_pull_the_next_touch(company: Company) -> None:
    conversation = a_conversation()

    a_promise(company, conversation, kind=Kind.DELIVERY, due_at=MONDAY_MORNING + HOUR)

    conversation.refresh_from_db()
    assert conversation.next_touch_at == MONDAY_MORNING + 4 * HOUR


def test_an_answer_does_not_move_the_next_touch_past_a_promised_call(company: Company) -> None:
    conversation = a_conversation()
    a_promise(company, conversation, due_at=MONDAY_MORNING + DAY)

    reply(
        conversation_id=conversation.pk,
        author_id=company.nina.pk,
        text="Bis morgen!",
        channel=Channel.PHONE,
        at=MONDAY_MORNING + HOUR,
    )

    conversation.refresh_from_db()
    assert conversation.next_touch_at == MONDAY_MORNING + DAY


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"due_at": MONDAY_MORNING}, "PAST"),
        ({"due_at": MONDAY_MORNING.replace(year=2099)}, "TOO_FAR"),
        ({"starts_at": MONDAY_MORNING + 2 * HOUR}, "WINDOW"),
        ({"kind": Kind.OTHER, "what": "  "}, "WORDS"),
        ({"kind": Kind.FIRST_ANSWER}, "KIND"),
        ({"owner_id": 0}, "OWNER"),
    ],
)
def test_what_nobody_can_be_held_to_is_refused(company: Company, changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(PromiseRefused) as refused:
        a_promise(company, **changed)

    assert refused.value.reason == reason


def test_a_promise_cannot_stand_in_the_concern_of_somebody_else(company: Company) -> None:
    conversation = a_conversation()

    with pytest.raises(PromiseRefused) as refused:
        a_promise(company, conversation, customer_id=bjoern().pk)

    assert refused.value.reason == "CUSTOMER"


def test_keeping_twice_changes_nothing(company: Company) -> None:
    promise = a_promise(company, a_conversation())

    keep_promise(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING + HOUR)
    again = keep_promise(promise_id=promise.pk, by=company.tom.pk, at=MONDAY_MORNING + 3 * HOUR)

    assert (again.state, again.settled_by_id) == (State.KEPT, company.nina.pk)
    assert Milestone.objects.filter(kind="PROMISE_KEPT").count() == 1


def test_what_was_done_too_late_is_broken(company: Company) -> None:
    promise = a_promise(company)

    kept = keep_promise(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING + 2 * HOUR)

    assert kept.state == State.BROKEN


def test_a_delivery_in_time_may_be_recorded_later(company: Company) -> None:
    promise = a_promise(company, kind=Kind.DELIVERY)

    kept = keep_promise(
        promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING + DAY, kept_at=MONDAY_MORNING + HOUR / 2
    )

    assert (kept.state, kept.settled_at) == (State.KEPT, MONDAY_MORNING + HOUR / 2)


def test_nothing_is_kept_in_the_future(company: Company) -> None:
    promise = a_promise(company)

    with pytest.raises(NotYet):
        keep_promise(promise_id=promise.pk, by=None, at=MONDAY_MORNING, kept_at=MONDAY_MORNING + HOUR / 2)


def test_another_date_with_the_customers_agreement_is_a_change(company: Company) -> None:
    promise = a_promise(company, a_conversation())

    fresh = change_promise(
        promise_id=promise.pk, due_at=MONDAY_MORNING + DAY, agreed=True, by=company.nina.pk, at=MONDAY_MORNING
    )

    promise.refresh_from_db()
    assert (promise.state, promise.replaced_by_id) == (State.CHANGED, fresh.pk)
    assert (fresh.state, fresh.what) == (State.OPEN, promise.what)


def test_another_date_without_agreement_is_a_broken_promise(company: Company) -> None:
    promise = a_promise(company)

    fresh = change_promise(
        promise_id=promise.pk, due_at=MONDAY_MORNING + DAY, agreed=False, by=company.nina.pk, at=MONDAY_MORNING
    )

    promise.refresh_from_db()
    assert (promise.state, promise.replaced_by_id, fresh.state) == (State.BROKEN, None, State.OPEN)


def test_the_time_of_a_first_answer_is_not_moved(company: Company) -> None:
    promise = first_answer(a_conversation())

    with pytest.raises(PromiseRefused):
        change_promise(promise_id=promise.pk, due_at=MONDAY_MORNING + DAY, agreed=True, by=None, at=MONDAY_MORNING)


def test_what_is_settled_stays_settled(company: Company) -> None:
    promise = a_promise(company)
    change_promise(promise_id=promise.pk, due_at=MONDAY_MORNING + DAY, agreed=True, by=None, at=MONDAY_MORNING)

    with pytest.raises(AlreadySettled):
        keep_promise(promise_id=promise.pk, by=None, at=MONDAY_MORNING)
    with pytest.raises(AlreadySettled):
        change_promise(promise_id=promise.pk, due_at=MONDAY_MORNING + DAY, agreed=True, by=None, at=MONDAY_MORNING)


def test_the_list_shows_what_is_due_the_earliest_first(company: Company) -> None:
    later = a_promise(company, due_at=MONDAY_MORNING + 3 * HOUR)
    sooner = a_promise(company, due_at=MONDAY_MORNING + HOUR, reference="88-2041")
    a_promise(company, due_at=MONDAY_MORNING + 9 * DAY)

    lines = due_list(viewer=company.viewer(company.nina), at=MONDAY_MORNING + 2 * HOUR, until=MONDAY_MORNING + DAY)

    assert [line.id for line in lines] == [sooner.pk, later.pk]
    assert [line.is_late for line in lines] == [True, False]
    assert lines[0].what == "Anruf wegen der Pumpe (88-2041)"


def test_the_kept_rate_leaves_out_what_was_agreed(company: Company) -> None:
    for hours in (1, 1, 1, 5):
        promise = a_promise(company)
        keep_promise(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING + hours * HOUR)
    changed = a_promise(company)
    change_promise(promise_id=changed.pk, due_at=MONDAY_MORNING + 9 * DAY, agreed=True, by=None, at=MONDAY_MORNING)

    rate = kept_rate(viewer=company.viewer(company.lea), since=MONDAY_MORNING, until=MONDAY_MORNING + DAY)

    assert (rate.kept, rate.broken, rate.changed, rate.share) == (3, 1, 1, 0.75)
    assert rate.low is not None and rate.high is not None and rate.low < 0.75 < rate.high


def test_a_rate_of_nothing_is_none(company: Company) -> None:
    rate = kept_rate(viewer=company.viewer(company.lea), since=MONDAY_MORNING, until=MONDAY_MORNING + DAY)

    assert (rate.share, rate.low, rate.high) == (None, None, None)


def test_cards_say_when_on_the_clocks_of_the_team(company: Company) -> None:
    conversation = a_conversation()
    a_promise(company, conversation, due_at=MONDAY_MORNING + HOUR)

    call, answer = promises_of_conversation(conversation_id=conversation.pk, at=MONDAY_MORNING)

    assert (call.title, call.when_text, call.state) == ("Anruf wegen der Pumpe", "heute um 11:00 Uhr", "soon")
    assert (answer.kind, answer.state) == (Kind.FIRST_ANSWER, "open")
    assert len(promises_of_customer(customer_id=conversation.customer_id, at=MONDAY_MORNING)) == 2


def test_how_we_kept_our_word_is_counted_over_all_concerns_of_a_person(company: Company) -> None:
    before = [a_promise(company, what=f"Zusage {one}") for one in range(4)]
    here = a_promise(company, a_conversation())
    a_promise(company)  # Still open.
    for promise in (*before, here):
        at = MONDAY_MORNING + (2 * HOUR if promise in before[:1] else HOUR)
        keep_promise(promise_id=promise.pk, by=company.nina.pk, at=at)

    so_far = word_kept(customer_id=here.customer_id, at=MONDAY_MORNING + DAY, besides=[here.pk])

    assert (so_far.kept, so_far.broken) == (4, 1)
    assert [card.id for card in so_far.latest] == [before[0].pk, before[3].pk, before[2].pk]
    assert {card.state for card in so_far.latest} == {"kept", "broken"}


def test_nothing_settled_is_nothing_to_say(company: Company) -> None:
    assert word_kept(customer_id=a_promise(company).customer_id, at=MONDAY_MORNING) == WordKept()
