"""Erasing somebody on the pages and by the interface: taken down by everybody, decided by leads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.plumbing import clock
from golddraht.privacy.models import Erasure, Locked
from golddraht.privacy.operations import carry_out
from tests.api.programs import a_program
from tests.cast import Company, a_conversation
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.LEDGER_KEY = str(tmp_path / "e.ledger"), str(tmp_path / "e.key")


@pytest.fixture
def concern(company: Company) -> Conversation:
    return a_conversation(text="Meine Bestellung ist nicht da.", subject="Bestellung", at=clock.now())


def test_an_agent_takes_it_down_and_a_lead_decides(
    company: Company, concern: Conversation, nina: Client, signed_in: Browser, page: Said
) -> None:
    url = f"/t/heizwerk/customers/{concern.customer_id}/erase/"
    said = page(nina.get(url))
    assert "Was das Gesetz aufbewahrt" in said and "§ 257" in said and "Jetzt löschen" not in said
    nina.post(url, {"asker": "customer"})
    erasure = Erasure.objects.get()
    assert erasure.asker == "CUSTOMER" and erasure.asked_by_id == company.nina.pk
    assert nina.post(f"/t/heizwerk/settings/privacy/requests/{erasure.pk}/approve/").status_code == 403
    lea = signed_in(company.lea)
    assert "noch 3" in page(lea.get("/t/heizwerk/settings/privacy/requests/"))
    request = f"/t/heizwerk/settings/privacy/requests/{erasure.pk}/"
    assert "Jetzt löschen" in page(lea.get(request))
    lea.post(f"{request}approve/", {"offered": [concern.number], "keep": [concern.number]})
    carry_out(tenant_id=company.tenant.pk, erasure_id=erasure.pk, at=clock.now())
    said = page(lea.get(request))
    assert "conversations_message" in said and "Valentina" not in said and Locked.objects.exists()


def test_what_is_unticked_is_not_kept(company: Company, concern: Conversation, signed_in: Browser) -> None:
    lea = signed_in(company.lea)
    lea.post(f"/t/heizwerk/customers/{concern.customer_id}/erase/", {"asker": "colleague"})
    erasure = Erasure.objects.get()
    lea.post(f"/t/heizwerk/settings/privacy/requests/{erasure.pk}/approve/", {"offered": [concern.number]})
    carry_out(tenant_id=company.tenant.pk, erasure_id=erasure.pk, at=clock.now())
    assert not Locked.objects.exists() and not Conversation.objects.exists()


def test_a_refusal_without_a_reason_is_none(
    company: Company, concern: Conversation, signed_in: Browser, page: Said
) -> None:
    lea = signed_in(company.lea)
    lea.post(f"/t/heizwerk/customers/{concern.customer_id}/erase/", {"asker": "customer"})
    url = f"/t/heizwerk/settings/privacy/requests/{Erasure.objects.get().pk}/"
    assert "der Grund fehlt" in page(lea.post(f"{url}refuse/", {"why": ""}, follow=True))
    assert "Nicht dieselbe Person" in page(lea.post(f"{url}refuse/", {"why": "Nicht dieselbe Person"}, follow=True))


def test_a_program_asks_and_never_erases(company: Company, concern: Conversation) -> None:
    shop = a_program(company.nina)
    told = shop.post("/erasures", {"customer_id": concern.customer_id}).json()
    assert told["state"] == "ASKED" and shop.get(f"/erasures/{told['id']}").json()["due_on"] == told["due_on"]
    assert Conversation.objects.filter(pk=concern.pk).exists()
