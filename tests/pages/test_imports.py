"""Imports of customers on their pages: from the file to the record, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from golddraht.commerce.models import Delivery
from golddraht.customers.models import Customer
from golddraht.imports.models import Import, Row
from golddraht.pages.imports.sampling import ORDERS, SAMPLE
from golddraht.plumbing import clock
from golddraht.team.models import Membership
from tests.cast import Company, valentina
from tests.importing import SHOP, worked_off

Page = Callable[[Any], str]
URL = "/t/heizwerk/settings/imports/"


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.ada)


def sent_by(ada: Client, content: str | bytes = SHOP, **told: str) -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("kunden.csv", raw, content_type="text/csv")
    return ada.post(URL, {"file": file, "source": "Shop", "kind": "import"} | told, follow=True)


def an_import(ada: Client, content: str | bytes = SHOP) -> Import:
    sent_by(ada, content)
    return Import.objects.latest("pk")


def test_an_empty_list_says_so_kindly_and_offers_a_sample(company: Company, ada: Client, page: Page) -> None:
    said = page(ada.get(URL))

    assert 'class="empty"' in said and f"{URL}sample.csv" in said
    assert ada.get(f"{URL}sample.csv").content.decode("cp1252") == SAMPLE


def test_only_admins_import(company: Company, nina: Client) -> None:
    assert nina.get(URL).status_code == 403


def test_the_columns_are_shown_with_the_reason_and_the_first_rows_as_understood(
    company: Company, ada: Client, page: Page
) -> None:
    said = page(sent_by(ada))

    assert "CSV in UTF-8, getrennt durch: Semikolon" in said
    assert '<option value="born_on" selected>' in said and "weil sie so heißt" in said
    assert "Petra Huber" in said and "Lendkai 12, 80331 München, Deutschland" in said and "17.05.1980" in said
    assert "„keine Adresse“ ist keine E-Mail-Adresse." in said
    assert not Customer.objects.exists()


def test_the_sample_file_shows_every_kind_of_row(company: Company, ada: Client, page: Page) -> None:
    file = an_import(ada, SAMPLE.encode("cp1252"))
    ada.post(f"{URL}{file.pk}/try/")

    file = worked_off(file)

    assert (file.encoding, file.header_line, file.row_count) == ("cp1252", 2, 9)
    assert file.new_count and file.known_count and file.bad_count
    said = page(ada.get(f"{URL}{file.pk}/"))
    assert "import-picture" in said and "Fehlerhafte Zeilen" in said


def test_from_mapping_to_the_record_and_back(company: Company, ada: Client, page: Page) -> None:
    file = an_import(ada)
    here = f"{URL}{file.pk}/"
    targets = {f"target{index}": target for index, target in enumerate(file.targets)}

    said = page(ada.post(f"{here}columns/", targets | {"target10": "", "keep": "1", "keep_as": "Shop"}, follow=True))
    assert "Wie in „Shop“ behalten." in said
    ada.post(f"{here}try/")
    assert "<progress" in page(ada.get(here))
    worked_off(file)
    assert "probiert, nichts übernommen" in page(ada.get(here))
    ada.post(f"{here}take/")
    worked_off(file)
    assert Customer.objects.get(name="Petra Huber").name_source == "import:shop"
    assert "übernommen" in page(ada.get(here)) and "übernommen" in page(ada.get(URL))
    ada.post(f"{here}undo/")
    worked_off(file)
    assert not Customer.objects.exists() and "2 Kunden sind wieder fort" in page(ada.get(here))


def test_a_bad_row_is_mended_as_a_form(company: Company, ada: Client, page: Page) -> None:
    file = an_import(ada)
    ada.post(f"{URL}{file.pk}/take/")
    worked_off(file)
    row = f"{URL}{file.pk}/rows/4/"
    assert "„keine Adresse“" in page(ada.get(row))
    cells = {f"cell{index}": cell for index, cell in enumerate(Row.objects.get(number=4).cells)}

    assert ada.post(row, cells).status_code == 422
    said = page(ada.post(row, cells | {"cell4": "kim@lee.example"}, follow=True))

    assert "Gebessert" in said and Customer.objects.filter(name="Kim Lee").exists()
    assert ada.get(row).status_code == 404


def test_bad_rows_go_out_as_a_sheet_and_come_back(company: Company, ada: Client, page: Page) -> None:
    file = an_import(ada)
    ada.post(f"{URL}{file.pk}/take/")
    worked_off(file)
    sheet = ada.get(f"{URL}{file.pk}/rows.csv").content.decode()
    assert sheet.startswith("\ufeff#;Kundennummer;") and "ist keine E-Mail-Adresse." in sheet

    mended = SimpleUploadedFile("gebessert.csv", sheet.replace("keine Adresse;", "'+kim@lee.example;", 1).encode())
    said = page(ada.post(f"{URL}{file.pk}/rows/mended/", {"file": mended}, follow=True))

    assert "1 von 1 Zeile ist jetzt gut." in said and Customer.objects.filter(name="Kim Lee").exists()
    other = SimpleUploadedFile("falsch.csv", b"A;B\n1;2\n")
    assert "nicht das Blatt" in page(ada.post(f"{URL}{file.pk}/rows/mended/", {"file": other}, follow=True))


def test_bad_rows_are_taken_without_or_left(company: Company, ada: Client, page: Page) -> None:
    file = an_import(ada, SHOP + ";;;;;;;;;;nur eine Notiz\n")
    ada.post(f"{URL}{file.pk}/take/")
    worked_off(file)

    ada.post(f"{URL}{file.pk}/rows/without/", {"number": "4"})
    ada.post(f"{URL}{file.pk}/rows/leave/")

    file.refresh_from_db()
    assert file.bad_count == 0 and Customer.objects.filter(name="Kim Lee").exists()


def test_what_cannot_be_read_says_why(company: Company, ada: Client, page: Page) -> None:
    said = page(sent_by(ada, b"\x89PNG not a table"))
    assert "Das ist weder eine Tabelle noch eine Karte" in said

    ada.post(f"{URL}{Import.objects.get().pk}/away/")
    assert not Import.objects.exists()


def test_a_form_without_source_or_file_is_told_so(company: Company, ada: Client) -> None:
    assert ada.post(URL, {"source": "", "kind": "import"}).status_code == 422
    empty = SimpleUploadedFile("leer.csv", b"")
    assert ada.post(URL, {"file": empty, "source": "Shop", "kind": "import"}).status_code == 422


def test_a_step_that_is_over_is_refused_kindly(company: Company, ada: Client, page: Page) -> None:
    file = an_import(ada)
    ada.post(f"{URL}{file.pk}/take/")
    worked_off(file)

    assert "nicht mehr möglich" in page(ada.post(f"{URL}{file.pk}/try/", follow=True))
    assert ada.get(f"{URL}99999/").status_code == 404


DELIVERIES = (
    "Lieferschein;Kunden-Mail;Liefertermin;Versandt am\nL-1;valentina@kundin.example;{due};\nL-2;;;irgendwann\n"
)


def test_a_file_of_deliveries_goes_the_same_way(company: Company, ada: Client, page: Page) -> None:
    valentina(at=clock.now())
    due = (clock.now() + timedelta(days=6)).strftime("%d.%m.%Y")
    said = page(sent_by(ada, DELIVERIES.format(due=due), about="delivery", kind=""))
    file = Import.objects.latest("pk")
    here = f"{URL}{file.pk}/"
    assert "Lieferungen · Shop" in said and '<option value="promised_on" selected>' in said
    assert "„Versandt am“ ist kein Zeitpunkt" in said and "Zugesagter Tag" in said and "Whole name" not in said

    ada.post(f"{here}try/")
    worked_off(file, at=clock.now())
    assert "probiert" in page(ada.get(here)) and not Delivery.objects.exists()
    ada.post(f"{here}take/")
    worked_off(file, at=clock.now())
    said = page(ada.get(here))
    assert "1 neu" in said or "neu" in said
    row = f"{here}rows/3/"
    assert "„Versandt am“ ist kein Zeitpunkt" in page(ada.get(row))
    ada.post(row, {"cell0": "L-2", "cell1": "", "cell2": "", "cell3": "1.11.2026"})
    assert sorted(Delivery.objects.values_list("number", flat=True)) == ["L-1", "L-2"]
    assert "Niemand ist als „nichts“ bekannt" in page(ada.get(here))

    ada.post(f"{here}undo/")
    worked_off(file, at=clock.now())
    assert "2 sind wieder weg" in page(ada.get(here)) and not Delivery.objects.exists()
    assert "Lieferungen · Shop" in page(ada.get(URL))


def test_the_sample_of_orders_shows_every_kind_of_row(company: Company, ada: Client, page: Page) -> None:
    assert ada.get(f"{URL}sample.csv", {"about": "order"}).content.decode("cp1252") == ORDERS
    sent_by(ada, ORDERS.encode("cp1252"), about="order")
    file = Import.objects.latest("pk")
    ada.post(f"{URL}{file.pk}/try/")

    file = worked_off(file, at=clock.now())

    assert (file.header_line, file.row_count) == (2, 6) and file.bad_count == 3 and file.doubtful_count == 3
    said = page(ada.get(f"{URL}{file.pk}/"))
    assert "„E-Mail“ ist keine" in said and "Die Nummer fehlt." in said
