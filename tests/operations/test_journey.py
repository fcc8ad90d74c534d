"""The journey: everything that happened to a customer, once, for good, the latest first, whoever they were merged with."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from golddraht.conversations import operations as care
from golddraht.conversations.events import MessageReceived
from golddraht.conversations.rules import Channel
from golddraht.customers.operations import merge_customers, take_apart
from golddraht.journey.models import Event
from golddraht.journey.queries import Place, journey_of
from golddraht.journey.reactions import note_arrival
from golddraht.journey.rules import GROUPS, Group, Kind
from golddraht.promises import operations as promises
from golddraht.promises.rules import Kind as PromiseKind
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation, a_message, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)


def kinds(company: Company, customer_id: int, **narrowed: object) -> list[str]:
    found = journey_of(viewer=company.viewer(company.nina), customer_id=customer_id, **narrowed)  # type: ignore[arg-type]  # Forwarded as given.
    return [str(one.kind) for one in found.events]


def test_messages_promises_and_solutions_are_written_down(company: Company) -> None:
    concern = a_conversation()
    care.reply(conversation_id=concern.pk, author_id=company.nina.pk, text="Gern.", at=LATER)
    care.propose_solution(conversation_id=concern.pk, by=company.nina.pk, text="Geht es?", at=LATER)
    care.confirm_in_person(conversation_id=concern.pk, by=company.nina.pk, at=LATER + timedelta(hours=1))

    seen = kinds(company, concern.customer_id)

    assert seen[-1] in {"wrote", "promised", "automatic"}
    assert {"wrote", "promised", "automatic", "answered", "kept", "asked", "solved"} <= set(seen)


def test_what_is_told_twice_happened_once(company: Company) -> None:
    message = a_message()
    count = Event.objects.count()

    event = MessageReceived(
        conversation_id=message.conversation_id,
        message_id=message.pk,
        customer_id=message.customer_id or 0,
        is_new_conversation=True,
        is_machine=False,
        needs_answer=True,
        at=MONDAY_MORNING,
    )
    note_arrival(event)

    assert Event.objects.count() == count


def test_a_promise_outside_of_any_concern_belongs_to_its_customer(company: Company) -> None:
    customer = valentina()
    promises.make_promise(
        customer_id=customer.pk,
        conversation_id=None,
        owner_id=company.nina.pk,
        kind=PromiseKind.CALLBACK,
        what="Rückruf",
        due_at=LATER + timedelta(days=1),
        by=company.nina.pk,
        at=LATER,
    )

    assert kinds(company, customer.pk) == ["promised"]


def test_what_happened_is_never_changed(company: Company) -> None:
    a_message()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Event.objects.update(kind=Kind.LOST)


def test_a_look_is_narrowed_by_group_and_channel(company: Company) -> None:
    concern = a_conversation()

    everything = kinds(company, concern.customer_id)
    words = kinds(company, concern.customer_id, group=Group.WORDS)

    assert set(words) <= set(map(str, GROUPS[Group.WORDS])) and len(words) < len(everything)
    assert kinds(company, concern.customer_id, channel=Channel.PHONE) == []
    assert "wrote" in kinds(company, concern.customer_id, channel=Channel.EMAIL)


def test_pages_follow_each_other_without_gap_or_repetition(company: Company) -> None:
    customer = valentina()
    _grow(customer.pk, 23)
    viewer, seen, behind = company.viewer(company.nina), [], None
    while True:
        page = journey_of(viewer=viewer, customer_id=customer.pk, behind=behind, limit=5)
        seen += [one.id for one in page.events]
        if page.older is None:
            break
        behind: Place | None = page.older

    ordered = Event.objects.filter(customer=customer).order_by("-at", "-pk").values_list("pk", flat=True)
    assert seen == list(ordered)


def test_two_who_are_one_have_one_journey_until_they_are_taken_apart(company: Company) -> None:
    one, other = valentina(), bjoern()
    a_conversation(customer=one)
    a_conversation(customer=other)
    before = kinds(company, one.pk)

    merge = merge_customers(customer_id=other.pk, into_id=one.pk, reasons=["test"], at=LATER)
    together = kinds(company, one.pk)
    assert len(together) == 2 * len(before) + 2 and kinds(company, other.pk) == together

    take_apart(merge_id=merge.pk, why="two", at=LATER)
    assert kinds(company, one.pk) == ["apart", "merged", *before]


def test_another_company_sees_nothing_of_it(company: Company) -> None:
    customer = valentina()
    a_message(customer=customer)
    theirs = a_company("moebelhaus", "Möbelhaus")

    with theirs.seen():
        assert kinds(theirs, customer.pk) == []


def _grow(customer_id: int, count: int) -> None:
    """So many things happened, several in the same moment."""
    Event.objects.bulk_create(
        Event(
            customer_id=customer_id,
            at=_moment(number),
            kind=Kind.WROTE,
            channel=Channel.EMAIL,
            mark=f"test:{number}",
        )
        for number in range(count)
    )


def _moment(number: int) -> datetime:
    return MONDAY_MORNING - timedelta(minutes=number // 3)
