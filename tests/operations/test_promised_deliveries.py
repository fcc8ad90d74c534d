"""A promised date becomes a promise, and nobody moves it over the customer's head."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from golddraht.commerce.operations import state, tying
from golddraht.commerce.rules import Thing
from golddraht.conversations.models import Conversation, Message
from golddraht.customers.models import Customer
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations import choose_option, make_promise, sweep
from golddraht.promises.rules import Kind, OptionKind, State
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)
MAIL = "valentina@kundin.example"
THURSDAY, FRIDAY, TUESDAY = (MONDAY_MORNING + timedelta(days=days) for days in (3, 4, 8))


def said(at: datetime = MONDAY_MORNING, thing: Thing = Thing.DELIVERY, number: str = "L-1", **row: Any) -> None:
    state(thing=thing, source="shop", row={"number": number, **row}, at=at)


@pytest.fixture
def promised(company: Company) -> Promise:
    """Valentina's order comes on Thursday between nine and eleven."""
    valentina()
    said(thing=Thing.ORDER, number="88-2041", email=MAIL, lines=[{"title": "Wärmetauscher"}])
    said(order="88-2041", promised_from=THURSDAY - timedelta(hours=2), promised_until=THURSDAY, tour="Tour 7")
    return Promise.objects.get()


def states() -> list[str]:
    return list(Promise.objects.order_by("pk").values_list("state", flat=True))


def dangers() -> list[Message]:
    return list(Message.objects.filter(automatic="DANGER").order_by("pk"))


def test_a_promised_date_becomes_a_promise(promised: Promise, company: Company) -> None:
    assert (promised.kind, promised.what, promised.reference) == (Kind.DELIVERY, "Wärmetauscher", "88-2041")
    assert (promised.due_at, promised.tour, promised.state) == (THURSDAY, "Tour 7", State.OPEN)
    assert promised.owner_id == company.lea.pk


def test_said_again_it_is_promised_once(promised: Promise) -> None:
    said(LATER, carrier="DHL")
    said(LATER, promised_from=THURSDAY - timedelta(hours=2), promised_until=THURSDAY)
    said(LATER, sent_at=LATER)

    assert states() == [State.OPEN] and not dangers()


def test_arriving_in_time_keeps_it(promised: Promise) -> None:
    said(THURSDAY, arrived_at=THURSDAY - timedelta(minutes=5))

    assert states() == [State.KEPT]


def test_arriving_late_breaks_it(promised: Promise) -> None:
    said(FRIDAY, arrived_at=THURSDAY + timedelta(hours=3))

    assert states() == [State.BROKEN]


def test_a_proof_in_time_that_comes_late_still_counts(promised: Promise) -> None:
    sweep(at=FRIDAY)
    assert states() == [State.BROKEN]

    said(FRIDAY, arrived_at=THURSDAY - timedelta(minutes=5))

    assert states() == [State.KEPT]


def test_what_is_called_off_is_waived_and_may_be_called_on_again(promised: Promise) -> None:
    said(LATER, cancelled_at=LATER)
    assert states() == [State.WAIVED]

    said(LATER + timedelta(hours=1), cancelled_at=None)

    assert states() == [State.WAIVED, State.OPEN]


def test_a_narrower_window_holds_what_was_promised(promised: Promise) -> None:
    said(LATER, promised_from=THURSDAY - timedelta(hours=1), promised_until=THURSDAY - timedelta(minutes=30))

    assert states() == [State.OPEN] and not dangers()


def test_another_date_is_told_at_once_with_ways_out(promised: Promise) -> None:
    said(LATER, promised_from=TUESDAY, promised_until=TUESDAY + timedelta(hours=2), why="Das Teil fehlt im Lager.")

    promised.refresh_from_db()
    options = list(Option.objects.filter(promise=promised).values_list("kind", "due_at"))
    (told,) = dangers()
    assert promised.state == State.OPEN and promised.announced_at == LATER
    assert options[0] == (OptionKind.OTHER_DATE, TUESDAY + timedelta(hours=2))
    assert {kind for kind, _ in options} >= {OptionKind.COLLECT, OptionKind.SEND_BACK, OptionKind.CALL_ME}
    assert all(due is None or due > TUESDAY for kind, due in options if kind == OptionKind.OTHER_DATE)
    assert "Das Teil fehlt im Lager." in told.text and told.recipients == [MAIL]


def test_the_same_other_date_is_told_once_and_a_third_one_again(promised: Promise) -> None:
    for hours, until in ((1, TUESDAY), (2, TUESDAY), (3, TUESDAY + timedelta(days=1))):
        at = MONDAY_MORNING + timedelta(hours=hours)
        said(at, promised_until=until, why=f"Stand {hours}")

    assert len(dangers()) == 2
    assert Option.objects.filter(promise=promised).first().due_at == TUESDAY + timedelta(days=1)  # type: ignore[union-attr]  # It is there.


def test_whoever_chooses_the_new_date_has_changed_it_by_agreement(promised: Promise) -> None:
    said(LATER, promised_until=TUESDAY)
    first = Option.objects.filter(promise=promised).first()
    assert first is not None
    choose_option(promise_id=promised.pk, option_id=first.pk, at=LATER + timedelta(minutes=5))

    said(LATER + timedelta(minutes=6), packed_at=LATER)
    said(TUESDAY, arrived_at=TUESDAY - timedelta(hours=1))

    assert states() == [State.CHANGED, State.KEPT]


