"""Text modules in the settings and in an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import TextModule
from golddraht.conversations.operations import hand_over
from golddraht.conversations.operations.wording import keep_text_module
from golddraht.ground.numbers import spoken
from golddraht.plumbing.clock import now
from golddraht.team.models import Membership
from tests.cast import Company, a_conversation

Page = Callable[[Any], str]
PLACE = "/t/heizwerk/settings/modules/"


@pytest.fixture
def lea(company: Company, signed_in: Callable[[Membership], Client]) -> Client:
    return signed_in(company.lea)


@pytest.fixture
def concern(company: Company) -> str:
    conversation = a_conversation(at=now())
    hand_over(conversation_id=conversation.pk, to_id=company.nina.pk, by=None, at=now())
    return f"/t/heizwerk/conversations/{spoken(conversation.number)}/"


def a_module(text: str = "{anrede} ich melde mich {zusage}.") -> TextModule:
    return keep_text_module(name="Wir melden uns", short="melden", text=text, by=None, at=now())


def test_a_lead_writes_one_and_changes_it(company: Company, lea: Client, page: Page) -> None:
    assert "Noch kein Textbaustein" in page(lea.get(PLACE))
    lea.post(PLACE + "new/", {"name": "Foto", "text": "Schicken Sie mir ein Foto, {name}?"})
    module = TextModule.objects.get()

    lea.post(f"{PLACE}{module.pk}/", {"name": "Foto bitte", "short": "foto", "text": "Ein Foto?", "language": "de"})

    module.refresh_from_db()
    assert (module.name, module.short, module.language) == ("Foto bitte", "foto", "de")
    assert "/foto" in page(lea.get(PLACE))


def test_a_placeholder_that_nobody_knows_is_said_and_the_text_stays(lea: Client, page: Page, company: Company) -> None:
    response = lea.post(PLACE + "new/", {"name": "Foto", "text": "Hallo {vorname}"})

    assert response.status_code == 422
    said = page(response)
    assert "{vorname} kann niemand ausfüllen" in said and "Hallo {vorname}" in said
    assert not TextModule.objects.exists()


def test_out_of_use_and_back(lea: Client, page: Page, company: Company) -> None:
    module = a_module()
    lea.post(f"{PLACE}{module.pk}/retire/")
    assert "Wieder verwenden" in page(lea.get(PLACE))

    lea.post(f"{PLACE}{module.pk}/use/")

    module.refresh_from_db()
    assert module.retired_at is None


def test_an_agent_uses_them_and_does_not_change_them(nina: Client, concern: str, page: Page) -> None:
    module = a_module()

    assert nina.get(PLACE).status_code == 403
    assert "/melden" in page(nina.get(concern))
    said = nina.post(concern + "modules/", {"module": module.pk}, headers={"HX-Request": "true"})

    assert said.headers["Content-Type"].startswith("text/plain")
    assert said.content.decode().startswith("Guten Tag Valentina Moser, ich melde mich ")
    module.refresh_from_db()
    assert module.used == 1


def test_without_a_script_the_page_comes_back_with_the_words_behind_what_was_typed(
    nina: Client, concern: str, page: Page
) -> None:
    module = a_module("Bis bald, {name}.")

    response = nina.post(
        concern + "modules/",
        {"module": module.pk, "text": "Ich schaue nach.", "next_touch": "follow_up", "still_ours": "on"},
    )

    assert response.status_code == 200
    said = page(response)
    assert "Ich schaue nach. Bis bald, Valentina Moser.</textarea>" in said
    assert re.search(r"<input [^>]*still_ours[^>]*checked", said)


def test_what_does_not_exist_is_not_found(nina: Client, concern: str) -> None:
    assert nina.post(concern + "modules/", {"module": "9999"}).status_code == 404
    assert nina.post(concern + "modules/", {"module": "x"}).status_code == 404
