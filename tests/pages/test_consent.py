"""What a customer allows is taken down on their page, shown with how it stands, and proven on one sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.channels.models import Delivery
from golddraht.consent.models import ChannelChoice, ConsentAct, ConsentText
from golddraht.consent.queries import is_marked
from golddraht.conversations.models import Message
from golddraht.customers.models import Customer
from golddraht.customers.operations.belonging import join_organisation
from golddraht.ground.numbers import spoken
from golddraht.journey.models import Event
from golddraht.plumbing import clock
from golddraht.plumbing.models import Trace
from tests.cast import Company, a_message, bjoern, valentina
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
    assert {"§ 7 Abs. 2 Nr. 1 UWG", "§ 174 Abs. 1 TKG 2021"} <= set(re.findall(r"§ [\w .]+?(?:UWG|TKG 2021)", listed))
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


# Words that were read as an objection


def writes(customer: Customer, text: str) -> Message:
    return a_message(customer=customer, text=text, at=clock.now())


def judge(client: Client, act: ConsentAct, **told: str) -> Any:
    return client.post(f"/t/heizwerk/heard/{act.pk}/", told, follow=True)


def test_a_doubt_is_asked_in_the_concern_and_answered_with_one_press(
    customer: Customer, nina: Client, page: Page
) -> None:
    message = writes(customer, "Hiermit widerspreche ich der Speicherung meiner Daten.")
    number = message.conversation.number
    asked = page(nina.get(f"/t/heizwerk/conversations/{spoken(number)}/"))
    assert "Is this an objection to advertising?" in asked and "An objection" in asked
    said = page(judge(nina, ConsentAct.objects.get(), **{"as": "none", "back": f"concern-{number}"}))
    assert "Judged: no objection to advertising" in said and "asked, and judged to be none" in said
    said = page(judge(nina, ConsentAct.objects.get(kind="DOUBTED"), **{"as": "undo", "back": f"concern-{number}"}))
    assert "Is this an objection to advertising?" in said


def test_doubts_wait_in_the_refinery(customer: Customer, nina: Client, page: Page) -> None:
    writes(customer, "Hiermit widerspreche ich der Speicherung meiner Daten.")
    assert "Is this an objection to advertising?" in page(nina.get("/t/heizwerk/customers/refinery/"))
    act = ConsentAct.objects.get()
    said = page(judge(nina, act, **{"as": "objection", "back": "refinery"}))
    assert "Settled." in said and "Is this an objection" not in said
    assert "They want no advertising" in page(nina.get(of(customer)))
    said = page(judge(nina, act, **{"as": "undo", "back": "refinery"}))
    assert "Is this an objection to advertising?" in said


def test_misread_words_are_taken_back_with_a_reason_only(customer: Customer, nina: Client, page: Page) -> None:
    writes(customer, "Bitte keine Werbung mehr!")
    act = ConsentAct.objects.get()
    assert "These words were misread" in page(nina.get(of(customer)))
    assert "Say why these words are no objection." in page(judge(nina, act, **{"as": "misread"}))
    said = page(judge(nina, act, **{"as": "misread", "words": "Es ging um den Aufkleber."}))
    assert "Es ging um den Aufkleber." in said
    assert ConsentAct.objects.get(kind="MISREAD").actor_id is not None
    assert not is_marked("valentina@kundin.example", at=clock.now())


def test_what_they_declared_is_told_to_be_theirs(customer: Customer, nina: Client, page: Page) -> None:
    nina.post(of(customer, "consents/object/"), {"words": "Am Telefon gesagt."})
    act = ConsentAct.objects.get()
    assert "Only they can change that." in page(judge(nina, act, **{"as": "misread", "words": "Nein."}))
    assert ConsentAct.objects.count() == 1


def test_another_companys_words_are_nobodys_here(customer: Customer, nina: Client) -> None:
    assert nina.post("/t/heizwerk/heard/999999/", {"as": "none"}).status_code == 404


def test_a_business_that_would_welcome_a_call_and_a_look_at_the_list(
    customer: Customer, nina: Client, page: Page
) -> None:
    assert "Would welcome a call" not in page(nina.get(of(customer)))
    assert "Only where somebody stands for a business" in page(
        nina.post(of(customer, "consents/presumed/"), {"words": "Anfrage vom Mai"}, follow=True)
    )
    nina.post(of(customer, "consents/looked-up/"), {"words": "Liste vom 1. November, Nina Aigner"})
    line = ConsentAct.objects.get()
    assert (line.kind, line.words) == ("LISTED_NOT", "Liste vom 1. November, Nina Aigner")
    assert nina.post(of(customer, "consents/looked-up/"), {"words": " "}, follow=True).status_code == 200
    assert ConsentAct.objects.count() == 1
    join_organisation(customer_id=customer.pk, name="Bergbad GmbH", role="", source="test", at=clock.now())
    said = page(nina.post(of(customer, "consents/presumed/"), {"words": "Anfrage vom Mai"}, follow=True))
    assert "reason to call a business" in said and "Would welcome a call" in said
