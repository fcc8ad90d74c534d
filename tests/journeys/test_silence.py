from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from golddraht.conversations.models import Conversation, Escalation, Message, Milestone
from golddraht.conversations.operations import (
    escalate_overdue,
    hand_over,
    remind_owners,
    reply,
    set_next_touch,
    sweep,
    take_escalation,
)
from golddraht.conversations.queries import escalations_for
from golddraht.conversations.rules import Automatic, Happening, Status
from golddraht.customers.models import ContactPoint
from golddraht.plumbing.models import Tenant
from golddraht.team.operations import plan_absence
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern
from tests.mails import a_mailbox


@pytest.fixture(autouse=True)
def mailbox(company: Company) -> None:
    """Somewhere to send from."""
    a_mailbox()


A_MINUTE = timedelta(minutes=1)


def interims() -> list[Message]:
    return list(Message.objects.filter(automatic=Automatic.INTERIM).order_by("pk"))


def passed(conversation: Conversation) -> datetime:
    """A moment after the next touch of a conversation went by."""
    conversation.refresh_from_db()
    assert conversation.next_touch_at is not None
    return conversation.next_touch_at + A_MINUTE


def test_a_passed_next_touch_tells_the_lead_and_the_customer_the_new_time(company: Company) -> None:
    conversation = a_conversation()
    missed_at, touched_at = conversation.next_touch_at, conversation.touched_at

    escalate_overdue(at=passed(conversation))

    escalation = Escalation.objects.get()
    assert (escalation.missed_at, escalation.lead_id) == (missed_at, company.lea.pk)
    conversation.refresh_from_db()
    [letter] = interims()
    owner = conversation.owner
    assert owner is not None and owner.name in letter.text
    assert letter.text.startswith("Guten Tag Valentina Moser,")
    assert conversation.next_touch_at is not None and missed_at is not None
    assert conversation.next_touch_at > missed_at
    assert conversation.touched_at == touched_at


def test_a_second_sweep_at_the_same_moment_does_nothing(company: Company) -> None:
    conversation = a_conversation()
    at = passed(conversation)

    counts = [escalate_overdue(at=at) for _ in range(3)]

    assert counts == [1, 0, 0]
    assert len(interims()) == 1


def test_in_one_gap_there_is_one_interim_but_every_missed_moment_is_escalated(company: Company) -> None:
    conversation = a_conversation()

    for _ in range(3):
        escalate_overdue(at=passed(conversation))

    assert len(interims()) == 1
    assert Escalation.objects.count() == 2
    conversation.refresh_from_db()
    assert Escalation.objects.filter(missed_at=conversation.next_touch_at).exists()


def test_after_a_human_word_a_new_gap_begins(company: Company) -> None:
    conversation = a_conversation()
    escalate_overdue(at=passed(conversation))
    at = passed(conversation)
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Ich bin dran.", still_ours=True, at=at)

    escalate_overdue(at=passed(conversation))

    assert len(interims()) == 2
    assert Escalation.objects.filter(taken_at=None).count() == 1


def test_the_lead_is_told_again_every_day_while_it_stays_missed(company: Company) -> None:
    conversation = a_conversation()
    ContactPoint.objects.update(unreachable_since=MONDAY_MORNING)
    at = passed(conversation)
    escalate_overdue(at=at)

    told = [sweep(at=at + timedelta(hours=hours)).told_again for hours in (1, 24, 25, 48)]

    assert told == [0, 1, 0, 1]
    assert interims() == []
    assert [line.number for line in escalations_for(viewer=company.viewer(company.lea))] == [conversation.number]


def test_when_the_longest_silence_is_used_up_nothing_is_announced_and_it_stays_overdue(company: Company) -> None:
    conversation = a_conversation()
    limit = conversation.touched_at + conversation.longest_silence
    set_next_touch(conversation_id=conversation.pk, next_touch_at=limit, by=company.nina.pk, at=MONDAY_MORNING)

    escalate_overdue(at=limit + A_MINUTE)

    conversation.refresh_from_db()
    assert conversation.next_touch_at == limit
    assert Escalation.objects.get().missed_at == limit
    assert interims() == []


