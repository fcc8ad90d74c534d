"""The monthly statement on its page, as a sheet, and by programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from golddraht.improvement.operations.stating import make_statement
from golddraht.improvement.rules.stating import month_of
from golddraht.team.models import Membership
from tests.api.programs import a_program
from tests.cast import MONDAY_MORNING, Company, a_conversation
from tests.operations.test_statements import DECEMBER, swept

Page = Callable[[Any], str]


@pytest.fixture
def stated(company: Company) -> Company:
    a_conversation(at=MONDAY_MORNING)
    swept(DECEMBER)
    return company


def test_a_lead_reads_the_latest_statement(
    stated: Company, signed_in: Callable[[Membership], Client], page: Page
) -> None:
    shown = page(signed_in(stated.lea).get("/t/heizwerk/statement/"))

    assert "Heizwerk: Monatsbericht November 2026" in shown
    assert "Nach Kanal" in shown and "Definitionen 1" in shown


def test_a_month_without_a_statement_is_not_there(stated: Company, signed_in: Callable[[Membership], Client]) -> None:
    lea = signed_in(stated.lea)
    for month in ("2026-10", "2026-13", "heute"):
        assert lea.get(f"/t/heizwerk/statement/{month}/").status_code == 404
    assert signed_in(stated.nina).get("/t/heizwerk/statement/").status_code == 403


def test_before_the_first_month_is_over_it_is_said_when_there_will_be_one(
    company: Company, signed_in: Callable[[Membership], Client], page: Page
) -> None:
    assert "Noch ist kein Monat vorbei" in page(signed_in(company.lea).get("/t/heizwerk/statement/"))


def test_the_sheet_has_a_line_for_each_part(stated: Company, signed_in: Callable[[Membership], Client]) -> None:
    answer = signed_in(stated.lea).get("/t/heizwerk/statement/2026-11/sheet.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="golddraht-heizwerk-2026-11.csv"'
    assert lines[1].startswith("2026-11;alles;;1;")
    assert len(lines) == 1 + 1 + 30 + 1 + 1  # Head, whole, days, channel, team.


def test_programs_of_leads_read_it_and_others_do_not(stated: Company) -> None:
    lead = a_program(stated.lea)

    assert lead.get("/statements").json() == {"months": ["2026-11-01"]}
    found = lead.get("/statements/2026-11").json()
    assert (found["definitions"], found["lines"][0]["arrived"]) == (1, 1)
    assert lead.get("/statements/2026-10").json()["type"] == "urn:golddraht:problem:no-such-statement"
    assert a_program(stated.nina).get("/statements").status_code == 403


def test_a_statement_of_an_older_definition_says_so(
    company: Company, signed_in: Callable[[Membership], Client], page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_conversation(at=MONDAY_MORNING)
    make_statement(month=month_of(date(2026, 11, 1)), at=DECEMBER)
    monkeypatch.setattr("golddraht.improvement.queries.statements.DEFINITIONS", 2)

    assert "heute anders gezählt" in page(signed_in(company.lea).get("/t/heizwerk/statement/2026-11/"))
