"""The record: everything that was said is kept, and the customer shows what holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.customers.models import Customer, Fact
from golddraht.customers.operations import (
    Said,
    declare_salutation,
    learn,
    meet,
    note_language,
    note_what_matters,
    rename,
)
from golddraht.customers.queries import customer_for, greeting_for
from golddraht.customers.queries.record import record_of, said_of
from golddraht.customers.rules import Salutation, Source
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.values import NotSuchValue
from tests.cast import MONDAY_MORNING, Company, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def customer(company: Company) -> Customer:
    return valentina()


def test_the_first_word_about_somebody_is_kept_with_its_source(customer: Customer) -> None:
    (first,) = said_of(customer_id=customer.pk)

    assert (first.statement.attribute, first.statement.value) == (Attribute.NAME, "Valentina Moser")
    assert (first.statement.source, first.statement.said_at) == ("mail:from", MONDAY_MORNING)


def test_a_correction_adds_and_overwrites_nothing(company: Company, customer: Customer) -> None:
    with company.seen(by=company.nina):
        rename(customer_id=customer.pk, name="Valentina Huber", source=Source.MEMBER, at=LATER)

    customer.refresh_from_db()
    assert (customer.name, customer.name_source, customer.sort_name) == ("Valentina Huber", "member", "valentina huber")
    assert [one.statement.value for one in said_of(customer_id=customer.pk)] == ["Valentina Huber", "Valentina Moser"]
    assert said_of(customer_id=customer.pk)[0].actor_id == company.nina.pk


def test_the_same_said_twice_counts_once(customer: Customer) -> None:
    said = [Said(Attribute.NUMBER, "K-1", "import:shop", "Bestellung 1")]

    assert learn(customer_id=customer.pk, said=said, at=LATER) == 1
    assert learn(customer_id=customer.pk, said=said, at=LATER) == 0
    assert Fact.objects.filter(customer=customer, attribute=Attribute.NUMBER).count() == 1


def test_what_cannot_be_leaves_nothing_behind(customer: Customer) -> None:
    said = [Said(Attribute.NUMBER, "K-1", "import:shop"), Said(Attribute.BORN_ON, "31.2.1980", "customer")]

    with pytest.raises(NotSuchValue):
        learn(customer_id=customer.pk, said=said, at=LATER)

    assert not Fact.objects.filter(customer=customer, attribute=Attribute.NUMBER).exists()


def test_a_salutation_that_is_taken_back_is_neutral_again(company: Company, customer: Customer) -> None:
    declare_salutation(customer_id=customer.pk, salutation=Salutation.FRAU, at=MONDAY_MORNING)
    customer.refresh_from_db()
    assert greeting_for(customer, language="de") == "Guten Tag Frau Moser,"

    declare_salutation(customer_id=customer.pk, salutation=Salutation.NONE, at=LATER)

    customer.refresh_from_db()
    assert (customer.salutation, customer.salutation_source) == ("", "")
    assert greeting_for(customer, language="de") == "Guten Tag Valentina Moser,"


def test_a_signature_is_enough_and_a_declaration_outweighs_it(customer: Customer) -> None:
    signed = Said(Attribute.SALUTATION, "Frau", Source.SIGNATURE, "Ihre Valentina Moser", certainty=0.9999)
    learn(customer_id=customer.pk, said=[signed], at=LATER)
    customer.refresh_from_db()
    assert (customer.salutation, customer.salutation_source) == ("FRAU", "mail:signature")

    learn(customer_id=customer.pk, said=[Said(Attribute.SALUTATION, "divers", Source.CUSTOMER)], at=LATER)

    customer.refresh_from_db()
    assert (customer.salutation, customer.salutation_source) == ("", "customer")


def test_a_declared_language_holds_against_what_they_write_in(customer: Customer) -> None:
    learn(customer_id=customer.pk, said=[Said(Attribute.LANGUAGE, "de", Source.CUSTOMER)], at=MONDAY_MORNING)

    for hour in range(3):
        at = MONDAY_MORNING + timedelta(hours=hour)
        note_language(customer_id=customer.pk, language="en", source=Source.OWN_WORDS, at=at)

    customer.refresh_from_db()
    assert (customer.language, customer.language_source) == ("de", "customer")
    assert Fact.objects.filter(customer=customer, value="en").count() == 1


def test_what_matters_can_be_taken_back(customer: Customer) -> None:
    note_what_matters(customer_id=customer.pk, words="Zweimal klingeln", source=Source.CUSTOMER, at=MONDAY_MORNING)
    note_what_matters(customer_id=customer.pk, words="", source=Source.MEMBER, at=LATER)

    customer.refresh_from_db()
    assert (customer.matters, customer.matters_source) == ("", "")
    assert record_of(customer_id=customer.pk).get(Attribute.MATTERS) is None


def test_an_address_without_a_country_lies_in_that_of_the_company(company: Company, customer: Customer) -> None:
    company.tenant.country = "AT"
    company.tenant.save()

    learn(customer_id=customer.pk, said=[Said(Attribute.POSTAL, "Lendkai 12, 8020 Graz", Source.CUSTOMER)], at=LATER)

    (held,) = record_of(customer_id=customer.pk)[Attribute.POSTAL]
    assert held.value == "Lendkai 12\n8020 Graz\nAT"


def test_somebody_met_without_a_name_has_said_nothing_yet(company: Company) -> None:
    nobody = meet(name="", source=Source.MEMBER, at=MONDAY_MORNING)

    assert said_of(customer_id=nobody.pk) == []
    assert customer_for(viewer=company.viewer(company.nina), customer_id=nobody.pk) == nobody


def test_one_customer_is_not_told_what_is_known_of_another(customer: Customer) -> None:
    learn(customer_id=bjoern().pk, said=[Said(Attribute.NUMBER, "K-9", "import:shop")], at=LATER)

    assert record_of(customer_id=customer.pk).get(Attribute.NUMBER) is None
