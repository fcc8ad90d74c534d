"""Customers: found by name or address, known with sources, corrected by colleagues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.customers.models import Belonging, Customer
from golddraht.customers.operations import Said, learn
from golddraht.customers.queries.belonging import belongings_of
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.plumbing import clock
from golddraht.plumbing.models import Trace
from golddraht.search.operations import read_some
from tests.cast import Company, a_company, a_conversation, bjoern, valentina

Page = Callable[[Any], str]


@pytest.fixture
def customer(company: Company) -> Customer:
    bjoern()
    person = valentina()
    read_some()
    return person


def test_customers_stand_in_the_order_of_their_names(customer: Customer, nina: Client, page: Page) -> None:
    said = page(nina.get("/t/heizwerk/customers/"))

    assert said.index("Björn Petersen") < said.index("Valentina Moser")


@pytest.mark.parametrize("words", ["moser", "MOSER", "valentina@kundin"])
def test_a_customer_is_found_by_name_and_by_address(words: str, customer: Customer, nina: Client, page: Page) -> None:
    said = page(nina.get("/t/heizwerk/customers/", {"q": words}))

    assert "Valentina Moser" in said
    assert "Björn Petersen" not in said


def test_nobody_found_is_said_kindly(customer: Customer, nina: Client, page: Page) -> None:
    assert 'class="empty"' in page(nina.get("/t/heizwerk/customers/?q=zzz"))


def test_every_value_names_its_source(company: Company, customer: Customer, nina: Client, page: Page) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()
    a_conversation(customer=customer)

    said = page(nina.get(f"/t/heizwerk/customers/{customer.pk}/"))

    assert "from the sender line" in said
    assert "Waschmaschine" in said
    assert Trace.objects.filter(verb="see", subject="customers_customer", subject_id=customer.pk).exists()


def test_a_salutation_is_only_what_the_customer_told(customer: Customer, nina: Client) -> None:
    nina.post(
        f"/t/heizwerk/customers/{customer.pk}/correct/",
        {"name": "Valentina Moser", "salutation": "FRAU", "language": "de", "matters": "Allein im Haus, Rücken"},
    )

    customer.refresh_from_db()
    assert (customer.salutation, customer.salutation_source) == ("FRAU", "customer")
    assert (customer.matters, customer.matters_source) == ("Allein im Haus, Rücken", "member")
    assert customer.name_source == "mail:from"


def test_correcting_from_a_concern_leads_back_to_it(customer: Customer, nina: Client) -> None:
    conversation = a_conversation(customer=customer)

    response = nina.post(
        f"/t/heizwerk/customers/{customer.pk}/correct/", {"name": "V. Moser", "conversation": str(conversation.number)}
    )

    assert response["Location"].startswith("/t/heizwerk/conversations/")


def test_another_company_is_told_there_is_no_such_customer(customer: Customer, signed_in: Any) -> None:
    stranger = signed_in(a_company("moebelhaus", "Möbelhaus").nina)

    assert stranger.get(f"/t/moebelhaus/customers/{customer.pk}/").status_code == 404
    assert stranger.post(f"/t/moebelhaus/customers/{customer.pk}/correct/", {"name": "X"}).status_code == 404


def test_a_value_is_corrected_in_place_and_its_history_stays(
    company: Company, customer: Customer, nina: Client, page: Page
) -> None:
    told = {
        "attribute": "postal",
        "value": "Lendkai 12, 8020 Graz, Österreich",
        "source": "customer",
        "evidence": "am Telefon",
    }
    nina.post(f"/t/heizwerk/customers/{customer.pk}/facts/", told)
    nina.post(
        f"/t/heizwerk/customers/{customer.pk}/facts/",
        {"attribute": "name", "value": "Valentina Huber", "source": "customer"},
    )

    said = page(nina.get(f"/t/heizwerk/customers/{customer.pk}/"))

    assert "Lendkai 12, 8020 Graz, Österreich" in said and "am Telefon" in said
    assert "Valentina Huber" in said and "Valentina Moser" in said
    assert "Nina Aigner" in said


def test_of_a_long_history_the_latest_is_shown_and_all_on_request(customer: Customer, nina: Client) -> None:
    for number in range(15):
        said = [Said(Attribute.NOTE, f"Bemerkung {number:02}", "member")]
        learn(customer_id=customer.pk, said=said, at=clock.now() + timedelta(seconds=number))
    path = f"/t/heizwerk/customers/{customer.pk}/"

    few, whole = nina.get(path).content.decode(), nina.get(path, {"all": "record"}).content.decode()

    assert "Bemerkung 03" in few and "Bemerkung 02" not in few and "15 Angaben" in few
    assert '?all=record#record"' in few
    assert "Bemerkung 02" in whole and '?all=record#record"' not in whole


def test_a_value_can_be_called_wrong(customer: Customer, nina: Client) -> None:
    told = {"attribute": "wish", "value": "call_me", "source": "customer"}
    nina.post(f"/t/heizwerk/customers/{customer.pk}/facts/", told)
    nina.post(f"/t/heizwerk/customers/{customer.pk}/facts/", told | {"denies": "1"})

    assert Attribute.WISH not in record_of(customer_id=customer.pk)


def test_what_cannot_be_understood_is_said_kindly(customer: Customer, nina: Client, page: Page) -> None:
    told = {"attribute": "born_on", "value": "irgendwann", "source": "customer"}
    answer = nina.post(f"/t/heizwerk/customers/{customer.pk}/facts/", told, follow=True)

    assert "ließ sich nicht verstehen" in page(answer)
    assert Attribute.BORN_ON not in record_of(customer_id=customer.pk)


def test_the_rules_can_be_read_and_tried(company: Company, nina: Client, page: Page) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()
    typed = "name; Petra Moser; sender line; 3.2.2024\nname; Dr. Petra Moser; signature; 1.9.2024\nshoe size; 4; call"

    said = page(nina.get("/t/heizwerk/customers/rules/", {"said": typed}))

    assert "Name: Dr. Petra Moser, sure to" in said
    assert "Attribute or source is not known." in said


def test_the_page_tells_the_journey_and_narrows_it(
    company: Company, customer: Customer, nina: Client, page: Page
) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()
    a_conversation(customer=customer)
    path = f"/t/heizwerk/customers/{customer.pk}/"

    assert "they wrote" in page(nina.get(path))
    assert "something was promised" in page(nina.get(path, {"group": "promises"}))
    assert "they wrote" not in page(nina.get(path, {"group": "promises", "channel": "nonsense", "behind": "nonsense"}))
    assert "Nothing of this kind has happened yet." in page(nina.get(path, {"group": "record"}))


def test_a_colleague_takes_it_down_on_the_page(company: Company, nina: Client) -> None:
    one, other = valentina(), bjoern()
    read_some()
    path = f"/t/heizwerk/customers/{one.pk}/"

    nina.post(f"{path}belong/", {"company": "Brandl", "role": "Einkauf"})
    nina.post(f"{path}belong/", {"with": "bjoern@kunde.example"})
    nina.post(f"{path}belong/", {"with": "niemand"})

    said = nina.get(path).content.decode()
    assert "Brandl" in said and "Einkauf" in said and f"/customers/{other.pk}/" in said
    company_line = next(line for line in belongings_of(customer_id=one.pk) if line.organisation)
    nina.post(f"{path}belong/{company_line.id}/leave/")
    nina.post(f"{path}belong/{company_line.id}/leave/")
    assert Belonging.objects.get(pk=company_line.id).ended_at is not None


def test_what_goes_on_renews_itself_without_what_is_typed(company: Company, nina: Client, page: Page) -> None:
    concern = a_conversation(subject="Der Ofen raucht")
    url = f"/t/heizwerk/customers/{concern.customer_id}/"
    whole = nina.get(url).content.decode()

    part = nina.get(url, headers={"HX-Request": "true", "HX-Target": "div#happened"}).content.decode()

    assert f'data-hears="customer-{concern.customer_id}"' in whole
    assert part.strip().startswith('<div class="stack-loose" id="happened"') and part.strip() in whole
    assert "Der Ofen raucht" in part and "<input" not in part and "<textarea" not in part
