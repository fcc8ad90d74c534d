"""A call is seen where it rings, leaves a note, and a missed one becomes a concern: nothing is silent."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from golddraht.conversations.models import Conversation, Message, Note
from golddraht.conversations.operations import enter_concern
from golddraht.conversations.rules import Channel
from golddraht.customers.models import Customer
from golddraht.customers.operations import recognise
from golddraht.plumbing import clock
from golddraht.team.operations import plan_absence
from golddraht.telephone.models import Call, Ring
from golddraht.telephone.operations import ExtensionRefused, report_call, set_extension
from golddraht.telephone.queries import calls_at, extensions, latest_calls
from golddraht.telephone.rules import Signal, State
from tests.cast import Company

NUMBER = "+491701234567"


@pytest.fixture
def gerda(company: Company) -> Customer:
    return recognise(
        channel="PHONE", address=NUMBER, shown="0170 1234567", name="Gerda Klein", source="member", at=clock.now()
    )


def a_concern(customer: Customer, company: Company) -> Conversation:
    conversation: Conversation = enter_concern(
        customer=customer, channel=Channel.PHONE, text="Kalt", subject="Ofen", by=company.nina.pk, at=clock.now()
    ).conversation
    return conversation


def told(signal: str, *, call_id: str = "c1", number: str = "0170 1234567", agent: str = "23", **after: float) -> Call:
    at = clock.now() + timedelta(**after)
    return report_call(call_id=call_id, signal=Signal(signal), number=number, agent=agent, at=at)


@pytest.fixture(autouse=True)
def _extension(company: Company) -> None:
    set_extension(member_id=company.nina.pk, number="23")


def test_whoever_is_called_sees_who_calls(company: Company, gerda: Customer) -> None:
    told("ringing")

    (line,) = calls_at(viewer=company.viewer(company.nina), at=clock.now())
    assert (line.customer_name, line.number, line.state) == ("Gerda Klein", NUMBER, State.RINGING)
    assert calls_at(viewer=company.viewer(company.tom), at=clock.now()) == []


def test_somebody_is_known_by_the_address_of_their_sign_in_too(company: Company) -> None:
    told("ringing", agent="TOM@heizwerk.example")

    assert [ring.member_id for ring in Ring.objects.all()] == [company.tom.pk]


def test_where_several_telephones_ring_it_is_over_for_the_others_once_somebody_answers(company: Company) -> None:
    told("ringing"), told("ringing", agent="tom@heizwerk.example"), told("answered", agent="tom@heizwerk.example")

    assert calls_at(viewer=company.viewer(company.nina), at=clock.now()) == []
    (line,) = calls_at(viewer=company.viewer(company.tom), at=clock.now())
    assert (line.state, line.answered_by) == (State.ANSWERED, "Tom Berger")


def test_an_answered_call_leaves_a_note_in_the_live_concern(company: Company, gerda: Customer) -> None:
    concern = a_concern(gerda, company)

    told("ringing"), told("answered"), told("ended", minutes=4)

    note = Note.objects.get(conversation=concern)
    assert note.author_id == company.nina.pk and NUMBER in note.text and "4 Minuten" in note.text
    assert Call.objects.get().conversation_id == concern.pk


def test_a_missed_call_becomes_a_concern_of_whoever_was_called(company: Company) -> None:
    told("ringing"), told("ended", seconds=30)

    concern = Conversation.objects.get()
    assert concern.owner_id == company.nina.pk and concern.next_touch_at is not None
    assert concern.customer.contact_points.get().address == NUMBER
    assert NUMBER in Message.objects.get(direction="IN").text


def test_a_missed_call_of_somebody_away_goes_to_who_is_there(company: Company) -> None:
    at = clock.now()
    plan_absence(
        member_id=company.nina.pk, deputy_id=company.tom.pk, starts_at=at - timedelta(1), ends_at=at + timedelta(days=9)
    )

    told("ringing"), told("ended", seconds=30)

    assert Conversation.objects.get().owner_id != company.nina.pk


def test_a_missed_call_in_a_known_matter_belongs_to_it(company: Company, gerda: Customer) -> None:
    concern = a_concern(gerda, company)

    told("ringing"), told("ended", seconds=30)

    assert Conversation.objects.count() == 1
    assert Message.objects.filter(conversation=concern, direction="IN").count() == 2


def test_a_withheld_number_that_nobody_answered_can_only_be_listed(company: Company) -> None:
    told("ringing", number=""), told("ended", number="anonymous")

    assert not Conversation.objects.exists() and not Customer.objects.exists()
    assert [line.state for line in latest_calls(viewer=company.viewer(company.nina))] == [State.MISSED]


def test_what_is_told_twice_is_done_once(company: Company) -> None:
    for signal in ("ringing", "ringing", "ended", "ended", "answered", "ringing"):
        told(signal)

    assert (Call.objects.count(), Ring.objects.count(), Message.objects.filter(direction="IN").count()) == (1, 1, 1)


@pytest.mark.parametrize("order", [*permutations(("ringing", "answered", "ended"))])
def test_whatever_order_signals_come_in_nothing_breaks_and_there_is_one_call(
    company: Company, gerda: Customer, order: tuple[str, ...]
) -> None:
    a_concern(gerda, company)
    for signal in order:
        told(signal)

    call = Call.objects.get()
    assert call.ended_at is not None and call.conversation_id is not None


def test_a_call_without_a_concern_is_to_be_written_up(company: Company, gerda: Customer) -> None:
    told("answered"), told("ended")

    (line,) = calls_at(viewer=company.viewer(company.nina), at=clock.now())
    assert (line.state, line.conversation_number) == (State.ENDED, None)
    assert calls_at(viewer=company.viewer(company.nina), at=clock.now() + timedelta(minutes=4)) == []


def test_numbers_follow_the_plan_of_the_companys_country(company: Company) -> None:
    from golddraht.plumbing.models import Tenant

    Tenant.objects.filter(pk=company.tenant.pk).update(country="CH")

    assert told("ringing", number="044 668 18 00").number == "+41446681800"


def test_an_extension_has_one_owner(company: Company) -> None:
    with pytest.raises(ExtensionRefused):
        set_extension(member_id=company.tom.pk, number="23")
    with pytest.raises(ExtensionRefused):
        set_extension(member_id=987_654_321, number="24")
    set_extension(member_id=company.nina.pk, number=" ")
    set_extension(member_id=company.tom.pk, number="23")

    assert extensions(viewer=company.viewer(company.ada)) == {company.tom.pk: "23"}