def test_what_the_customer_chose_holds_against_what_was_said_before(promised: Promise) -> None:
    said(LATER, promised_until=TUESDAY)
    other = Option.objects.filter(promise=promised, kind=OptionKind.OTHER_DATE).last()
    assert other is not None and other.due_at != TUESDAY
    choose_option(promise_id=promised.pk, option_id=other.pk, at=LATER + timedelta(minutes=5))

    said(LATER + timedelta(minutes=6), packed_at=LATER)

    assert states() == [State.CHANGED, State.OPEN] and len(dangers()) == 1
    assert Promise.objects.get(state=State.OPEN).due_at == other.due_at


def test_without_consent_it_counts_as_broken_and_the_new_date_is_promised(promised: Promise) -> None:
    said(LATER, promised_until=TUESDAY)

    sweep(at=FRIDAY)

    assert states() == [State.BROKEN, State.OPEN]
    assert Promise.objects.get(state=State.OPEN).due_at == TUESDAY
    said(TUESDAY, arrived_at=TUESDAY - timedelta(hours=1))
    assert states() == [State.BROKEN, State.KEPT]


def test_moved_after_it_has_passed_it_is_broken_at_once(promised: Promise) -> None:
    said(FRIDAY, promised_until=TUESDAY)

    assert states() == [State.BROKEN, State.OPEN] and not dangers()


def test_with_the_customers_consent_it_is_changed(promised: Promise) -> None:
    said(LATER, promised_until=TUESDAY, agreed=True)

    assert states() == [State.CHANGED, State.OPEN] and not dangers()


def test_back_to_the_promised_date_the_customer_hears_so(promised: Promise) -> None:
    said(LATER, promised_until=TUESDAY)
    said(LATER + timedelta(hours=1), promised_from=THURSDAY - timedelta(hours=2), promised_until=THURSDAY)

    promised.refresh_from_db()
    assert promised.endangered_at is None and not Option.objects.exists()
    assert len(dangers()) == 2  # The second one gives the all-clear.


STORY: list[tuple[Thing, str, dict[str, Any]]] = [
    (Thing.ORDER, "88-2041", {"email": MAIL}),
    (Thing.DELIVERY, "L-1", {"order": "88-2041", "arrived_at": MONDAY_MORNING - timedelta(hours=3)}),
    (
        Thing.DELIVERY,
        "L-1",
        {"promised_until": MONDAY_MORNING - timedelta(hours=1), "said_at": MONDAY_MORNING - timedelta(days=4)},
    ),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("known_at", [0, 3])
def test_delivered_before_ordered_ends_the_same(company: Company, order: tuple[int, ...], known_at: int) -> None:
    if known_at == 0:
        valentina()
    for place in order:
        thing, number, row = STORY[place]
        said(LATER, thing, number, **row)
    if known_at == 3:
        valentina()
        tying.sweep(at=LATER)

    assert states() == [State.KEPT]


def test_what_was_never_promised_in_time_is_no_promise(company: Company) -> None:
    valentina()
    said(LATER, email=MAIL, promised_until=MONDAY_MORNING)

    assert states() == []


def test_a_visit_is_promised_as_one(company: Company) -> None:
    valentina()
    said(thing=Thing.APPOINTMENT, number="T-1", email=MAIL, promised_until=THURSDAY, technician="Frau Kern")

    assert Promise.objects.get().kind == Kind.VISIT
    said(THURSDAY, Thing.APPOINTMENT, "T-1", done_at=THURSDAY)
    assert states() == [State.KEPT]


def test_the_wrong_customer_is_promised_nothing_any_more(promised: Promise) -> None:
    other = bjoern()

    said(LATER, customer_id=other.pk)

    assert [(one.customer_id, one.state) for one in Promise.objects.order_by("pk")] == [
        (promised.customer_id, State.WAIVED),
        (other.pk, State.OPEN),
    ]


def test_whoever_cares_for_the_customer_owns_the_promise(company: Company) -> None:
    customer: Customer = valentina()
    concern: Conversation = a_conversation(customer=customer)
    said(LATER, email=MAIL, promised_until=THURSDAY)

    assert Promise.objects.get(kind=Kind.DELIVERY).owner_id == concern.owner_id


def test_what_a_colleague_promised_already_is_the_same_promise(company: Company) -> None:
    customer = valentina()
    by_hand = make_promise(
        customer_id=customer.pk,
        conversation_id=None,
        owner_id=company.nina.pk,
        kind=Kind.DELIVERY,
        what="Ofen in den Keller",
        due_at=THURSDAY,
        reference="88-2041",
        by=company.nina.pk,
        at=MONDAY_MORNING,
    )

    said(LATER, email=MAIL, order="88-2041", promised_until=TUESDAY)
    assert states() == [State.OPEN] and len(dangers()) == 1
    said(THURSDAY, arrived_at=THURSDAY)

    by_hand.refresh_from_db()
    assert (by_hand.state, by_hand.what) == (State.KEPT, "Ofen in den Keller")
