"""Doubts about records: seen by what they cost, settled with one key, undone; and two customers who are one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.operations import Writing, send_answer
from golddraht.customers.models import Customer, Doubt, Merge, Resemblance
from golddraht.customers.operations import Said, learn, meet, note_unreachable
from golddraht.customers.queries import ids_of_person
from golddraht.customers.queries.doubts import doubts, question_due
from golddraht.customers.queries.record import record_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.doubts import Kind
from golddraht.customers.rules.questions import polite_question
from golddraht.ground.numbers import spoken
from golddraht.plumbing import clock
from tests.cast import MONDAY_MORNING, Company, a_conversation, valentina

Page = Callable[[Any], str]
HERE = "/t/heizwerk/customers/refinery/"
LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture
def english(company: Company) -> None:
    company.nina.user.language = "en"
    company.nina.user.save()


def alike() -> tuple[Customer, Customer]:
    """Valentina, and a caller who has her customer number."""
    one, other = valentina(), meet(name="V. Moser", source="member", at=MONDAY_MORNING)
    for customer in (one, other):
        learn(customer_id=customer.pk, said=[Said(Attribute.NUMBER, "K-1", "import:shop")], at=MONDAY_MORNING)
    return one, other


def test_an_empty_refinery_says_so_kindly(company: Company, nina: Client, page: Page) -> None:
    assert 'class="empty"' in page(nina.get(HERE))


def test_two_who_look_like_one_are_proposed_with_reasons(
    company: Company, english: None, nina: Client, page: Page
) -> None:
    one, other = alike()
    namesake = meet(name="Karl Moser", source="member", at=MONDAY_MORNING)
    learn(customer_id=namesake.pk, said=[Said(Attribute.NUMBER, "K-1", "import:shop")], at=MONDAY_MORNING)

    said = page(nina.get(HERE))

    assert "same customer number: K-1" in said and "given name fits the initial" in said
    (pair,) = Resemblance.objects.all()
    assert (pair.first_id, pair.second_id) == (one.pk, other.pk)
    assert "same customer number: K-1" in page(nina.get(f"/t/heizwerk/customers/{one.pk}/"))


def test_one_key_makes_them_one_and_the_way_back_is_there(company: Company, nina: Client, page: Page) -> None:
    one, other = alike()
    pair = Resemblance.objects.get()

    answer = nina.post(f"{HERE}pairs/{pair.pk}/", {"as": "merged"}, follow=True)

    assert ids_of_person(customer_id=other.pk) == [one.pk, other.pk]
    merge = Merge.objects.get()
    assert f"/customers/merges/{merge.pk}/apart/" in page(answer)
    assert nina.get(f"/t/heizwerk/customers/{other.pk}/")["Location"] == f"/t/heizwerk/customers/{one.pk}/"
    assert nina.get(f"/t/heizwerk/customers/merges/{merge.pk}/apart/").status_code == 200
    nina.post(f"/t/heizwerk/customers/merges/{merge.pk}/apart/", {"why": "two sisters"})
    assert ids_of_person(customer_id=other.pk) == [other.pk]
    assert nina.get(f"/t/heizwerk/customers/merges/{merge.pk}/apart/").status_code == 404


def test_two_people_can_be_undone(company: Company, nina: Client) -> None:
    alike()
    pair = Resemblance.objects.get()

    nina.post(f"{HERE}pairs/{pair.pk}/", {"as": "different"})
    pair.refresh_from_db()
    assert pair.settled_as == "different"

    nina.post(f"{HERE}pairs/{pair.pk}/reopen/")
    pair.refresh_from_db()
    assert pair.settled_as == ""


def test_a_preview_shows_both_and_what_will_hold(company: Company, english: None, nina: Client, page: Page) -> None:
    one, other = alike()
    path = f"/t/heizwerk/customers/{one.pk}/merge/"

    assert "V. Moser" in page(nina.get(path, {"with": other.pk}))
    nina.post(path, {"with": other.pk, "reason": "she said so on the telephone"})

    merge = Merge.objects.get()
    assert "she said so on the telephone" in merge.reasons and merge.actor_id == company.nina.pk
    assert "she said so on the telephone" in page(nina.get(f"/t/heizwerk/customers/{one.pk}/"))
    again = nina.post(path, {"with": other.pk})
    assert again.status_code == 422


def test_what_was_learned_since_can_be_given_to_the_other_one(company: Company, nina: Client) -> None:
    one, other = alike()
    nina.post(f"/t/heizwerk/customers/{one.pk}/merge/", {"with": other.pk})
    merge = Merge.objects.get()
    told = {"attribute": "wish", "value": "call_me", "source": "customer"}
    nina.post(f"/t/heizwerk/customers/{one.pk}/facts/", told)
    fact = Customer.objects.get(pk=one.pk).facts.get(attribute="wish")

    nina.post(f"/t/heizwerk/customers/merges/{merge.pk}/apart/", {f"fact{fact.pk}": str(other.pk)})

    assert Attribute.WISH in record_of(customer_id=other.pk)
    assert Attribute.WISH not in record_of(customer_id=one.pk)


def test_two_birthdays_are_settled_by_choosing_one_and_can_be_undone(company: Company, nina: Client) -> None:
    customer = valentina()
    days = [Said(Attribute.BORN_ON, "1980-05-17", "import:shop"), Said(Attribute.BORN_ON, "1908-05-17", "import:works")]
    learn(customer_id=customer.pk, said=days, at=MONDAY_MORNING)
    (doubt,) = doubts(viewer=company.viewer(company.nina), at=LATER)
    assert (doubt.kind, doubt.values) == (Kind.DATES, ("1908-05-17", "1980-05-17"))

    nina.post(f"{HERE}{doubt.id}/", {"value": "1980-05-17"})

    assert [one.value for one in record_of(customer_id=customer.pk)[Attribute.BORN_ON]] == ["1980-05-17"]
    assert doubts(viewer=company.viewer(company.nina), at=LATER) == []
    nina.post(f"{HERE}{doubt.id}/reopen/")
    assert [one.kind for one in doubts(viewer=company.viewer(company.nina), at=LATER)] == [Kind.DATES]


def contradicting() -> Customer:
    """Valentina, whom two programs address in two ways."""
    customer = valentina()
    modes = [Said(Attribute.SALUTATION, "frau", "import:shop"), Said(Attribute.SALUTATION, "herr", "import:works")]
    learn(customer_id=customer.pk, said=modes, at=MONDAY_MORNING)
    return customer


def stood(customer: Customer) -> list[tuple[str, str, str, bool]]:
    return sorted(customer.facts.values_list("attribute", "value", "source", "denies"))


def test_a_key_alone_never_says_how_somebody_is_addressed(company: Company, nina: Client, page: Page) -> None:
    customer = contradicting()
    before = stood(customer)
    (doubt,) = doubts(viewer=company.viewer(company.nina), at=LATER)

    nina.post(f"{HERE}{doubt.id}/", {"value": "frau"})

    customer.refresh_from_db()
    assert customer.salutation == "" and stood(customer) == before
    assert [one.id for one in doubts(viewer=company.viewer(company.nina), at=LATER)] == [doubt.id]
    assert 'name="words"' in page(nina.get(HERE))


def test_their_words_say_how_they_are_addressed_and_are_the_colleagues_to_answer_for(
    company: Company, nina: Client
) -> None:
    customer = contradicting()
    (doubt,) = doubts(viewer=company.viewer(company.nina), at=LATER)

    nina.post(f"{HERE}{doubt.id}/", {"value": "frau", "words": "Frau Moser, bitte!"})

    customer.refresh_from_db()
    assert (customer.salutation, customer.salutation_source) == ("FRAU", "member")
    written = customer.facts.filter(actor_id=company.nina.pk)
    assert {(one.source, one.evidence) for one in written} == {("member", "Frau Moser, bitte!")}


@pytest.mark.parametrize("kind", [Kind.GREETING, Kind.DATES])
def test_undoing_withdraws_exactly_what_was_written(company: Company, nina: Client, kind: Kind) -> None:
    customer = contradicting()
    days = [Said(Attribute.BORN_ON, "1980-05-17", "import:shop"), Said(Attribute.BORN_ON, "1908-05-17", "import:works")]
    learn(customer_id=customer.pk, said=days, at=MONDAY_MORNING)
    before, open_ = stood(customer), {one.kind: one for one in doubts(viewer=company.viewer(company.nina), at=LATER)}
    chosen = open_[kind].values[0]

    nina.post(f"{HERE}{open_[kind].id}/", {"value": chosen, "words": "so sagte sie"})
    assert stood(customer) != before
    nina.post(f"{HERE}{open_[kind].id}/reopen/")

    customer.refresh_from_db()
    assert stood(customer) == before and customer.salutation == ""
    assert {one.kind for one in doubts(viewer=company.viewer(company.nina), at=LATER)} == set(open_)


def test_a_dead_address_is_asked_for_at_the_next_contact_and_never_by_a_campaign(
    company: Company, nina: Client, page: Page
) -> None:
    concern = a_conversation()
    note_unreachable(
        channel="EMAIL", address="valentina@kundin.example", source="mail:report", evidence="user unknown", at=LATER
    )
    (doubt,) = doubts(viewer=company.viewer(company.nina), at=LATER)

    nina.post(f"{HERE}{doubt.id}/", {"as": "ask"})

    assert Doubt.objects.get().settled_as == "ask"
    due = question_due(customer_id=concern.customer_id, at=LATER)
    assert due is not None and due.kind is Kind.ADDRESS
    assert "Unter welcher Adresse erreichen wir Sie künftig?" in page(
        nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/")
    )


def test_whoever_was_asked_stands_apart_with_the_day_and_the_way_there(
    company: Company, english: None, nina: Client, page: Page
) -> None:
    at = clock.now()
    concern = a_conversation(at=at)
    said = [Said(Attribute.POSTAL, "Lendkai 12, 8020 Graz, Austria", "list")]
    learn(customer_id=concern.customer_id or 0, said=said, at=at)
    assert "Nothing to rely on: " in page(nina.get(HERE))
    here = f"/t/heizwerk/conversations/{spoken(concern.number)}/"
    assert "Worth asking on this occasion" in page(nina.get(here))
    question = polite_question(Kind.UNSURE, language="de", attribute="postal")
    answer = send_answer(
        conversation_id=concern.pk, author_id=company.nina.pk, writing=Writing(f"Am Dienstag. {question}"), at=at
    )

    seen = page(nina.get(HERE))

    assert "Asked, and waiting for an answer" in seen and "by Nina Aigner" in seen
    assert f"{here}#message-{answer.message_id}" in seen
    assert "Worth asking on this occasion" not in page(nina.get(here))


def test_every_form_carries_its_token(company: Company, nina: Client) -> None:
    one, other = alike()
    pages = [HERE, f"/t/heizwerk/customers/{one.pk}/", f"/t/heizwerk/customers/{one.pk}/merge/?with={other.pk}"]

    for path in pages:
        forms = re.findall(r"<form[^>]*method=.post.*?</form>", nina.get(path).content.decode(), re.S)
        assert forms and [form[:120] for form in forms if "csrfmiddlewaretoken" not in form] == []
