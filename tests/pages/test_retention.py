"""The page about retention, its operation for programs, and what doctor and the health page say of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.ground.numbers import spoken
from golddraht.house.diagnosis import _ledger, _retention
from golddraht.plumbing import clock, ledger
from golddraht.privacy.models import Erasure, Hold, KeepingChoice, KeepingRun
from golddraht.privacy.operations import begin_run, carry_on
from golddraht.privacy.queries import Trouble, keeping_state, ledger_trouble
from tests.api.programs import a_program
from tests.cast import Company
from tests.operations.test_keeping import an_old_concern
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
URL = "/t/heizwerk/settings/privacy/retention/"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


@pytest.fixture
def concern(company: Company) -> Conversation:
    return an_old_concern(at=clock.now() - timedelta(days=420))


def run(company: Company) -> None:
    run_id = begin_run(at=clock.now())
    while carry_on(tenant_id=company.tenant.pk, run_id=run_id, at=clock.now()):
        pass


def test_somebody_looks_switches_on_and_sees_what_went(
    company: Company, concern: Conversation, signed_in: Browser, page: Said
) -> None:
    ada = signed_in(company.ada)
    said = page(ada.get(URL))
    assert "Nicht eingeschaltet" in said and "Der erste Blick läuft" in said and "Ich habe" not in said
    run(company)
    said = page(ada.get(URL))
    assert (
        spoken(concern.number) in said and "Ich habe es angesehen" in said and "Art. 5 Abs. 1 Buchst. e DSGVO" in said
    )
    assert "GDPR" not in said
    ada.post(f"{URL}begin/", {"seen": KeepingRun.objects.get().pk})
    run(company)
    said = page(ada.get(URL))
    assert "Läuft jeden Tag" in said and "1 gelöscht" in said and not Conversation.objects.exists()
    ada.post(f"{URL}stop/", {"why": "Umzug"})
    assert "Umzug" in page(ada.get(URL))


def test_only_the_latest_preview_switches_it_on(company: Company, concern: Conversation, signed_in: Browser) -> None:
    ada = signed_in(company.ada)
    run(company)
    ada.post(f"{URL}begin/", {"seen": KeepingRun.objects.get().pk + 1})
    assert not keeping_state(at=clock.now()).is_on
    assert ada.post(f"{URL}begin/", {"seen": "x"}).status_code == 404


def test_a_class_is_chosen_within_the_law(company: Company, signed_in: Browser, page: Said) -> None:
    ada = signed_in(company.ada)
    ada.post(f"{URL}choose/", {"keeping": "enquiry", "months": "24"})
    assert KeepingChoice.objects.get().months == 24 and "2 Jahre" in page(ada.get(URL))
    ada.post(f"{URL}choose/", {"keeping": "letter", "months": "12"})
    assert KeepingChoice.objects.count() == 1
    ada.post(f"{URL}choose/", {"keeping": "enquiry", "months": ""})
    assert not KeepingChoice.objects.exists()
    assert ada.post(f"{URL}choose/", {"keeping": "unsinn", "months": "3"}).status_code == 404


def test_a_claim_is_held_and_let_go(company: Company, concern: Conversation, signed_in: Browser, page: Said) -> None:
    ada = signed_in(company.ada)
    for number, why in (("123", "Klage"), ("unsinn", "Klage"), (spoken(concern.number), " ")):
        ada.post(f"{URL}holds/", {"number": number, "why": why})
    assert not Hold.objects.exists()
    ada.post(f"{URL}holds/", {"number": spoken(concern.number), "why": "Klage 3 O 12/26"})
    assert "Klage 3 O 12/26" in page(ada.get(URL))
    held = Hold.objects.get()
    ada.post(f"{URL}holds/{held.pk}/end/")
    assert ada.post(f"{URL}holds/{held.pk}/end/").status_code == 404
    assert Hold.objects.get().ended_at is not None


def test_nobody_but_admins_comes_here(company: Company, signed_in: Browser) -> None:
    for member in (company.nina, company.lea):
        assert signed_in(member).get(URL).status_code == 403


def test_programs_read_the_state(company: Company, concern: Conversation) -> None:
    run(company)
    told = a_program(company.ada).get("/retention").json()
    assert told["due"] == 1 and not told["is_on"] and told["runs"][0]["lines"][0]["what"] == "concerns"
    assert {one["keeping"] for one in told["classes"]} >= {"letter", "enquiry"}


def test_doctor_and_the_health_page_say_when_no_run_comes_through(company: Company, nina: Client, page: Said) -> None:
    run(company)
    assert all(one.ok for one in _retention()) and "zählt nur" in page(nina.get("/t/heizwerk/health/"))
    long_ago = clock.now() - timedelta(days=3)
    KeepingRun.objects.update(began_at=long_ago, ended_at=long_ago)
    assert not all(one.ok for one in _retention())
    assert "seit zwei Tagen kam kein Lauf durch" in page(nina.get("/t/heizwerk/health/"))


def test_doctor_and_the_health_page_miss_the_ledger(company: Company, nina: Client, page: Said) -> None:
    assert ledger_trouble() is None and all(one.ok for one in _ledger())
    head = ledger.begin()
    assert head.count == 0 and ledger_trouble() is None
    Erasure.objects.create(
        customer_id=1, asker="CUSTOMER", asked_at=clock.now(), due_on="2026-12-01", erased_at=clock.now()
    )
    assert ledger_trouble() is Trouble.OLDER and not all(one.ok for one in _ledger())
    ledger.key_file().rename(ledger.key_file().with_suffix(".away"))
    assert ledger_trouble() is Trouble.KEY
    ledger.key_file().write_text("00" * 32)
    assert ledger_trouble() is Trouble.TORN
    ledger.ledger_file().unlink()
    assert ledger_trouble() is Trouble.MISSING
    assert "fehlt" in page(nina.get("/t/heizwerk/health/"))
