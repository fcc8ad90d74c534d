"""Everybody may know what is kept of them; the list cannot go out of date, and what is turned off is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.ground.retention_law import Keeping
from golddraht.improvement.models import StaffChoice
from golddraht.pages.staff.records import RECORDS
from golddraht.plumbing import clock
from golddraht.plumbing.models import Trace
from golddraht.privacy.operations import choose_period
from golddraht.team.models import Membership
from tests.cast import Company
from tests.house.checking import staff_records, tables_naming_colleagues
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db

URL = "/t/heizwerk/settings/staff/"
Said = Callable[[Any], str]


def test_every_table_that_names_a_colleague_is_declared() -> None:
    assert {"conversations_message", "plumbing_trace", "team_absence"} <= tables_naming_colleagues()
    assert list(staff_records()) == []


def test_a_table_that_nobody_declared_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("golddraht.pages.staff.records.RECORDS", RECORDS[1:])
    assert any("team_membership" in finding for finding in staff_records())


def test_each_table_is_declared_once() -> None:
    tables = [table for record in RECORDS for table in record.tables]
    assert len(tables) == len(set(tables))


def test_everybody_reads_the_list_and_only_admins_turn_the_switches(
    company: Company, nina: Client, signed_in: Browser, page: Said
) -> None:
    said = page(nina.get(URL))
    assert "Wer sich um ein Anliegen kümmert" in said and "Für alle ausschalten" not in said
    assert nina.post(f"{URL}turn/", {"switch": "desks", "is_on": "0"}).status_code == 403
    assert not StaffChoice.objects.exists()
    ada = signed_in(company.ada)
    assert "Für alle ausschalten" in page(ada.get(URL))
    assert ada.post(f"{URL}turn/", {"switch": "nonsense"}).status_code == 404


def turned_off(company: Company, signed_in: Browser, switch: str, *, by: Membership | None = None) -> None:
    signed_in(by or company.ada).post(f"{URL}turn/", {"switch": switch, "is_on": "0"})


def test_ones_own_figures_can_be_turned_off_and_on(
    company: Company, nina: Client, signed_in: Browser, page: Said
) -> None:
    turned_off(company, signed_in, "own_figures")
    choice = StaffChoice.objects.get()
    assert choice.own_figures_off_by == company.ada and choice.own_figures_off_at is not None
    assert "Ihr Unternehmen hat diese Seite ausgeschaltet" in page(nina.get("/t/heizwerk/figures/mine/"))
    assert Trace.objects.filter(subject="improvement_staffchoice").exists()
    signed_in(company.ada).post(f"{URL}turn/", {"switch": "own_figures", "is_on": "1"})
    assert "Das sehen nur Sie" in page(nina.get("/t/heizwerk/figures/mine/"))


def test_the_desks_of_colleagues_can_be_turned_off(company: Company, signed_in: Browser, page: Said) -> None:
    lea = signed_in(company.lea)
    assert "Wer wie viel auf dem Tisch hat" in page(lea.get("/t/heizwerk/lead/"))
    turned_off(company, signed_in, "desks")
    assert "Wer wie viel auf dem Tisch hat" not in page(lea.get("/t/heizwerk/lead/"))


def test_the_template_of_an_agreement_is_a_german_file_with_this_very_list(company: Company, nina: Client) -> None:
    response = nina.get(f"{URL}agreement/", headers={"Accept-Language": "en"})
    assert "attachment" in response["Content-Disposition"]
    text = response.content.decode()
    assert "keine Rechtsberatung" in text and "§ 87 Abs. 1 Nr. 6 BetrVG" in text and "Heizwerk" in text
    assert (
        "Wer sich um ein Anliegen kümmert" in text and text.partition("Anlage 2")[0].count("<tr>") == len(RECORDS) + 1
    )
    assert "team_absence" in text.partition("Anlage 2")[2]


def test_field_by_field_says_on_which_ground_and_how_long_as_the_company_chose(
    company: Company, nina: Client, page: Said
) -> None:
    choose_period(keeping=Keeping.TRAIL, months=6, by=company.ada.pk, at=clock.now())
    said = page(nina.get("/t/heizwerk/settings/staff/"))
    assert "plumbing_trace" in said and "6 Monate" in said and "Art. 5 Abs. 2, 32 DSGVO" in said
    agreement = nina.get("/t/heizwerk/settings/staff/agreement/").content.decode()
    assert "6 Monate" in agreement and "DSGVO" in agreement and "GDPR" not in agreement
