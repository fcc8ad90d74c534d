"""Facts from outside: kept as they were said, once, in any order, and tied to whom they belong."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import Error, transaction

from golddraht.commerce.models import Appointment, Delivery, Line, Order, Return, Statement
from golddraht.commerce.operations import Outcome, state, state_all, tying
from golddraht.commerce.rules import Thing, Unreadable
from golddraht.customers.operations import Said, learn, merge_customers
from golddraht.customers.rules.attributes import Attribute
from golddraht.journey.models import Event
from tests.cast import MONDAY_MORNING, Company, a_company, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)
MAIL = "valentina@kundin.example"


def said(thing: Thing, number: str, *, at: datetime = MONDAY_MORNING, **row: Any) -> Any:
    return state(thing=thing, source="shop", row={"number": number, **row}, at=at)


def test_an_order_is_kept_with_its_lines_and_its_customer(company: Company) -> None:
    customer = valentina()
    said(Thing.PRODUCT, "W-7", name="Wärmetauscher")

    stated = said(
        Thing.ORDER,
        "88-2041",
        email="Valentina@Kundin.example",
        ordered_at=MONDAY_MORNING - timedelta(days=2),
        cents=12900,
        lines=[{"product": "W-7"}, {"title": "Dichtung", "quantity": 2}],
    )

    assert (stated.outcome, stated.customer_id) == (Outcome.NEW, customer.pk)
    assert list(Line.objects.values_list("product", "title")) == [("W-7", ""), ("", "Dichtung")]
    assert Event.objects.filter(kind="ordered", customer=customer).count() == 1


def test_the_same_said_twice_is_kept_once(company: Company) -> None:
    first = said(Thing.ORDER, "88-2041", email=MAIL)
    again = said(Thing.ORDER, "88-2041", email=MAIL, at=LATER)
    with_moment = said(Thing.ORDER, "88-2041", email=MAIL, said_at=MONDAY_MORNING, at=LATER)

    assert [first.outcome, again.outcome, with_moment.outcome] == [Outcome.NEW, Outcome.SAME, Outcome.SAME]
    assert Statement.objects.count() == 1


def test_a_changed_date_is_a_new_statement_and_the_first_one_stays(company: Company) -> None:
    said(Thing.DELIVERY, "L-1", promised_on="2026-11-20")
    said(Thing.DELIVERY, "L-1", promised_on="2026-11-23", at=LATER)

    assert [row.told["promised"][1][:10] for row in Statement.objects.order_by("said_at")] == [
        "2026-11-20",
        "2026-11-23",
    ]
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Statement.objects.update(told={})


def test_an_older_word_that_comes_later_changes_nothing(company: Company) -> None:
    said(Thing.DELIVERY, "L-1", carrier="DHL", said_at=MONDAY_MORNING, at=LATER)

    stated = said(Thing.DELIVERY, "L-1", carrier="UPS", said_at=MONDAY_MORNING - timedelta(hours=1), at=LATER)

    assert stated.outcome is Outcome.OLDER
    assert Delivery.objects.get().carrier == "DHL"
    assert Statement.objects.count() == 2


STORY: list[tuple[Thing, str, dict[str, Any]]] = [
    (Thing.DELIVERY, "L-1", {"order": "88-2041", "arrived_at": MONDAY_MORNING - timedelta(hours=1)}),
    (Thing.ORDER, "88-2041", {"customer_number": "K-20417", "lines": [{"title": "Ofen"}]}),
    (Thing.RETURN, "R-1", {"order": "88-2041", "announced_at": MONDAY_MORNING - timedelta(minutes=5)}),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_comes_first_all_of_it_is_tied_in_the_end(company: Company, order: tuple[int, ...]) -> None:
    customer = valentina()
    number = Said(Attribute.NUMBER, "K-20417", "shop")

    for place in order:
        thing, number_, row = STORY[place]
        said(thing, number_, **row)
    assert Order.objects.get().customer_id is None
    learn(customer_id=customer.pk, said=[number], at=LATER)

    assert {model.objects.get().customer_id for model in (Order, Delivery, Return)} == {customer.pk}
    kinds = set(Event.objects.filter(customer=customer).values_list("kind", flat=True))
    assert {"ordered", "delivered", "returning"} <= kinds


def test_whoever_first_writes_gets_what_waited_for_them(company: Company) -> None:
    said(Thing.ORDER, "88-2041", email=MAIL)
    customer = valentina(at=LATER)

    swept = tying.sweep(at=LATER)

    assert (swept.tied, swept.is_done) == (1, True)
    assert Order.objects.get().customer_id == customer.pk
    assert tying.sweep(at=LATER).tied == 0


def test_a_number_that_only_stands_in_a_mail_is_no_proof(company: Company) -> None:
    stranger = bjoern()
    learn(customer_id=stranger.pk, said=[Said(Attribute.NUMBER, "K-20417", "mail:text")], at=MONDAY_MORNING)

    assert said(Thing.ORDER, "88-2041", customer_number="K-20417").customer_id is None
    tying.sweep(at=LATER)
    assert Order.objects.get().customer_id is None


def test_a_number_belongs_to_its_source(company: Company) -> None:
    learn(customer_id=valentina().pk, said=[Said(Attribute.NUMBER, "K-1", "import:shop")], at=MONDAY_MORNING)
    row = {"number": "1", "customer_number": "K-1"}

    assert state(thing=Thing.ORDER, source="werkstatt", row=row, at=LATER).customer_id is None
    assert state(thing=Thing.ORDER, source="shop", row=row, at=LATER).customer_id is not None


def test_a_number_that_two_people_have_ties_to_nobody(company: Company) -> None:
    for one in (valentina(), bjoern()):
        learn(customer_id=one.pk, said=[Said(Attribute.NUMBER, "K-1", "shop")], at=MONDAY_MORNING)
    assert said(Thing.ORDER, "1", customer_number="K-1").customer_id is None

    merge_customers(customer_id=bjoern().pk, into_id=valentina().pk, reasons=["same"], at=LATER)

    assert said(Thing.ORDER, "2", customer_number="K-1", at=LATER).customer_id in {valentina().pk, bjoern().pk}


def test_bad_rows_stop_no_others(company: Company) -> None:
    rows = [{"number": "1"}, {"number": ""}, {"number": "2", "cents": "much"}, {"number": "3"}]

    stated = state_all(thing=Thing.ORDER, source="shop", rows=rows, at=MONDAY_MORNING)

    assert [(one.outcome, one.reason) for one in stated] == [
        (Outcome.NEW, ""),
        (Outcome.REFUSED, "NUMBER"),
        (Outcome.REFUSED, "CENTS"),
        (Outcome.NEW, ""),
    ]


def test_nothing_is_left_of_a_row_that_was_refused(company: Company) -> None:
    with pytest.raises(Unreadable):
        said(Thing.ORDER, "1", said_at=MONDAY_MORNING + timedelta(days=1))

    assert not Order.objects.exists()


def test_a_visit_is_written_into_the_journey(company: Company) -> None:
    customer = valentina()
    said(Thing.APPOINTMENT, "T-1", email=MAIL, promised_on="2026-11-20", technician="Frau Kern")
    said(Thing.APPOINTMENT, "T-1", done_at=LATER, at=LATER)

    assert Appointment.objects.get().done_at == LATER
    assert set(Event.objects.filter(customer=customer).values_list("kind", flat=True)) >= {"appointment", "visited"}


def test_two_companies_may_have_the_same_numbers(company: Company) -> None:
    said(Thing.ORDER, "88-2041")
    with a_company("moebelhaus", "Möbelhaus").seen():
        assert said(Thing.ORDER, "88-2041").outcome is Outcome.NEW
        assert Order.objects.count() == 1
