"""Concerns entered by hand, and those we start by writing first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from golddraht.conversations.models import Conversation, Message
from golddraht.customers.models import ContactPoint, Customer
from golddraht.plumbing import clock
from tests.cast import Company, bjoern, valentina

Page = Callable[[Any], str]
CALL = {
    "channel": "PHONE",
    "subject": "Rückruf wegen Garantie",
    "text": "Sie fragt, ob die Dichtung noch unter Garantie ist.",
}


def test_a_call_of_somebody_new_becomes_a_concern_with_owner_and_next_touch(company: Company, nina: Client) -> None:
    response = nina.post("/t/heizwerk/enter/", CALL | {"name": "Ayşe Demir", "phone": "089 12345678"})

    assert response.status_code == 302
    conversation = Conversation.objects.get()
    assert conversation.customer.name == "Ayşe Demir"
    assert conversation.owner_id
    assert conversation.next_touch_at
    assert ContactPoint.objects.get().address == "+498912345678"


def test_a_known_customer_is_found_without_losing_what_was_typed(company: Company, nina: Client, page: Page) -> None:
    valentina()

    said = page(nina.post("/t/heizwerk/enter/", CALL | {"q": "Moser", "find": "yes"}))

    assert "Valentina Moser" in said
    assert CALL["text"] in said
    assert not Conversation.objects.exists()


def test_a_concern_is_entered_for_a_known_customer(company: Company, nina: Client) -> None:
    customer = valentina()

    nina.post("/t/heizwerk/enter/", CALL | {"customer": str(customer.pk), "channel": "LETTER"})

    assert Conversation.objects.get().customer_id == customer.pk
    assert Message.objects.get(direction="IN").channel == "LETTER"


def test_somebody_who_gives_a_known_address_is_recognised(company: Company, nina: Client) -> None:
    customer = valentina()

    nina.post("/t/heizwerk/enter/", CALL | {"email": "Valentina@Kundin.example"})

    assert Conversation.objects.get().customer_id == customer.pk


def test_a_promised_time_is_kept_as_the_next_touch(company: Company, nina: Client) -> None:
    moment = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)

    nina.post(
        "/t/heizwerk/enter/", CALL | {"name": "Emma", "promised_at": f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"}
    )

    assert Conversation.objects.get().next_touch_at == moment


def test_a_promise_in_the_past_is_refused_and_nothing_is_left_behind(
    company: Company, nina: Client, page: Page
) -> None:
    response = nina.post("/t/heizwerk/enter/", CALL | {"name": "Emma", "promised_at": "2020-01-01T10:00"})

    assert response.status_code == 422
    assert CALL["text"] in page(response)
    assert not Customer.objects.filter(name="Emma").exists()


@pytest.mark.parametrize("wrong", [{"phone": "110"}, {"email": "ohne-klammeraffe"}, {}])
def test_what_cannot_be_right_is_refused_in_words(wrong: dict[str, str], company: Company, nina: Client) -> None:
    response = nina.post("/t/heizwerk/enter/", CALL | wrong)

    assert response.status_code == 422
    assert not Conversation.objects.exists()


def test_a_customer_of_another_company_cannot_be_chosen(company: Company, nina: Client) -> None:
    assert nina.post("/t/heizwerk/enter/", CALL | {"customer": "999999"}).status_code == 404


def test_writing_first_starts_a_concern_that_waits_for_the_customer(company: Company, nina: Client) -> None:
    customer = bjoern()
    assert nina.get(f"/t/heizwerk/write/?customer={customer.pk}").status_code == 200

    response = nina.post(
        "/t/heizwerk/write/",
        {"customer": str(customer.pk), "team": str(company.team.pk), "subject": "Ihr Termin", "text": "Guten Tag …"},
    )

    assert response.status_code == 302
    assert Conversation.objects.get().status == "WAITING"
    assert Message.objects.get().author_id == company.nina.pk


def test_writing_first_needs_an_address(company: Company, nina: Client) -> None:
    response = nina.post(
        "/t/heizwerk/write/",
        {"name": "Emma Hoffmann", "team": str(company.team.pk), "subject": "Ihr Termin", "text": "Guten Tag …"},
    )

    assert response.status_code == 422
    assert not Customer.objects.exists()
