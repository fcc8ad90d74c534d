"""Files of orders, deliveries, visits and returns: tried, taken over, mended and undone like those of customers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from golddraht.commerce.models import BadRow, Delivery, Line, Order, Statement, Tie
from golddraht.commerce.operations import drop_row, let_in_row, state, tie
from golddraht.commerce.rules import Thing
from golddraht.imports.models import Import, Mapping, Row
from golddraht.imports.operations import (
    ImportRefused,
    leave_rows,
    let_in,
    map_columns,
    mend_from_sheet,
    mend_rows,
    take_over,
    take_without,
    try_out,
    undo,
    work_on,
)
from golddraht.imports.operations.judging import Seen
from golddraht.imports.rules.states import RowState, State
from golddraht.journey.models import Event
from golddraht.plumbing.ledger import Erased, mark_of, note_erasure
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations import choose_option
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina
from tests.importing import LATER, taken_over, tried, undone, worked_off
from tests.importing import kept as a_kept_file
from tests.workbooks import workbook_of

MAIL = "valentina@kundin.example"
ORDERS = """Auszug aus dem Shop;;;;;;
Bestellnr.;E-Mail;Bestellt am;Artikel;Menge;Einzelpreis;Farbe
88-2041;valentina@kundin.example;12.11.26 18:03;Wärmetauscher;1;129,00;rot
88-2042;niemand;13.11.2026;Ofen;1;1.890,00;
88-2041;valentina@kundin.example;12.11.26 18:03;Dichtung;2,5;4,90 €;
88-2043;kim@lee.example;13.11.2026;Rohr;1;1.890;
"""
DELIVERIES = """Nummer;Bestellung;Spedition;Liefertermin;Zugestellt am
L-1;88-2041;Spedition Nord;{due};
;88-2041;Spedition Nord;20.11.2026;
L-3;88-2042;DHL;;gestern
"""
DUE = (LATER + timedelta(days=9)).strftime("%d.%m.%Y")


def kept(text: str | bytes, about: str = "order", *, source: str = "Shop", at: Any = LATER) -> Import:
    content = text if isinstance(text, bytes) else text.encode("cp1252")
    return a_kept_file(content, source=source, at=at, about=about)


def counts(file: Import) -> tuple[int, ...]:
    """New, changed, known, doubtful, bad."""
    return tuple(getattr(file, f"{one}_count") for one in ("new", "changed", "known", "doubtful", "bad"))


def test_a_file_of_orders_is_tried_and_taken_over_as_one_of_customers(company: Company) -> None:
    valentina()
    file = kept(ORDERS)
    assert (file.encoding, file.header_line) == ("cp1252", 2)
    assert file.targets == ["number", "email", "ordered_at", "title", "quantity", "line_cents", ""]

    file = tried(file)
    assert counts(file) == (2, 0, 0, 1, 1) and not Order.objects.exists()
    assert list(Row.objects.filter(verdict="bad").values_list("number", "odd")) == [(4, ["EMAIL:email"])]
    assert Row.objects.get(verdict="doubtful").odd == ["NOBODY:kim@lee.example"]

    file = taken_over(file)
    assert counts(file) == (2, 0, 0, 1, 1)
    order = Order.objects.get(number="88-2041")
    assert order.source == "shop" and order.customer_id == valentina().pk
    assert list(Line.objects.filter(order=order).values_list("title", "quantity", "cents")) == [
        ("Wärmetauscher", 1, 12900),
        ("Dichtung", 2.5, 490),
    ]
    assert Line.objects.get(order__number="88-2043").cents == 189_000
    assert not Row.objects.filter(state=RowState.TAKEN).exclude(cells=[]).exists(), "They are forgotten."


def test_excel_is_read_with_its_own_days_and_numbers(company: Company) -> None:
    valentina()
    day = (LATER + timedelta(days=3)).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    rows = [
        ["Lieferschein", "Kunden-Mail", "Ware", "Liefertermin", "Versandt am"],
        [5512.0, MAIL, "Ofen", day, LATER.replace(tzinfo=None, second=0, microsecond=0) - timedelta(days=1)],
        [5513.0, MAIL, "Rohr", 46_359.0, None],
    ]

    file = taken_over(kept(workbook_of(rows), "delivery"))

    assert file.form == "xlsx" and counts(file) == (2, 0, 0, 0, 0)
    found = {one.number: one for one in Delivery.objects.all()}
    assert found["5512"].promised_until is not None and found["5512"].sent_at is not None
    assert found["5512"].promised_until.astimezone().date() == day.date()
    assert str(found["5513"].promised_until)[:10] == "2026-12-03"


def test_the_same_file_again_changes_nothing_and_says_so(company: Company) -> None:
    valentina()
    taken_over(kept(ORDERS))
    before = Statement.objects.count()

    again = taken_over(kept(ORDERS, at=LATER + timedelta(hours=1)), at=LATER + timedelta(hours=1))

    assert counts(again) == (0, 0, 2, 1, 1) and Statement.objects.count() == before


def test_bad_rows_are_mended_one_by_one_and_in_a_sheet(company: Company) -> None:
    valentina()
    taken_over(kept(ORDERS))
    file = taken_over(kept(DELIVERIES.format(due=DUE), "delivery"))
    assert counts(file) == (1, 0, 0, 0, 2)
    assert list(Row.objects.filter(file=file, state=RowState.BAD).values_list("number", "odd")) == [
        (3, ["NUMBER:number"]),
        (4, ["MOMENT:arrived_at"]),
    ]
    assert Promise.objects.filter(kind="DELIVERY").count() == 1

    assert mend_rows(import_id=file.pk, cells={4: ["L-3", "88-2042", "DHL", "", "morgen"]}, at=LATER) == 0
    sheet = b"#;Nummer;Bestellung;Spedition;Liefertermin;Zugestellt am\n4;L-3;;DHL;;15.11.2026 10:00\n"
    assert mend_from_sheet(import_id=file.pk, content=ContentFile(sheet), size=len(sheet), at=LATER) == (1, 1)
    assert leave_rows(import_id=file.pk, numbers=[3], at=LATER) == 1

    assert Delivery.objects.get(number="L-3").arrived_at is not None
    file.refresh_from_db()
    assert file.bad_count == 0


def test_one_bad_line_keeps_its_whole_order_and_mending_it_takes_it_whole(company: Company) -> None:
    valentina()
    text = f"Nummer;E-Mail;Artikel;Menge\n1;{MAIL};Ofen;1\n2;{MAIL};Rohr;1\n1;{MAIL};Platte;viele\n"
    file = taken_over(kept(text))
    assert counts(file) == (1, 0, 0, 0, 2)
    assert dict(Row.objects.filter(state=RowState.BAD).values_list("number", "odd")) == {
        2: ["FELLOW:4"],
        4: ["LINES:lines"],
    }

    assert mend_rows(import_id=file.pk, cells={4: ["1", MAIL, "Platte", "3"]}, at=LATER) == 2

    assert list(Line.objects.filter(order__number="1").values_list("title", "quantity")) == [("Ofen", 1), ("Platte", 3)]


def test_what_is_wrong_can_be_left_out(company: Company) -> None:
    file = taken_over(kept(ORDERS))

    assert take_without(import_id=file.pk, numbers=[4], at=LATER) == 1

    assert Order.objects.get(number="88-2042").email == ""
    assert Row.objects.get(number=4).odd[0] == "WITHOUT:email"


def test_columns_are_chosen_by_hand_and_remembered_for_files_of_that_kind(company: Company) -> None:
    text = "Beleg;Was\nL-1;Ofen\n"
    file = kept(text, "delivery")
    assert file.targets == ["", "what"]
    with pytest.raises(ImportRefused, match="MUST"):
        take_over(import_id=file.pk, at=LATER)
    with pytest.raises(ImportRefused, match="TARGETS"):
        map_columns(import_id=file.pk, targets=["given", "family"], by=None, at=LATER)

    map_columns(import_id=file.pk, targets=["number", "what"], by=None, at=LATER, keep_as="Lager")

    assert Mapping.objects.get().about == "delivery"
    assert kept(text, "delivery").targets == ["number", "what"]
    assert kept(text, "return").targets == ["", "what"], "Kept for deliveries."


def test_undone_what_only_this_file_said_is_gone_with_its_promise_and_its_journey(company: Company) -> None:
    valentina()
    orders = taken_over(kept(ORDERS))
    deliveries = taken_over(kept(DELIVERIES.format(due=DUE), "delivery"))
    promise = Promise.objects.get(kind="DELIVERY")
    assert Event.objects.filter(kind="ordered").exists()

    deliveries = undone(deliveries)
    promise.refresh_from_db()
    assert promise.state == "WAIVED" and not Delivery.objects.exists()
    assert (deliveries.withdrawn_count, deliveries.gone_count, deliveries.stayed_count) == (1, 1, 0)
    orders = undone(orders)
    assert orders.state is State.UNDONE and not Order.objects.exists() and not Statement.objects.exists()
    assert not Event.objects.filter(kind="ordered").exists()
    assert undone(orders).gone_count == 2, "Undone twice is undone once."


def test_undone_what_was_known_before_is_as_it_was(company: Company) -> None:
    valentina()
    first = LATER + timedelta(days=5)
    row = {"number": "L-1", "email": MAIL, "what": "Ofen", "promised_until": first}
    state(thing=Thing.DELIVERY, source="shop", row=row, at=MONDAY_MORNING)
    text = f"Nummer;Bezeichnung;Liefertermin;Zugestellt am\nL-1;Herd;{DUE};\n"
    file = taken_over(kept(text, "delivery"))
    promise = Promise.objects.get()
    assert counts(file) == (0, 1, 0, 0, 0) and promise.moved_to is not None and promise.endangered_at is not None

    file = undone(file)

    promise.refresh_from_db()
    assert Delivery.objects.get().what == "Ofen" and Delivery.objects.get().promised_until == first
    assert promise.state == "OPEN" and promise.due_at == first
    assert promise.moved_to is None and promise.endangered_at is None, "The customer hears that it holds."
    assert (file.gone_count, file.stayed_count, file.withdrawn_count) == (0, 0, 1)


def test_what_the_customer_chose_stands_whoever_takes_the_date_back(company: Company) -> None:
    valentina()
    row = {"number": "L-1", "email": MAIL, "what": "Ofen", "promised_until": LATER + timedelta(days=5)}
    state(thing=Thing.DELIVERY, source="shop", row=row, at=MONDAY_MORNING)
    file = taken_over(kept(f"Nummer;Liefertermin\nL-1;{DUE}\n", "delivery"))
    option = Option.objects.filter(due_at__isnull=False).order_by("position").first()
    assert option is not None
    choose_option(promise_id=option.promise_id, option_id=option.pk, at=LATER)

    undone(file)

    assert list(Promise.objects.filter(state="OPEN").values_list("due_at", flat=True)) == [option.due_at]


def test_a_proof_that_was_none_opens_the_promise_again(company: Company) -> None:
    valentina()
    row = {"number": "L-1", "email": MAIL, "what": "Ofen", "promised_until": LATER + timedelta(days=5)}
    state(thing=Thing.DELIVERY, source="shop", row=row, at=MONDAY_MORNING)
    file = taken_over(kept(f"Nummer;Zugestellt am\nL-1;{MONDAY_MORNING:%d.%m.%Y %H:%M}\n", "delivery"))
    assert Promise.objects.get().state == "KEPT" and Event.objects.filter(kind="delivered").exists()

    undone(file)

    assert Promise.objects.get().state == "OPEN" and Delivery.objects.get().arrived_at is None
    assert not Event.objects.filter(kind="delivered").exists()


def test_what_came_since_stays_and_is_counted(company: Company) -> None:
    valentina()
    text = f"Nummer;E-Mail;Betrag\n1;{MAIL};10,00\n2;{MAIL};20,00\n3;{MAIL};30,00\n4;{MAIL};40,00\n"
    file = taken_over(kept(text))
    again = LATER + timedelta(minutes=30)
    state(thing=Thing.ORDER, source="shop", row={"number": "1", "cents": 1000}, at=again)
    other = taken_over(kept(f"Nummer;E-Mail;Betrag\n2;{MAIL};20,00\n", at=again), at=again)
    concern = a_conversation(at=LATER)
    tie(conversation_id=concern.pk, order_id=Order.objects.get(number="3").pk, by=company.nina.pk, at=again)

    file = undone(file)

    found = {one.number: one for one in Order.objects.all()}
    assert sorted(found) == ["1", "2", "3"]
    assert (found["1"].cents, found["1"].email) == (1000, ""), "A program said the amount since."
    assert (found["2"].cents, found["2"].customer_id) == (2000, valentina().pk), "Another file said the very same."
    assert found["3"].cents is None and Tie.objects.filter(untied_at=None).exists(), "A concern is about it."
    assert (file.gone_count, file.stayed_count) == (1, 2)
    undone(other)
    assert not Order.objects.filter(number="2").exists()


def test_killed_on_the_way_it_goes_on_and_does_nothing_twice(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("golddraht.imports.operations.working.PORTION", 2)
    valentina()
    lines = "".join(f"{n % 3};{MAIL};Artikel {n}\n" for n in range(7))
    file = try_out(import_id=kept(f"Nummer;E-Mail;Artikel\n{lines}").pk, at=LATER)
    assert work_on(import_id=file.pk, at=LATER, seen=Seen()), "Killed here."
    file = worked_off(file)
    assert counts(file) == (7, 0, 0, 0, 0)

    take_over(import_id=file.pk, at=LATER)
    assert work_on(import_id=file.pk, at=LATER, seen=Seen())
    file = worked_off(file)

    assert counts(file) == (7, 0, 0, 0, 0) and Order.objects.count() == 3 and Statement.objects.count() == 3
    assert Line.objects.filter(order__number="0").count() == 3
    undo(import_id=file.pk, at=LATER)
    assert work_on(import_id=file.pk, at=LATER, seen=Seen())
    assert worked_off(file).gone_count == 3


def test_a_number_of_a_program_with_contracts_names_its_customer(company: Company) -> None:
    taken_over(a_kept_file("Kundennummer;Name\nK-7;Petra Huber\n", source="ERP", kind="contract"))

    file = taken_over(kept("Nummer;Kundennummer\n88-1;K-7\n", source="ERP"))

    assert counts(file) == (1, 0, 0, 0, 0) and Order.objects.get().customer_id is not None


@pytest.fixture
def ledger(tmp_path: Any, settings: Any) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")
    marks = frozenset({mark_of("heizwerk", "EMAIL", "ute@ohm.example")})
    note_erasure(Erased("r-1", "heizwerk", MONDAY_MORNING, (), marks))


def test_of_somebody_erased_it_waits_apart_and_goes_with_its_file(company: Company, ledger: None) -> None:
    text = f"Nummer;E-Mail\n1;ute@ohm.example\n2;{MAIL}\n"
    file = tried(kept(text))
    assert Row.objects.get(number=2).odd == [f"ERASED:{MONDAY_MORNING.date()}"] and not BadRow.objects.exists()
    with pytest.raises(ImportRefused, match="ROW"):
        let_in(import_id=file.pk, number=2, why="Vertrag", at=LATER)

    file = taken_over(file)
    row = BadRow.objects.get()
    assert (row.import_id, row.reason, row.cells["email"]) == (file.pk, "ERASED", "ute@ohm.example")
    assert Row.objects.get(number=2).cells == [] and not Order.objects.filter(number="1").exists()

    undone(file)
    assert not BadRow.objects.exists()


def test_let_in_it_is_said_by_its_file_and_goes_with_it(company: Company, ledger: None) -> None:
    file = taken_over(kept("Nummer;E-Mail\n1;ute@ohm.example\n9;ute@ohm.example\n"))
    first, second = BadRow.objects.order_by("pk")

    drop_row(row_id=second.pk, at=LATER)
    assert [one.outcome for one in let_in_row(row_id=first.pk, why="neuer Vertrag", at=LATER)] == ["new"]
    assert Statement.objects.get().import_id == file.pk

    undone(file)
    assert not Order.objects.exists()