def test_a_customer_who_does_not_answer_is_followed_up_by_the_owner_not_blamed(company: Company) -> None:
    conversation = a_conversation()
    reply(conversation_id=conversation.pk, author_id=company.nina.pk, text="Welches Modell?", at=MONDAY_MORNING)
    at = passed(conversation)

    escalate_overdue(at=at)

    conversation.refresh_from_db()
    assert conversation.status == Status.OPEN
    assert conversation.next_touch_at is not None and conversation.next_touch_at > at
    assert interims() == [] and not Escalation.objects.exists()
    assert Milestone.objects.filter(kind=Happening.FOLLOW_UP).exists()


def test_a_moment_that_a_colleague_had_set_is_escalated_even_while_waiting(company: Company) -> None:
    conversation = a_conversation()
    tuesday = MONDAY_MORNING + timedelta(days=1)
    reply(
        conversation_id=conversation.pk,
        author_id=company.nina.pk,
        text="Ich rufe am Dienstag an.",
        next_touch_at=tuesday,
        at=MONDAY_MORNING,
    )

    escalate_overdue(at=tuesday + A_MINUTE)

    assert Escalation.objects.get().missed_at == tuesday
    assert interims() == []


def test_the_owner_is_reminded_once_before(company: Company) -> None:
    conversation = a_conversation()
    assert conversation.next_touch_at is not None

    before = [conversation.next_touch_at - timedelta(minutes=minutes) for minutes in (120, 60, 30)]
    counts = [remind_owners(at=at) for at in before]

    assert counts == [0, 1, 0]
    assert Milestone.objects.filter(kind=Happening.REMINDED).count() == 1


def test_what_somebody_absent_owns_goes_to_their_deputy_when_it_comes_near(company: Company) -> None:
    conversation = a_conversation()
    hand_over(conversation_id=conversation.pk, to_id=company.nina.pk, by=None, at=MONDAY_MORNING)
    plan_absence(
        member_id=company.nina.pk,
        deputy_id=company.tom.pk,
        starts_at=MONDAY_MORNING,
        ends_at=MONDAY_MORNING + timedelta(days=9),
    )

    remind_owners(at=passed(conversation) - timedelta(minutes=30))

    conversation.refresh_from_db()
    assert conversation.owner_id == company.tom.pk


def test_a_lead_who_takes_an_escalation_cares_from_then_on(company: Company) -> None:
    conversation = a_conversation()
    at = passed(conversation)
    escalate_overdue(at=at)

    take_escalation(escalation_id=Escalation.objects.get().pk, by=company.lea.pk, at=at)

    conversation.refresh_from_db()
    assert conversation.owner_id == company.lea.pk
    assert escalations_for(viewer=company.viewer(company.lea)) == []


def test_the_brake_stops_interim_messages_but_no_escalation(company: Company) -> None:
    conversation = a_conversation()
    Tenant.objects.filter(pk=company.tenant.pk).update(automatic_per_hour=0)

    escalate_overdue(at=passed(conversation))

    assert interims() == []
    assert Escalation.objects.count() == 1


def test_one_conversation_that_fails_stops_no_other(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from golddraht.plumbing import bus

    bad, good = a_conversation(), a_conversation(customer=bjoern())
    publish = bus.publish

    def refuse(event: object) -> None:
        if getattr(event, "escalation_id", 0) and getattr(event, "conversation_id", 0) == bad.pk:
            raise RuntimeError("A reaction of somebody else broke.")
        publish(event)

    monkeypatch.setattr(bus, "publish", refuse)

    escalate_overdue(at=max(passed(bad), passed(good)))

    assert list(Escalation.objects.values_list("conversation_id", flat=True)) == [good.pk]
    assert str(bad.pk) in caplog.text


def test_a_sweep_takes_no_more_than_its_batch_and_says_so(company: Company) -> None:
    conversations = [a_conversation(customer=bjoern()) for _ in range(3)]
    at = max(passed(conversation) for conversation in conversations)

    assert not sweep(at=at, limit=2).is_done
    assert sweep(at=at, limit=2).is_done

    assert Escalation.objects.count() == 3


def test_a_letter_that_cannot_be_sent_leaves_the_concern_with_the_owner(company: Company) -> None:
    conversation = a_conversation()
    reply(
        conversation_id=conversation.pk, author_id=company.nina.pk, text="Gleich.", still_ours=True, at=MONDAY_MORNING
    )
    at = passed(conversation)
    ContactPoint.objects.update(unreachable_since=at)

    escalate_overdue(at=at)

    conversation.refresh_from_db()
    assert Escalation.objects.get().missed_at == conversation.next_touch_at
