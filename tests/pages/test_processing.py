"""The record of processing activities: to look at in two languages, as tables, and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from golddraht.house import whereabouts
from golddraht.house.cli import golddraht
from golddraht.privacy.catalogue import ACTIVITIES, TABLES
from tests.cast import Company
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db

URL = "/t/heizwerk/settings/privacy/record/"
Said = Callable[[Any], str]


def test_the_record_is_shown_in_german_and_in_english(company: Company, signed_in: Browser, page: Said) -> None:
    ada = signed_in(company.ada)
    german, english = page(ada.get(URL)), page(ada.get(f"{URL}?language=en"))
    assert "Sich um Anliegen kümmern" in german and "6 Jahre ab Jahresende" in german and "§ 257" in german
    assert "Caring for concerns" in english and "6 years from the end of the year" in english


def test_the_periods_are_those_of_the_companys_country(company: Company, signed_in: Browser, page: Said) -> None:
    company.tenant.country = "CH"
    company.tenant.save(update_fields=["country"])
    assert "Art. 958f OR" in page(signed_in(company.ada).get(URL))


def test_an_agent_does_not_open_it(company: Company, signed_in: Browser) -> None:
    assert signed_in(company.nina).get(URL).status_code == 403


def test_it_is_given_as_tables(company: Company, signed_in: Browser) -> None:
    ada = signed_in(company.ada)
    record = ada.get(f"{URL}sheet.csv").content.decode().splitlines()
    fields = ada.get(f"{URL}sheet.csv?fields=1&language=en").content.decode()
    assert len(record) == len(ACTIVITIES) + 1
    assert "customers.ContactPoint,address,addresses and numbers,yes" in fields


def test_every_field_is_told_to_programs(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(whereabouts.APP, "postgresql://somebody@localhost/somewhere")
    monkeypatch.setenv(whereabouts.OWNER, "postgresql://somebody@localhost/somewhere")
    answer = CliRunner().invoke(golddraht, ["privacy", "record", "--json", "--tenant", "heizwerk"])
    whereabouts.open_database.cache_clear()
    told = json.loads(answer.stdout)
    assert len(told["fields"]) == sum(len(table.fields) for table in TABLES)
    for field in told["fields"]:
        wanted = (
            ("purpose", "basis", "retention", "recipients", "source", "erasure") if field["personal"] else ("reason",)
        )
        assert all(field[name] for name in wanted), field


def test_staff_read_every_field_that_is_kept_of_them(company: Company, signed_in: Browser, page: Said) -> None:
    said = page(signed_in(company.nina).get("/t/heizwerk/settings/staff/"))
    assert "Feld für Feld" in said and "team_absence" in said and "member, deputy, starts_at, ends_at" in said
