from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from golddraht.conversations.models import Conversation, Message, Milestone
from golddraht.conversations.operations import reply
from golddraht.conversations.rules import Automatic, Status
from golddraht.customers.operations import meet
from golddraht.plumbing.links import opened
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations import (
    AlreadySettled,
    Chosen,
    DangerRefused,
    NoLongerOffered,
    choose_option,
    endanger,
    keep_promise,
    make_promise,
    sweep,
    withdraw_danger,
)
from golddraht.promises.queries import choice_for, due_list
from golddraht.promises.rules import Kind, OptionDraft, OptionKind, State
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, valentina

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOON = MONDAY_MORNING + DAY + 2 * HOUR
WAYS_OUT = (
    OptionDraft(OptionKind.OTHER_DATE, starts_at=NOON + DAY, due_at=NOON + DAY + 2 * HOUR, cents=1500),
    OptionDraft(OptionKind.COLLECT, title="Im Laden Altona abholen", due_at=MONDAY_MORNING + 4 * HOUR, cents=-2000),
    OptionDraft(OptionKind.SEND_BACK),
    OptionDraft(OptionKind.CALL_ME),
    OptionDraft(OptionKind.KEEP),
)


def a_delivery(company: Company, conversation: Conversation | None = None, **changed: Any) -> Promise:
    """A washing machine, announced for tomorrow between twelve and two."""
    wishes: dict[str, Any] = {
        "customer_id": conversation.customer_id if conversation else valentina().pk,
        "conversation_id": conversation.pk if conversation else None,
        "owner_id": company.nina.pk,
        "kind": Kind.DELIVERY,
        "what": "Lieferung der Waschmaschine",
        "reference": "88-2041",
        "starts_at": NOON - 0 * HOUR,
        "due_at": NOON + 2 * HOUR,
        "by": company.nina.pk,
        "at": MONDAY_MORNING,
    }
    return make_promise(**(wishes | changed))


def in_danger(
    company: Company, promise: Promise, *, options: Sequence[OptionDraft] = WAYS_OUT, at: datetime = MONDAY_MORNING
) -> Promise:
    return endanger(
        promise_id=promise.pk, why="Der Lastwagen ist liegen geblieben.", options=options, by=company.nina.pk, at=at
    )


def option(promise: Promise, kind: OptionKind) -> Option:
    found: Option = Option.objects.get(promise=promise, kind=kind)
    return found


def notices(kind: Automatic = Automatic.DANGER) -> list[Message]:
    return list(Message.objects.filter(automatic=kind).order_by("pk"))


def test_a_danger_is_told_with_date_cost_and_a_link_for_each_way_out(company: Company) -> None:
    promise = a_delivery(company, a_conversation())

    in_danger(company, promise)

    (notice,) = notices()
    assert "Der Lastwagen ist liegen geblieben." in notice.text
    assert "Mittwoch, 18. November, 12:00–14:00 Uhr" in notice.text
    assert "15,00\N{NO-BREAK SPACE}€" in notice.text and "20,00\N{NO-BREAK SPACE}€" in notice.text
    assert "Im Laden Altona abholen" in notice.text
    token = notice.text.split("/k/wahl/")[1].split("/")[0]
    assert opened("promise", token, within=DAY).id == promise.pk


def test_a_danger_is_told_even_when_the_nuisance_budget_is_used_up(company: Company) -> None:
    conversation = a_conversation()
    Conversation.objects.filter(pk=conversation.pk).update(automatic_in_a_row=2)

    in_danger(company, a_delivery(company, conversation))

    conversation.refresh_from_db()
    assert len(notices()) == 1
    assert conversation.automatic_in_a_row == 2


def test_a_promise_without_a_concern_gets_one_with_its_owner(company: Company) -> None:
    promise = a_delivery(company)

    in_danger(company, promise)

    promise.refresh_from_db()
    conversation = promise.conversation
    assert conversation is not None
    assert (conversation.owner_id, conversation.status) == (company.nina.pk, Status.WAITING)
    assert conversation.next_touch_at == promise.due_at


def test_a_danger_in_a_solved_concern_opens_a_new_one(company: Company) -> None:
    solved = a_conversation()
    promise = a_delivery(company, solved)
    Conversation.objects.filter(pk=solved.pk).update(status=Status.SOLVED, solved_at=MONDAY_MORNING)

    in_danger(company, promise)

    promise.refresh_from_db()
    assert promise.conversation is not None and promise.conversation.is_live()
    assert promise.conversation_id != solved.pk


