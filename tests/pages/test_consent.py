"""What a customer allows is taken down on their page, shown with how it stands, and proven on one sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.channels.models import Delivery
from golddraht.consent.models import ChannelChoice, ConsentAct, ConsentText
from golddraht.consent.queries import is_marked
from golddraht.customers.models import Customer
from golddraht.journey.models import Event
from golddraht.plumbing import clock
from golddraht.plumbing.models import Trace
from tests.cast import Company, bjoern, valentina
from tests.pages.test_promises import signed_in

Page = Callable[[Any], str]
YES = {
    "purpose": "NEWS",
    "ways": ["CALL"],
    "proof": "SPOKEN",
    "words": "Ja, rufen Sie mich gern an.",
    "call_note": "16. 11., 10 Uhr",
}


@pytest.fixture
def customer(company: Company) -> Customer:
    company.nina.user.language = "en"
    company.nina.user.save()
    return valentina()


def of(customer: Customer, rest: str = "") -> str:
    return f"/t/heizwerk/customers/{customer.pk}/{rest}"


def test_a_consent_is_taken_down_shown_and_proven(customer: Customer, nina: Client, page: Page) -> None:
    answer = nina.post(of(customer, "consents/"), YES, follow=True)
    assert "call from a person" in page(answer) and "they allowed it" in page(answer)
    act = ConsentAct.objects.get()
    sheet = page(nina.get(of(customer, f"consents/{act.pk}/")))
    for words in (
        "Ja, rufen Sie mich gern an.",
        "16. 11., 10 Uhr",
        "durch einen Anruf",
        "Nina Aigner",
        "version 1",
        "not been used",
    ):
        assert words in sheet
    assert Trace.objects.filter(verb="see", subject="consent_consentact", subject_id=act.pk).exists()
    assert list(Event.objects.filter(kind="allowed").values_list("customer_id", flat=True)) == [customer.pk]


@pytest.mark.parametrize("wrong", [{"ways": []}, {"words": ""}, {"ways": ["EMAIL"]}, {"said_on": "2999-01-01"}])
def test_what_proves_nothing_is_said_and_not_kept(wrong: dict[str, Any], customer: Customer, nina: Client) -> None:
    answer = nina.post(of(customer, "consents/"), YES | wrong, follow=True)
    assert "toast" in answer.content.decode() and not ConsentAct.objects.exists()


def test_a_letter_of_last_week_counts_from_last_week(customer: Customer, nina: Client) -> None:
    nina.post(of(customer, "consents/"), YES | {"proof": "SIGNED", "said_on": "2026-01-05"})
    assert ConsentAct.objects.get().at.date().isoformat() == "2026-01-05"


def test_taken_back_and_objected(customer: Customer, nina: Client, page: Page) -> None:
    nina.post(of(customer, "consents/"), YES)
    said = page(nina.post(of(customer, "consents/withdraw/"), {"purpose": "NEWS", "way": "CALL"}, follow=True))
    assert "taken back" in said
    said = page(nina.post(of(customer, "consents/object/"), {"words": "Lassen Sie das."}, follow=True))
    assert "They want no advertising" in said and "Lassen Sie das." in said
    assert is_marked("valentina@kundin.example", at=clock.now())
    kinds = Event.objects.filter(customer=customer).values_list("kind", flat=True)
    assert {"allowed", "withdrew", "objected"} <= set(kinds)


def test_ways_are_chosen_for_each_purpose(customer: Customer, nina: Client, page: Page) -> None:
    said = page(
        nina.post(of(customer, "consents/channels/"), {"purpose": "SERVICE", "ways": ["CALL", "EMAIL"]}, follow=True)
    )
    assert "Wants: call from a person, e-mail" in said.replace(
        "e-mail, call from a person", "call from a person, e-mail"
    )
    assert ChannelChoice.objects.get().purpose == "SERVICE"


def test_the_proof_of_one_is_no_page_of_another(customer: Customer, nina: Client) -> None:
    nina.post(of(customer, "consents/"), YES)
    assert nina.get(of(bjoern(), f"consents/{ConsentAct.objects.get().pk}/")).status_code == 404


def test_writing_first_names_what_it_is_and_says_why_it_did_not_leave(
    company: Company, customer: Customer, nina: Client, page: Page
) -> None:
    told = {
        "customer": customer.pk,
        "team": company.team.pk,
        "subject": "Öfen",
        "text": "Neu!",
        "message_class": "ADVERTISING",
    }
    answer = nina.post("/t/heizwerk/write/", told)
    assert answer.status_code == 422 and "They have not allowed it." in page(answer)
    assert "What did not leave" in page(nina.get(f"/t/heizwerk/customers/{customer.pk}/"))
    nina.post(of(customer, "consents/"), YES | {"ways": ["EMAIL"], "proof": "SIGNED"})
    assert nina.post("/t/heizwerk/write/", told).status_code == 302
    assert Delivery.objects.get().message_class == "ADVERTISING"
    assert nina.post("/t/heizwerk/write/", told | {"message_class": "SERVICE"}).status_code == 302
    assert Delivery.objects.latest("pk").message_class == "SERVICE"


def test_texts_are_kept_in_versions_and_an_old_one_can_be_taken_again(company: Company, page: Page) -> None:
    ada, url = signed_in(company.ada), "/t/heizwerk/settings/consents/news/email/de/"
    assert signed_in(company.lea).get("/t/heizwerk/settings/consents/").status_code == 403
    listed = page(ada.get("/t/heizwerk/settings/consents/"))
    assert "§ 7 (2) no. 1 UWG" in listed and "§ 174 (1) TKG 2021" in listed and "Art. 3 (1) o UWG" in listed
    for words in ("Erste Fassung.", "Zweite Fassung.", "Erste Fassung."):
        assert ada.post(url, {"words": words}).status_code == 302
    assert ada.post(url, {"words": "Erste Fassung."}).status_code == 422
    kept = ConsentText.objects.order_by("version").values_list("version", "words")
    assert list(kept) == [(1, "Erste Fassung."), (2, "Zweite Fassung."), (3, "Erste Fassung.")]
    assert ada.get("/t/heizwerk/settings/consents/service/email/de/").status_code == 404


def test_asking_by_mail_and_an_existing_customer(customer: Customer, nina: Client, page: Page) -> None:
    said = page(nina.post(of(customer, "consents/ask/"), {"purpose": "NEWS"}, follow=True))
    assert "not confirmed yet" in said
    assert "within the last thirty days" in page(
        nina.post(of(customer, "consents/ask/"), {"purpose": "NEWS"}, follow=True)
    )
    said = page(nina.post(of(customer, "consents/purchase/"), {"words": "Rechnung 4711"}, follow=True))
    assert "existing customer, own similar goods" in said
