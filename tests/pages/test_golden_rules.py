"""The trial of the rules: every source can be typed, and what it is believed is what the rules say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from golddraht.customers.rules import Source
from golddraht.pages.customers.golden_rules import SPOKEN
from tests.cast import Company

Page = Callable[[Any], str]
HERE = "/t/heizwerk/customers/rules/"


@pytest.fixture(autouse=True)
def english(company: Company) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()


def test_every_source_has_a_word_of_its_own() -> None:
    assert set(SPOKEN) == set(Source)
    assert len({str(one) for one in SPOKEN.values()}) == len(SPOKEN)


def test_every_source_can_be_tried(nina: Client, page: Page) -> None:
    with translation.override("en"):
        lines = [f"name; Petra Moser {place}; {words}" for place, words in enumerate(SPOKEN.values())]

    shown = page(nina.get(HERE, {"said": "\n".join(lines)}))

    assert "Attribute or source is not known." not in shown
    assert shown.count("another is trusted more, or is later") == len(SPOKEN) - 1


def test_a_colleague_tries_a_salutation_with_the_customers_words(nina: Client, page: Page) -> None:
    bare = page(nina.get(HERE, {"said": "salutation; frau; colleague; 1.9.2024"}))
    said = page(nina.get(HERE, {"said": "salutation; frau; colleague; 1.9.2024; Frau Moser, bitte"}))

    assert ("said-held" in bare, "said-held" in said) == (False, True)