def test_who_cannot_be_written_to_is_told_by_a_person_soon(company: Company) -> None:
    walk_in = meet(name="Karl ohne Mail", source="member", at=MONDAY_MORNING)
    promise = a_delivery(company, customer_id=walk_in.pk)

    in_danger(company, promise)

    promise.refresh_from_db()
    assert notices() == [] and promise.announced_at is None
    assert promise.conversation is not None and promise.conversation.status == Status.OPEN
    assert promise.conversation.next_touch_at == MONDAY_MORNING + HOUR / 2
    assert Milestone.objects.filter(kind="DANGER_UNTOLD").count() == 1


@pytest.mark.parametrize(
    ("why", "options", "reason"),
    [
        ("", WAYS_OUT, "WORDS"),
        ("Stau", (), "NONE"),
        ("Stau", (OptionDraft(OptionKind.OTHER_DATE),), "NO_DATE"),
        ("Stau", (OptionDraft(OptionKind.COLLECT, due_at=MONDAY_MORNING),), "PAST"),
    ],
)
def test_a_danger_needs_a_reason_and_ways_out(
    company: Company, why: str, options: tuple[OptionDraft, ...], reason: str
) -> None:
    promise = a_delivery(company)

    with pytest.raises(DangerRefused) as refused:
        endanger(promise_id=promise.pk, why=why, options=options, by=company.nina.pk, at=MONDAY_MORNING)

    assert refused.value.reason == reason


def test_the_same_danger_is_told_once(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))

    with pytest.raises(DangerRefused) as refused:
        in_danger(company, promise)

    assert refused.value.reason == "ALREADY"
    assert len(notices()) == 1


def test_without_options_of_our_own_the_usual_ones_are_offered(company: Company) -> None:
    promise = a_delivery(company)

    endanger(promise_id=promise.pk, why="Stau", by=company.nina.pk, at=MONDAY_MORNING)

    kinds = [one.kind for one in choice_for(promise_id=promise.pk, at=MONDAY_MORNING).options]
    assert kinds == ["OTHER_DATE", "OTHER_DATE", "COLLECT", "SEND_BACK", "CALL_ME"]


def test_a_late_answer_is_no_danger_of_its_own(company: Company) -> None:
    conversation = a_conversation()
    answer = Promise.objects.get(conversation=conversation, kind=Kind.FIRST_ANSWER)

    with pytest.raises(DangerRefused):
        in_danger(company, answer)


def test_another_date_makes_a_new_agreed_promise(company: Company) -> None:
    promise = in_danger(company, a_delivery(company, a_conversation()))

    chosen = choose_option(
        promise_id=promise.pk, option_id=option(promise, OptionKind.OTHER_DATE).pk, at=MONDAY_MORNING + HOUR
    )

    promise.refresh_from_db()
    made = Promise.objects.get(pk=chosen.made_id)
    assert (promise.state, promise.replaced_by_id) == (State.CHANGED, made.pk)
    assert (made.kind, made.starts_at, made.due_at) == (Kind.DELIVERY, NOON + DAY, NOON + DAY + 2 * HOUR)
    (confirmation,) = notices(Automatic.CONFIRMATION)
    assert "Mittwoch, 18. November, 12:00–14:00 Uhr" in confirmation.text


def test_a_second_click_shows_the_first_choice(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))
    first = choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.COLLECT).pk, at=MONDAY_MORNING)

    second = choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.CALL_ME).pk, at=MONDAY_MORNING)

    assert second == Chosen(promise.pk, first.option_id, first.made_id, is_new=False)
    assert len(notices(Automatic.CONFIRMATION)) == 1
    assert Promise.objects.filter(customer_id=promise.customer_id, state=State.OPEN).count() == 1


def test_keeping_to_it_keeps_the_promise_open(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))

    chosen = choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.KEEP).pk, at=MONDAY_MORNING)

    promise.refresh_from_db()
    assert (promise.state, chosen.made_id) == (State.OPEN, None)
    lines = due_list(viewer=company.viewer(company.nina), at=MONDAY_MORNING, until=NOON + DAY)
    assert [line.is_in_danger for line in lines] == [False]


def test_a_call_is_promised_soon_and_the_old_promise_is_not_excused(company: Company) -> None:
    promise = in_danger(company, a_delivery(company, a_conversation()))

    chosen = choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.CALL_ME).pk, at=MONDAY_MORNING)

    promise.refresh_from_db()
    call = Promise.objects.get(pk=chosen.made_id)
    assert (call.kind, call.due_at) == (Kind.CALLBACK, MONDAY_MORNING + 2 * HOUR)
    assert promise.state == State.OPEN
    assert promise.conversation is not None
    assert (promise.conversation.status, promise.conversation.next_touch_at) == (Status.OPEN, call.due_at)


