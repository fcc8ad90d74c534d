"""Automatic messages in the company's own words: tried out, kept, sent, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import AutomaticText, Message
from golddraht.conversations.operations import letters
from golddraht.conversations.rules import Automatic
from golddraht.ground.automatic_words import FORMS, missing_in
from golddraht.pages.undoing import undo_of
from golddraht.plumbing import clock
from golddraht.promises.operations.acknowledging import receipt_of, shipped_receipt
from golddraht.team.models import Membership
from tests.cast import MONDAY_MORNING, Company, a_company, a_conversation
from tests.mails import a_mail, a_mailbox, arrives

Page = Callable[[Any], str]
HERE = "/t/heizwerk/settings/automatic/"
RECEIPT = HERE + "receipt/de/"
OWN = "Moin!\n\n„{concern}“\n\n{owner} meldet sich bis {until}. Nummer {number}."


@pytest.fixture
def ada(company: Company, signed_in: Callable[[Membership], Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: MONDAY_MORNING)
    a_mailbox()
    return signed_in(company.ada)


def receipts() -> list[str]:
    return list(Message.objects.filter(automatic="RECEIPT").order_by("pk").values_list("text", flat=True))


def test_the_shipped_words_stand_in_the_form_with_their_blanks(ada: Client, page: Page) -> None:
    said = page(ada.get(RECEIPT))
    assert "{owner}" in said and "{until}" in said and "{concern}" in said and "muss drinbleiben" in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_shipped_words_kept_unchanged_say_the_same_as_before(company: Company, ada: Client, language: str) -> None:
    concern = a_conversation(text="Wann haben Sie samstags offen?", subject="Öffnungszeiten")
    concern.language = language
    assert missing_in(shipped_receipt(language), FORMS["RECEIPT"]) == ()
    before = receipt_of(concern, at=MONDAY_MORNING)
    after = receipt_of(concern, at=MONDAY_MORNING, own=shipped_receipt(language))
    assert after.split() == before.split()

    for kind in (Automatic.INTERIM, Automatic.SOLVED_QUESTION):
        own = letters.shipped_words(kind, language)
        assert missing_in(own, FORMS[kind]) == ()
        if kind is Automatic.INTERIM:
            told = [
                letters.interim(concern, next_touch_at=MONDAY_MORNING, at=MONDAY_MORNING, own=one)
                for one in (None, own)
            ]
        else:
            told = [letters.solved_question_again(concern, link="https://x.example/k", own=one) for one in (None, own)]
        assert told[0] == told[1]


def test_a_preview_keeps_nothing_and_shows_a_real_concern(company: Company, ada: Client, page: Page) -> None:
    a_conversation()
    said = page(ada.post(RECEIPT, {"text": OWN, "preview": "yes"}))

    assert ("Moin!" in said and "pumpt nicht ab" in said and "Nina Aigner" in said) or "Tom Berger" in said
    assert not AutomaticText.objects.exists()


def test_kept_words_are_said_in_the_next_receipt_and_taken_back(ada: Client, page: Page) -> None:
    ada.post(RECEIPT, {"text": OWN})
    assert "mit eigenen Worten" in page(ada.get(HERE))
    arrives(a_mail())
    assert receipts()[0].startswith("Moin!") and "Heizwerk" in receipts()[0]

    ada.post(RECEIPT + "undo/")
    arrives(a_mail(from_="Björn Petersen <bjoern@kunde.example>", id_="second@kunde.example"))
    assert "Moin" not in receipts()[1]


def test_own_words_that_were_given_up_come_back_from_the_toast(ada: Client, page: Page) -> None:
    ada.post(RECEIPT, {"text": OWN})

    told = ada.post(RECEIPT + "undo/", follow=True)
    *_, undo = [undo_of(one) for one in told.context["messages"]]
    assert undo is not None and not AutomaticText.objects.exists()
    assert f'action="{undo["url"]}"' in told.content.decode()

    ada.post(undo["url"], undo["values"])
    assert AutomaticText.objects.get().text == OWN


def test_a_careless_text_is_refused_with_what_is_missing(ada: Client, page: Page) -> None:
    answer = ada.post(RECEIPT, {"text": "Wir haben Ihre Mail erhalten."})

    assert answer.status_code == 422 and "{owner}" in page(answer) and "hilft die Nachricht niemandem" in page(answer)
    assert not AutomaticText.objects.exists()


def test_an_unknown_blank_is_refused(ada: Client, page: Page) -> None:
    assert "{rabatt}" in page(ada.post(RECEIPT, {"text": OWN + " {rabatt}"}))


def test_without_any_concern_there_is_no_preview(ada: Client, page: Page) -> None:
    assert "Für die Vorschau braucht es" in page(ada.get(RECEIPT))


def test_other_kinds_and_languages_do_not_exist(ada: Client) -> None:
    assert ada.get(HERE + "danger/de/").status_code == 404
    assert ada.get(HERE + "receipt/fr/").status_code == 404


def test_words_of_one_company_are_not_said_by_another(ada: Client) -> None:
    ada.post(RECEIPT, {"text": OWN})
    other = a_company("moebelhaus", "Möbelhaus")
    with other.seen():
        a_mailbox("care@moebelhaus.example")
        arrives(a_mail(to="care@moebelhaus.example"))
        assert "Moin" not in receipts()[0]
