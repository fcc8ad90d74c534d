"""The page on which a colleague adds a way of contact, calls one theirs no longer, and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.customers.models import ContactPoint, FormerWay
from tests.cast import Company, bjoern, valentina

Page = Callable[[Any], str]
TELEGRAM = {"kind": "MESSENGER", "messenger": "Telegram", "address": "@vera_moser", "source": "customer"}


@pytest.fixture(autouse=True)
def english(company: Company) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()


def test_a_way_is_added_called_former_and_brought_back(nina: Client, page: Page) -> None:
    person = valentina()
    home = f"/t/heizwerk/customers/{person.pk}/"

    said = page(nina.post(f"{home}ways/", TELEGRAM, follow=True))
    assert "Telegram" in said and "nothing is sent there from here" in said

    point = ContactPoint.objects.get(channel="MESSENGER")
    said = page(nina.post(f"{home}ways/{point.pk}/retire/", follow=True))
    assert "What is theirs no longer" in said
    assert not ContactPoint.objects.filter(channel="MESSENGER").exists()

    nina.post(f"{home}ways/{FormerWay.objects.get().pk}/back/")
    assert ContactPoint.objects.get(channel="MESSENGER").source == "customer"


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"kind": "MESSENGER", "messenger": ""}, "Say which messenger it is."),
        ({"kind": "FAX"}, "That is no address of this kind."),
        ({"kind": "PIGEON"}, "That is no address of this kind."),
    ],
)
def test_what_is_none_is_said_kindly(told: dict[str, str], answer: str, nina: Client, page: Page) -> None:
    home = f"/t/heizwerk/customers/{valentina().pk}/"

    assert answer in page(nina.post(f"{home}ways/", TELEGRAM | told, follow=True))


def test_whose_way_it_is_is_told_and_asked(nina: Client, page: Page) -> None:
    one, other = valentina(), bjoern()
    nina.post(f"/t/heizwerk/customers/{one.pk}/ways/", TELEGRAM)

    said = page(nina.post(f"/t/heizwerk/customers/{other.pk}/ways/", TELEGRAM, follow=True))

    assert f'/t/heizwerk/customers/{one.pk}/">Valentina Moser</a>' in said
    assert "has the same way of contact" in said
