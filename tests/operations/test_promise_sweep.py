from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from golddraht.conversations.models import Conversation, Escalation, Message, Milestone
from golddraht.conversations.operations import confirm_in_person, merge, reply, silence
from golddraht.conversations.rules import Automatic, Status
from golddraht.plumbing.models import Tenant
from golddraht.promises.models import Disturbance, Option, Promise
from golddraht.promises.operations import announce_disturbance, choose_option, make_promise, sweep
from golddraht.promises.queries import promises_of_conversation, touched_by
from golddraht.promises.rules import Kind, OptionKind, State
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, recognise, valentina
from tests.mails import a_mailbox

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TOUR = "Tour 7"


def a_promise(company: Company, conversation: Conversation | None = None, **changed: Any) -> Promise:
    wishes: dict[str, Any] = {
        "customer_id": conversation.customer_id if conversation else valentina().pk,
        "conversation_id": conversation.pk if conversation else None,
        "owner_id": company.nina.pk,
        "kind": Kind.CALLBACK,
        "what": "Anruf",
        "due_at": MONDAY_MORNING + 3 * HOUR,
        "by": company.nina.pk,
        "at": MONDAY_MORNING,
    }
    return make_promise(**(wishes | changed))


def on_tour(company: Company, customer_id: int, **changed: Any) -> Promise:
    return a_promise(
        company,
        **(
            {
                "customer_id": customer_id,
                "kind": Kind.DELIVERY,
                "what": "Lieferung des Kaminofens",
                "tour": TOUR,
                "starts_at": MONDAY_MORNING + 5 * HOUR,
                "due_at": MONDAY_MORNING + 7 * HOUR,
            }
            | changed
        ),
    )


def cancelled(company: Company, *, at: datetime = MONDAY_MORNING, **changed: Any) -> Disturbance:
    wishes: dict[str, Any] = {
        "words": "Die Tour fällt wegen Glatteis aus.",
        "tour": TOUR,
        "starts_at": MONDAY_MORNING + HOUR,
        "ends_at": MONDAY_MORNING + 8 * HOUR,
        "by": company.lea.pk,
        "at": at,
    }
    return announce_disturbance(**(wishes | changed))


def dangers() -> list[Message]:
    return list(Message.objects.filter(automatic=Automatic.DANGER).order_by("pk"))


def test_the_owner_is_reminded_once(company: Company) -> None:
    conversation = a_conversation()
    a_promise(company, conversation)

    early = sweep(at=MONDAY_MORNING + 2 * HOUR)
    first = sweep(at=MONDAY_MORNING + 2.5 * HOUR)
    second = sweep(at=MONDAY_MORNING + 2.6 * HOUR)

    assert (early.reminded, first.reminded, second.reminded) == (0, 1, 0)
    assert Milestone.objects.filter(conversation=conversation, kind="PROMISE_DUE").count() == 1


def test_what_runs_out_is_broken_and_the_lead_is_told(company: Company) -> None:
    conversation = a_conversation()
    promise = a_promise(company, conversation)
    late = promise.due_at + timedelta(minutes=2)
    Conversation.objects.filter(pk=conversation.pk).update(status=Status.WAITING, next_touch_at=late + DAY)

    sweep(at=late)
    silence.sweep(at=late)

    promise.refresh_from_db()
    assert (promise.state, promise.settled_at, promise.settled_by_id) == (State.BROKEN, late, None)
    assert Escalation.objects.filter(conversation=conversation).count() == 1


def test_one_missed_moment_is_escalated_once(company: Company) -> None:
    conversation = a_conversation()
    late = MONDAY_MORNING + 4 * HOUR + timedelta(minutes=2)

    silence.sweep(at=late)
    sweep(at=late)
    silence.sweep(at=late + timedelta(minutes=1))
    sweep(at=late + timedelta(minutes=1))

    assert Promise.objects.get(conversation=conversation).state == State.BROKEN
    assert Escalation.objects.filter(conversation=conversation).count() == 1
    assert Message.objects.filter(automatic=Automatic.INTERIM).count() == 1


