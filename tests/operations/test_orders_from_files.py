"""Files of orders: every row by itself, German columns, bad rows kept until they are mended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from golddraht.commerce.models import BadRow, Delivery, Line, Order
from golddraht.commerce.operations import AlreadySettled, Outcome, drop_row, mend_row, take_sheet
from golddraht.commerce.rules import Thing
from golddraht.ground.sheets import NotASheet
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)
ORDERS = """Bestellnummer;E-Mail;Bestellt am;Artikel;Menge;Einzelpreis;Farbe
88-2041;valentina@kundin.example;12.11.2026 18:03;Wärmetauscher;1;129,00;rot
88-2041;valentina@kundin.example;12.11.2026 18:03;Dichtung;2,5;4,90;
88-2042;niemand;13.11.2026;Ofen;1;1.890,00;
"""
DELIVERIES = """Nummer;Bestellung;Spedition;Liefertermin;Zugestellt am
L-1;88-2041;Spedition Nord;20.11.2026;
;88-2041;Spedition Nord;20.11.2026;
L-3;88-2042;DHL;;gestern
"""


def a_file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "datei.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_rows_of_one_number_are_one_order(company: Company, tmp_path: Path, encoding: str) -> None:
    valentina()
    taken = take_sheet(
        thing=Thing.ORDER, source="shop", path=a_file(tmp_path, ORDERS, encoding), file_name="a.csv", at=MONDAY_MORNING
    )

    order = Order.objects.get()
    assert order.number == "88-2041" and order.customer_id is not None and order.ordered_at is not None
    assert list(Line.objects.values_list("title", "quantity", "cents")) == [
        ("Wärmetauscher", 1, 12900),
        ("Dichtung", 2.5, 490),
    ]
    assert taken.outcomes == {Outcome.NEW: 1, Outcome.REFUSED: 1}
    assert taken.unknown_columns == ("Farbe",)


def test_the_same_file_again_changes_nothing(company: Company, tmp_path: Path) -> None:
    for at in (MONDAY_MORNING, LATER):
        taken = take_sheet(thing=Thing.ORDER, source="shop", path=a_file(tmp_path, ORDERS), at=at)

    assert taken.outcomes == {Outcome.SAME: 1, Outcome.REFUSED: 1}
    assert BadRow.objects.count() == 1


def test_a_bad_row_waits_with_its_reason_and_is_mended(company: Company, tmp_path: Path) -> None:
    valentina()
    take_sheet(thing=Thing.ORDER, source="shop", path=a_file(tmp_path, ORDERS), at=MONDAY_MORNING)
    taken = take_sheet(thing=Thing.DELIVERY, source="shop", path=a_file(tmp_path, DELIVERIES), at=MONDAY_MORNING)
    assert taken.outcomes == {Outcome.NEW: 1, Outcome.REFUSED: 2}
    assert Promise.objects.filter(kind="DELIVERY").count() == 1
    email, number, moment = BadRow.objects.order_by("pk")
    assert [(one.reason, one.field, one.line) for one in (email, number, moment)] == [
        ("EMAIL", "email", 4),
        ("NUMBER", "number", 3),
        ("MOMENT", "arrived_at", 4),
    ]

    still = mend_row(row_id=moment.pk, cells={"arrived_at": "morgen"}, at=LATER)
    mended = mend_row(row_id=moment.pk, cells={"arrived_at": "15.11.2026 10:00"}, at=LATER)
    mend_row(row_id=email.pk, cells={"email": ""}, at=LATER)
    drop_row(row_id=number.pk, at=LATER)

    assert (still.outcome, mended.outcome) == (Outcome.REFUSED, Outcome.NEW)
    assert Delivery.objects.get(number="L-3").arrived_at is not None
    assert Order.objects.filter(number="88-2042").exists()
    assert sorted(BadRow.objects.values_list("settled_as", flat=True)) == ["dropped", "mended", "mended"]
    with pytest.raises(AlreadySettled):
        drop_row(row_id=number.pk, at=LATER)


@pytest.mark.parametrize("text", ["", "Farbe;Form\nrot;rund\n"])
def test_a_file_without_numbers_is_refused(company: Company, tmp_path: Path, text: str) -> None:
    with pytest.raises(NotASheet):
        take_sheet(thing=Thing.ORDER, source="shop", path=a_file(tmp_path, text), at=MONDAY_MORNING)