@pytest.mark.parametrize("kind", [OptionKind.COLLECT, OptionKind.SEND_BACK])
def test_collecting_and_sending_back_are_promises_of_ours(company: Company, kind: OptionKind) -> None:
    promise = in_danger(company, a_delivery(company))

    chosen = choose_option(promise_id=promise.pk, option_id=option(promise, kind).pk, at=MONDAY_MORNING)

    made = Promise.objects.get(pk=chosen.made_id)
    promise.refresh_from_db()
    assert (made.kind, promise.state) == (Kind.OTHER, State.CHANGED)
    assert "Lieferung der Waschmaschine" in made.what


def test_what_broke_meanwhile_stays_broken_and_the_customer_still_chooses(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))
    late = promise.due_at + 2 * HOUR
    sweep(at=late)

    chosen = choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.OTHER_DATE).pk, at=late)

    promise.refresh_from_db()
    assert (promise.state, chosen.is_new) == (State.BROKEN, True)
    assert Promise.objects.get(pk=chosen.made_id).state == State.OPEN


def test_a_date_that_has_passed_is_no_longer_offered(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))

    with pytest.raises(NoLongerOffered):
        choose_option(
            promise_id=promise.pk, option_id=option(promise, OptionKind.OTHER_DATE).pk, at=NOON + DAY + 2 * HOUR
        )


def test_the_option_of_another_promise_is_refused(company: Company) -> None:
    mine, theirs = in_danger(company, a_delivery(company)), in_danger(company, a_delivery(company))

    with pytest.raises(NoLongerOffered):
        choose_option(promise_id=mine.pk, option_id=option(theirs, OptionKind.CALL_ME).pk, at=MONDAY_MORNING)


def test_what_has_been_kept_is_no_longer_chosen_about(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))
    keep_promise(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING)

    with pytest.raises(NoLongerOffered):
        choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.CALL_ME).pk, at=MONDAY_MORNING)
    with pytest.raises(AlreadySettled):
        in_danger(company, promise)


def test_postgresql_refuses_two_choices(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))

    with pytest.raises(IntegrityError), transaction.atomic():
        Option.objects.filter(promise=promise).update(chosen_at=MONDAY_MORNING)


def test_a_danger_that_is_over_is_told_too(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))

    withdraw_danger(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING + HOUR)
    again = withdraw_danger(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING + HOUR)

    assert again.endangered_at is None
    assert not Option.objects.filter(promise=promise).exists()
    assert len(notices()) == 2


def test_a_danger_is_not_taken_back_after_the_customer_has_chosen(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))
    choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.KEEP).pk, at=MONDAY_MORNING)

    with pytest.raises(DangerRefused) as refused:
        withdraw_danger(promise_id=promise.pk, by=company.nina.pk, at=MONDAY_MORNING)

    assert refused.value.reason == "CHOSEN"


def test_the_customers_page_shows_the_options_and_then_the_choice(company: Company) -> None:
    promise = in_danger(company, a_delivery(company))

    before = choice_for(promise_id=promise.pk, at=MONDAY_MORNING)
    choose_option(promise_id=promise.pk, option_id=before.options[0].id, at=MONDAY_MORNING)
    after = choice_for(promise_id=promise.pk, at=MONDAY_MORNING)

    assert before.is_open and before.chosen is None and len(before.options) == 5
    assert not after.is_open and after.chosen is not None and after.chosen.id == before.options[0].id


def test_the_confirmation_does_not_use_up_the_nuisance_budget(company: Company) -> None:
    conversation = a_conversation()
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Guten Tag!", at=MONDAY_MORNING)
    promise = in_danger(company, a_delivery(company, conversation))

    choose_option(promise_id=promise.pk, option_id=option(promise, OptionKind.CALL_ME).pk, at=MONDAY_MORNING)

    conversation.refresh_from_db()
    assert conversation.automatic_in_a_row == 0


def test_two_clicks_at_the_same_moment_are_one_choice(committed: None) -> None:
    company = a_company()
    with company.seen():
        promise = in_danger(company, a_delivery(company))
        options = [option(promise, OptionKind.COLLECT).pk, option(promise, OptionKind.SEND_BACK).pk]
    results: list[Chosen] = []
    gate = threading.Barrier(2)

    def click(option_id: int) -> None:
        try:
            with company.seen():
                gate.wait(timeout=20)
                results.append(choose_option(promise_id=promise.pk, option_id=option_id, at=MONDAY_MORNING))
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click, args=[option_id]) for option_id in options]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(timeout=60)

    assert sorted(chosen.is_new for chosen in results) == [False, True]
    assert len({chosen.option_id for chosen in results}) == 1
    with company.seen():
        assert len(notices(Automatic.CONFIRMATION)) == 1
