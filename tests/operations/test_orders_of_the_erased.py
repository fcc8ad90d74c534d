"""Whoever was erased does not come back with an order, whichever door it comes by, unless a person says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from golddraht.commerce.models import BadRow, Delivery, Order
from golddraht.commerce.operations import (
    AlreadySettled,
    NotLetIn,
    Outcome,
    deciding,
    drop_row,
    let_in_row,
    mend_row,
    state,
    state_told,
)
from golddraht.commerce.rules import Thing
from golddraht.customers.operations import add_contact_point, meet
from golddraht.plumbing.ledger import Erased, mark_of, memory, note_erasure
from golddraht.privacy.queries.persons import Person, person_of
from tests.cast import MONDAY_MORNING, Company, valentina
from tests.importing import kept, taken_over

UTE = "ute@ohm.example"
LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def erased(company: Company, tmp_path: Path, settings: Any) -> Company:
    """Ute was erased."""
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")
    erase(company, ("EMAIL", UTE), ("number", "K-7"), ("order", "shop\x0088-1"), ("delivery", "shop\x00L-1"))
    return company


def erase(company: Company, *known: tuple[str, str], at: datetime = MONDAY_MORNING, request: str = "r-1") -> None:
    slug = company.tenant.slug
    note_erasure(Erased(request, slug, at, (), frozenset(mark_of(slug, kind, value) for kind, value in known)))


def told(thing: Thing = Thing.ORDER, at: datetime = MONDAY_MORNING, **row: Any) -> Any:
    (one,) = state_told(thing=thing, source="shop", rows=[row], at=at)
    return one


def come_back() -> int:
    back = meet(name="Ute Ohm", source="mail:from", at=MONDAY_MORNING)
    add_contact_point(
        customer_id=back.pk, channel="EMAIL", address=UTE, shown=UTE, source="mail:from", at=MONDAY_MORNING
    )
    return int(back.pk)


def test_a_row_of_a_file_waits_until_they_are_a_customer_again(erased: Company, tmp_path: Path) -> None:
    file = taken_over(kept("Nummer;E-Mail\n88-5;Ute@Ohm.example\n88-6;kim@lee.example\n", about="order"))

    row = BadRow.objects.get()
    assert (file.bad_count, file.doubtful_count) == (1, 1)
    assert (row.reason, row.field, row.cells["number"]) == ("ERASED", "email", "88-5")
    assert not Order.objects.filter(number="88-5").exists()
    assert mend_row(row_id=row.pk, cells={}, at=MONDAY_MORNING).outcome is Outcome.REFUSED
    assert mend_row(row_id=row.pk, cells={}, at=MONDAY_MORNING).customer_id is None

    back = come_back()
    assert mend_row(row_id=row.pk, cells={}, at=MONDAY_MORNING).customer_id == back


@pytest.mark.parametrize(
    ("thing", "row", "field"),
    [
        (Thing.ORDER, {"number": "9", "email": "UTE@ohm.example"}, "email"),
        (Thing.ORDER, {"number": "9", "customer_number": "K-7"}, "customer_number"),
        (Thing.ORDER, {"number": "88-1", "cents": 100}, "number"),
        (Thing.DELIVERY, {"number": "L-1", "tracking": "NORD1"}, "number"),
        (Thing.DELIVERY, {"number": "L-9", "order": "88-1"}, "order"),
        (Thing.APPOINTMENT, {"number": "T-9", "order": "88-1"}, "order"),
        (Thing.RETURN, {"number": "R-9", "order": "88-1"}, "order"),
    ],
)
def test_a_program_is_refused_by_whatever_names_them_and_nothing_is_lost(
    erased: Company, thing: Thing, row: dict[str, Any], field: str
) -> None:
    one, again = told(thing, **row), told(thing, at=LATER, **row)

    kept = BadRow.objects.get()
    assert (one.outcome, one.reason, one.field, one.kept_id) == (Outcome.REFUSED, "ERASED", field, kept.pk)
    assert again.kept_id == kept.pk and kept.cells == row and not Order.objects.exists()


def test_others_are_taken_down_as_ever(erased: Company) -> None:
    assert told(number="9", email="kim@lee.example").outcome is Outcome.NEW
    assert told(Thing.PRODUCT, number="88-1", name="Ofen").outcome is Outcome.NEW
    assert told(number="10", email=UTE, customer_id=valentina().pk).outcome is Outcome.NEW
    assert state_told(thing=Thing.ORDER, source="markt", rows=[{"number": "88-1"}], at=LATER)[0].outcome is Outcome.NEW


def test_whoever_is_back_is_known_by_their_order_too(erased: Company) -> None:
    back = come_back()
    told(number="88-1", email=UTE)

    assert told(Thing.DELIVERY, number="L-1", order="88-1").customer_id == back


def test_let_in_for_a_reason_with_all_that_names_them_so_and_all_that_follows(erased: Company) -> None:
    one = told(number="88-1", email=UTE, cents=12900)
    told(Thing.DELIVERY, number="L-9", order="88-1", sent_at=MONDAY_MORNING.isoformat())
    told(number="88-7", customer_number="K-7")
    with pytest.raises(NotLetIn, match="WHY"):
        let_in_row(row_id=one.kept_id, why="  ", at=LATER)

    stated = let_in_row(row_id=one.kept_id, why="neuer Vertrag", at=LATER)

    assert [(row.number, row.outcome) for row in stated] == [("88-1", Outcome.NEW), ("L-9", Outcome.NEW)]
    assert Order.objects.get().cents == 12900 and Order.objects.get().said_at == MONDAY_MORNING
    assert Delivery.objects.get().order == "88-1"
    decided = BadRow.objects.filter(settled_as="let_in")
    assert [(row.let_in_why, row.cells) for row in decided] == [("neuer Vertrag", {})] * 2
    assert told(number="88-8", email=UTE, at=LATER).outcome is Outcome.NEW
    assert BadRow.objects.get(settled_at=None).field == "customer_number"
    with pytest.raises(AlreadySettled):
        let_in_row(row_id=one.kept_id, why="noch einmal", at=LATER)


def test_being_erased_again_ends_what_was_let_in(erased: Company) -> None:
    let_in_row(row_id=told(number="9", email=UTE).kept_id, why="neuer Vertrag", at=LATER)
    erase(erased, ("EMAIL", UTE), at=LATER + timedelta(days=1), request="r-2")

    assert told(number="10", email=UTE, at=LATER + timedelta(days=2)).reason == "ERASED"


def test_a_row_of_nobody_erased_is_not_let_in(erased: Company) -> None:
    one = told(number="9", email=UTE, ordered_at="neulich")
    let_in_row(row_id=one.kept_id, why="neuer Vertrag", at=LATER)

    with pytest.raises(NotLetIn, match="ROW"):
        let_in_row(row_id=BadRow.objects.get(settled_at=None).pk, why="darum", at=LATER)


def test_what_was_let_in_and_is_wrong_besides_is_there_to_mend(erased: Company) -> None:
    one = told(number="9", email=UTE, ordered_at="neulich")

    (stated,) = let_in_row(row_id=one.kept_id, why="neuer Vertrag", at=LATER)

    left = BadRow.objects.get(settled_at=None)
    assert (stated.outcome, left.reason, left.field) == (Outcome.REFUSED, "MOMENT", "ordered_at")
    assert mend_row(row_id=left.pk, cells={"ordered_at": "3.11.2026"}, at=LATER).outcome is Outcome.NEW


def test_what_was_left_is_forgotten_and_not_asked_about_again(erased: Company) -> None:
    one = told(number="9", email=UTE)
    drop_row(row_id=one.kept_id, at=LATER)

    again, other = told(number="9", email=UTE, at=LATER), told(number="10", email=UTE, at=LATER)

    assert BadRow.objects.get(pk=one.kept_id).cells == {}
    assert (again.reason, again.kept_id) == ("ERASED", None)
    assert other.kept_id is not None and BadRow.objects.filter(settled_at=None).count() == 1


def test_without_a_decision_it_is_left_after_thirty_days(erased: Company) -> None:
    told(number="9", email=UTE)

    assert deciding.sweep(at=MONDAY_MORNING + timedelta(days=29)) == 0
    assert deciding.sweep(at=MONDAY_MORNING + timedelta(days=31)) == 1
    assert (BadRow.objects.get().settled_as, BadRow.objects.get().cells) == ("dropped", {})


def test_mending_what_a_program_told_keeps_the_form_of_its_values(erased: Company) -> None:
    one = told(number="9", email=UTE, cents=12900, cancelled_at=None)

    mend_row(row_id=one.kept_id, cells={"number": "9", "email": "kim@lee.example", "cents": "12900"}, at=LATER)

    assert (Order.objects.get().cents, Order.objects.get().email) == (12900, "kim@lee.example")


def test_the_ledger_knows_what_a_shop_called_theirs(company: Company) -> None:
    row = {"number": "88-1", "email": "valentina@kundin.example"}
    customer = valentina()
    state(thing=Thing.ORDER, source="shop", row=row, at=MONDAY_MORNING)
    state(thing=Thing.DELIVERY, source="shop", row={"number": "L-1", "order": "88-1"}, at=MONDAY_MORNING)

    person = person_of(customer.pk)

    assert person.outside == (("delivery", "shop\x00L-1"), ("order", "shop\x0088-1"))
    assert mark_of("heizwerk", "order", "shop\x0088-1") in person.marks("heizwerk")
    assert Person.of_words(person.as_words()) == person
    assert Person.of_words('[[1], [["EMAIL", "a@b.example"]], [], [], []]').outside == ()


def test_the_ledger_is_read_anew_when_it_has_grown(erased: Company) -> None:
    before = memory()
    assert memory() is before
    erase(erased, ("EMAIL", "neu@ohm.example"), request="r-2")

    assert len(memory().by_mark) == len(before.by_mark) + 1