def test_sweeping_twice_changes_nothing(company: Company) -> None:
    a_promise(company)
    late = MONDAY_MORNING + 4 * HOUR

    first, second = sweep(at=late), sweep(at=late)

    assert (first.broken, second.broken, second.is_done) == (1, 0, True)


def test_a_sweep_goes_in_batches(company: Company) -> None:
    for _ in range(3):
        a_promise(company)
    late = MONDAY_MORNING + 4 * HOUR

    swept = [sweep(at=late, limit=2), sweep(at=late, limit=2)]

    assert [(one.broken, one.is_done) for one in swept] == [(2, False), (1, True)]


def test_spam_was_promised_nothing(company: Company) -> None:
    conversation = a_conversation()
    Conversation.objects.filter(pk=conversation.pk).update(status=Status.SPAM)

    sweep(at=MONDAY_MORNING + DAY)

    assert not Promise.objects.filter(conversation=conversation).exists()


def test_a_broken_promise_takes_back_the_question_whether_it_is_solved(company: Company) -> None:
    conversation = a_conversation()
    promise = a_promise(company, conversation, kind=Kind.DELIVERY)
    Conversation.objects.filter(pk=conversation.pk).update(
        status=Status.PROPOSED, next_touch_at=MONDAY_MORNING + 3 * DAY
    )

    sweep(at=promise.due_at + HOUR)

    conversation.refresh_from_db()
    assert (conversation.status, conversation.next_touch_at) == (Status.OPEN, promise.due_at + HOUR)


def test_a_disturbance_tells_everybody_it_touches_once(company: Company) -> None:
    mine, also_mine = on_tour(company, valentina().pk), on_tour(company, valentina().pk, what="Ofenrohr")
    his = on_tour(company, bjoern().pk)
    other = on_tour(company, bjoern().pk, tour="Tour 8")

    disturbance = cancelled(company)

    assert len(dangers()) == 2
    assert "Lieferung des Kaminofens" in dangers()[0].text and "Ofenrohr" in dangers()[0].text
    touched = Promise.objects.filter(disturbance=disturbance, announced_at=MONDAY_MORNING)
    assert set(touched) == {mine, also_mine, his}
    other.refresh_from_db()
    assert other.endangered_at is None


def test_each_is_offered_the_same_hours_on_the_next_two_working_days(company: Company) -> None:
    promise = on_tour(company, valentina().pk)

    cancelled(company)

    options = list(Option.objects.filter(promise=promise))
    assert [option.kind for option in options] == ["OTHER_DATE", "OTHER_DATE", "COLLECT", "SEND_BACK", "CALL_ME"]
    assert promise.starts_at is not None
    assert [option.starts_at for option in options[:2]] == [promise.starts_at + DAY, promise.starts_at + 2 * DAY]


def test_the_same_disturbance_again_tells_nobody_twice(company: Company) -> None:
    on_tour(company, valentina().pk)

    cancelled(company)
    cancelled(company)

    assert len(dangers()) == 1


def test_the_lead_sees_beforehand_whom_it_touches(company: Company) -> None:
    promise = on_tour(company, valentina().pk)
    on_tour(company, bjoern().pk, starts_at=MONDAY_MORNING + 9 * HOUR, due_at=MONDAY_MORNING + 10 * HOUR)

    lines = touched_by(
        viewer=company.viewer(company.lea),
        starts_at=MONDAY_MORNING,
        ends_at=MONDAY_MORNING + 8 * HOUR,
        tour=TOUR,
        at=MONDAY_MORNING,
    )

    assert [line.id for line in lines] == [promise.pk]


