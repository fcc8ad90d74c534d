from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from golddraht.ground.needs_no_answer import Contact, needs_answer
from golddraht.ground.understanding import (
    asks_something,
    bare_subject,
    is_thanks_only,
    names_trouble,
    order_numbers_in,
    restated,
    sentences,
)

anything = st.text(st.characters())


@pytest.mark.parametrize(
    "text",
    [
        "Wo ist mein Paket?",
        "wann kommt der techniker",
        "Ich bitte um Rückruf.",
        "Melden Sie sich.",
        "Ich möchte das Gerät zurückgeben",
        "Danke im Voraus",
        "Sag mir Bescheid, gib mir eine Info",
        "Could you send the invoice",
        "I would like a quote",
        "Any news",
        "Please call me",
    ],
)
def test_a_question_or_a_wish_is_seen(text: str) -> None:
    assert asks_something(text)


@pytest.mark.parametrize(
    "text", ["Danke!", "Das Paket ist angekommen.", "Thank you for your help", "Es läuft. https://a.example/?id=5"]
)
def test_a_statement_asks_nothing(text: str) -> None:
    assert not asks_something(text)


@pytest.mark.parametrize("text", ["Es geht immer noch nicht", "leider defekt", "The plug is wrong", "It doesn't work"])
def test_trouble_is_seen(text: str) -> None:
    assert names_trouble(text)


@pytest.mark.parametrize(
    "text",
    [
        "Danke!",
        "Vielen Dank, hat geklappt",
        "Hallo Frau Keller,\n\nherzlichen Dank!\n\nViele Grüße\nPetra Lang",
        "thanks a lot",
        "👍",
        "Danke.\n\nGesendet von meinem iPhone",
    ],
)
def test_mere_thanks_are_seen(text: str) -> None:
    assert is_thanks_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hallo",
        "Nein",
        "Nein danke",
        "Danke, aber es tropft",
        "Danke. Und die Rechnung?",
        "Ja",
        "Danke Nein.",
        "Petra",
    ],
)
def test_more_or_less_than_thanks_is_not_mere_thanks(text: str) -> None:
    assert not is_thanks_only(text)


@pytest.mark.parametrize(
    ("text", "subject", "sentence"),
    [
        ("Hallo, wo bleibt mein Kühlschrank? Er sollte gestern kommen.", "", "wo bleibt mein Kühlschrank?"),
        (
            "Sehr geehrte Damen und Herren,\n\nich hoffe, es geht Ihnen gut. Am 12. Mai habe ich bei\nIhnen ca. 3 m Rohr bestellt. Es fehlt.",
            "",
            "Am 12. Mai habe ich bei Ihnen ca. 3 m Rohr bestellt.",
        ),
        (
            "Guten Tag Frau Dr. Keller,\ndas Display flackert seit gestern.\n\nGruß\nKarl",
            "",
            "das Display flackert seit gestern.",
        ),
        ("Dear team,\n\nmy fridge never arrived. Please help.", "", "my fridge never arrived."),
        ("siehe Anhang", "AW: [#10427-7] Transportschaden", "Transportschaden"),
        ("Danke!", "", "Danke!"),
        ("", "", ""),
        ("Hallo mein Paket ist weg, wo ist es?", "", "Hallo mein Paket ist weg, wo ist es?"),
    ],
)
def test_a_concern_is_given_back_in_the_customers_own_words(text: str, subject: str, sentence: str) -> None:
    assert restated(text, subject) == sentence


def test_a_long_sentence_is_cut_at_two_hundred_signs() -> None:
    assert len(restated("Das Gerät brummt " + "sehr " * 100)) <= 200


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bestellung 88-2041", ("88-2041",)),
        ("Meine Bestellnummer ist 4711.", ("4711",)),
        ("Auftrags-Nr.: AB-20391 vom 3.5.", ("AB-20391",)),
        ("order #55821 and order no. 55822", ("55821", "55822")),
        ("Rechnung RE-2026-113 und Bestellung 88-2041, nochmal 88-2041", ("RE-2026-113", "88-2041")),
        ("302-1234567-1234567", ("302-1234567-1234567",)),
        ("Tel. 08031-55501, am 2026-03-09, 10-12 Uhr, 2025-2026, [#10427-7]", ()),
        ("Meine Bestellung ist weg, ich wohne in 83022 Rosenheim", ()),
        ("Bestellung vom 12.05.2026", ()),
    ],
)
def test_order_numbers_are_found_as_written(text: str, numbers: tuple[str, ...]) -> None:
    assert order_numbers_in(text) == numbers


def test_a_subject_is_freed_of_reply_marks() -> None:
    assert bare_subject("AW: Re: [#10427-7] WG: Lieferung") == "WG: Lieferung"
    assert bare_subject("Re[2]: Fwd: Lieferung") == "Lieferung"


def test_sentences_do_not_end_at_abbreviations_and_dates() -> None:
    assert sentences("Am 3. Mai kam Nr. 5 an. Es fehlt z. B. das Kabel! Gut.") == [
        "Am 3. Mai kam Nr. 5 an.",
        "Es fehlt z. B. das Kabel!",
        "Gut.",
    ]


@given(anything, anything)
@settings(deadline=20_000)
@example(" " * 50_000, "\n" * 5000)
@example("bitte " * 30_000, "aw: " * 3000)
@example("a.-" * 30_000, "rechnung " * 3000)
@example("anbei " * 30_000, "")
@example("nr. " * 30_000, "")
@example("lg " * 30_000, "")
@example("a" * 200_000, "1-" * 3000)
def test_understanding_never_fails(text: str, subject: str) -> None:
    assert len(restated(text, subject)) <= 200
    order_numbers_in(text)
    for is_bulk, is_automatic in product((False, True), repeat=2):
        needs_answer(Contact(text, subject, text, is_bulk=is_bulk, is_automatic=is_automatic))


@given(anything, anything, st.booleans(), st.booleans())
def test_a_customer_with_an_open_concern_is_always_answered(
    text: str, sender: str, is_bulk: bool, is_automatic: bool
) -> None:
    contact = Contact(text, "", sender, is_bulk=is_bulk, is_automatic=is_automatic, has_open_concern=True)
    assert needs_answer(contact).needs


@given(anything)
def test_a_question_of_a_person_is_always_answered(text: str) -> None:
    assert needs_answer(Contact("Danke! " + text + "?", "Re: Danke", "kunde@example.org")).needs