def test_what_the_hourly_brake_held_back_is_told_in_the_next_hour(company: Company) -> None:
    Tenant.objects.filter(pk=company.tenant.pk).update(automatic_per_hour=1)
    on_tour(company, valentina().pk)
    on_tour(company, bjoern().pk)

    cancelled(company)
    held_back = len(dangers())
    still = sweep(at=MONDAY_MORNING + timedelta(minutes=5))
    later = sweep(at=MONDAY_MORNING + HOUR)

    assert (held_back, still.announced, later.announced, len(dangers())) == (1, 0, 1, 2)


def test_a_disturbance_over_two_hundred_promises_reaches_everybody(company: Company) -> None:
    for number in range(200):
        customer = recognise(
            channel="EMAIL",
            address=f"kunde{number}@kunden.example",
            shown=f"kunde{number}@kunden.example",
            name=f"Kunde {number}",
            source="mail:from",
            at=MONDAY_MORNING,
        )
        on_tour(company, customer.pk)

    disturbance = cancelled(company)
    told_while_the_lead_waits = len(dangers())
    while not sweep(at=MONDAY_MORNING).is_done:
        pass

    assert 0 < told_while_the_lead_waits < 200
    assert Promise.objects.filter(disturbance=disturbance, announced_at__isnull=False).count() == 200
    assert len(dangers()) == 200
    assert Conversation.objects.filter(status=Status.WAITING).count() == 200
    promise = Promise.objects.filter(disturbance=disturbance)[0]
    option = Option.objects.get(promise=promise, kind=OptionKind.COLLECT)
    assert choose_option(promise_id=promise.pk, option_id=option.pk, at=MONDAY_MORNING).made_id is not None


def test_a_call_promised_in_a_merged_concern_pulls_the_one_it_went_into(company: Company) -> None:
    a_mailbox()
    middle, last = a_conversation(), a_conversation(customer=valentina())
    first = a_conversation(customer=valentina())
    promise = a_promise(company, first, due_at=MONDAY_MORNING + DAY)
    for source, target in ((first, middle), (middle, last)):
        merge(source_id=source.pk, target_id=target.pk, by=company.nina.pk, at=MONDAY_MORNING)

    reply(conversation_id=last.pk, author_id=company.nina.pk, text="Ich rufe morgen an.", at=MONDAY_MORNING + HOUR)

    last.refresh_from_db()
    assert last.next_touch_at == promise.due_at
    assert not Promise.objects.filter(kind=Kind.FIRST_ANSWER, state=State.OPEN).exists()
    assert [card.id for card in promises_of_conversation(conversation_id=last.pk, at=MONDAY_MORNING)][:1] == [
        promise.pk
    ]


def test_what_breaks_in_a_merged_concern_is_told_where_it_went(company: Company) -> None:
    source, target = a_conversation(), a_conversation(customer=valentina())
    delivery = on_tour(company, source.customer_id, conversation_id=source.pk)
    merge(source_id=source.pk, target_id=target.pk, by=company.nina.pk, at=MONDAY_MORNING)

    sweep(at=delivery.due_at + HOUR)

    assert Milestone.objects.filter(conversation=target, kind="PROMISE_BROKEN").exists()


def test_a_forgotten_call_without_a_live_concern_is_told_the_lead_and_not_the_customer(company: Company) -> None:
    a_mailbox()
    solved = a_conversation()
    confirm_in_person(conversation_id=solved.pk, by=company.nina.pk, at=MONDAY_MORNING)
    calls = [a_promise(company), a_promise(company, solved)]
    before = Message.objects.count()

    sweep(at=MONDAY_MORNING + 4 * HOUR)
    silence.sweep(at=MONDAY_MORNING + 4 * HOUR)

    for call in calls:
        call.refresh_from_db()
        assert call.state == State.BROKEN
        assert Escalation.objects.get(conversation=call.conversation).lead_id == company.lea.pk
    solved.refresh_from_db()
    assert solved.status == Status.SOLVED and Message.objects.count() == before
