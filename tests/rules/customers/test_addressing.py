"""Nobody is called Frau or Herr without evidence, and nobody with evidence is left without (M15)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers import rules
from golddraht.customers.rules import UnprovenSalutation, greeting, refuse_unproven
from golddraht.customers.rules.addressing import Address
from golddraht.customers.rules.evidence import Mode, declared
from golddraht.customers.rules.first_names import MEN, WOMEN
from golddraht.customers.rules.salutation_rows import salutation_of, salutations
from golddraht.ground.sheets import NotASheet

SCHEMA = json.loads((Path(rules.__file__).parent / "salutation.schema.json").read_text(encoding="utf-8"))
KIM = {"given_name": "Kim", "family_name": "Moser"}


def mode_of(**known: str) -> Any:
    return salutation_of(KIM | known)["mode"]


@pytest.mark.parametrize(
    ("signature", "mode"),
    [
        ("Viele Grüße\nIhre Kim Moser", "frau"),
        ("Viele Grüße\nIhr Kim Moser", "herr"),
        ("Ihr\nKim Moser", "herr"),
        ("LG eure Kim", "frau"),
        ("Mit freundlichen Grüßen\ni. A. Frau Kim Moser", "frau"),
        ("Es grüßt herzlich\nHerr Kim Moser", "herr"),
        ("Kind regards\nMs Kim Moser", "frau"),
        ("Kim Moser (sie/ihr)", "frau"),
        ("Kim Moser | he/him", "herr"),
        ("Kim Moser (they/them)", "neutral"),
        ("Kim Moser\nGeschäftsführerin\nMoser GmbH", "frau"),
        ("Dr. Kim Moser, Leiterin Einkauf", "frau"),
        ("Ich als alleinerziehende Mutter kann darauf nicht warten.", "frau"),
        ("Ich bin Kundin seit 2004.", "frau"),
    ],
)
def test_the_own_signature_speaks(signature: str, mode: str) -> None:
    assert mode_of(signature=signature) == mode


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "Kim Moser",
        "Ihre Kim und Tom Moser",
        "Ihre Kim Moser\nund Tom Moser",
        "Ihr Team Moser",
        "Ihre Familie Moser",
        "Ihre Moser GmbH",
        "Ihre Sabine Koch",
        "Viele Grüße an Frau Moser",
        "Danke, Frau Moser!\nKim Moser",
        "Kim Moser\nSekretariat von Herrn Moser",
        "Kim Moser\nAssistenz von Frau Dr. Schmidt",
        "Kim Moser\nGeschäftsführerin: Dr. Anna Schmidt",
        "Kim Moser\nGeschäftsführer",
        "Ihre Ansprechpartnerin:\nFrau Moser",
        "Frau Moser",
        "Frau K. Moser",
        "ich bin die Mutter von Kim Moser",
        "Ich möchte meine Mutter als Kundin werben.",
        "Ich bin mit Ihrer Mitarbeiterin sehr zufrieden.",
        "Könnt ihr Kim Moser anrufen?",
        "z. Hd. Herrn Kim Moser",
        "Kim Moser\n(sie/ihr)\nKim Moser\n(er/ihm)",
    ],
)
def test_what_speaks_of_others_or_of_two_speaks_for_nothing(signature: str) -> None:
    assert mode_of(signature=signature) == "neutral"


def test_a_family_called_herr_is_no_evidence() -> None:
    thomas = {"given_name": "Toni", "family_name": "Herr"}
    assert salutation_of(thomas | {"signature": "Toni Herr"})["mode"] == "neutral"
    assert salutation_of(thomas | {"signature": "Herr Toni"})["mode"] == "neutral"
    assert salutation_of(thomas | {"signature": "Ihre Toni Herr"})["greeting_letter"] == "Sehr geehrte Frau Herr,"


def test_fr_may_be_a_first_name() -> None:
    friedrich = {"given_name": "Friedl", "family_name": "Moser", "signature": "Fr. Moser"}
    assert salutation_of(friedrich)["mode"] == "neutral"


@pytest.mark.parametrize("name", sorted(WOMEN | MEN))
def test_a_first_name_alone_never_suffices(name: str) -> None:
    assert salutation_of({"given_name": name, "family_name": "Moser"})["mode"] == "neutral"


def test_what_a_stranger_entered_needs_a_name_that_bears_it_out() -> None:
    assert salutation_of({"given_name": "Petra", "family_name": "Moser", "title": "Frau Dr."})["mode"] == "frau"
    assert salutation_of({"given_name": "Petra", "family_name": "Moser", "title": "Herr"})["mode"] == "neutral"
    assert mode_of(title="Frau") == "neutral"


def test_a_declaration_stands_above_everything() -> None:
    assert (
        salutation_of({"given_name": "Thomas", "family_name": "Moser", "declared_salutation": "Frau"})["mode"] == "frau"
    )
    assert mode_of(declared_salutation="divers", signature="Ihre Kim Moser") == "neutral"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Frau", Mode.FRAU),
        ("frau dr.", Mode.FRAU),
        ("Hr.", Mode.HERR),
        ("Mr", Mode.HERR),
        ("w", Mode.FRAU),
        ("divers", Mode.NEUTRAL),
        ("nicht-binär", Mode.NEUTRAL),
        ("Familie", Mode.FAMILIE),
        ("Herr und Frau", Mode.FAMILIE),
        ("Firma", Mode.FIRMA),
        ("Herr/Frau", None),
        ("Frau, Herr", None),
        ("Sehr geehrte Damen und Herren", None),
        ("nicht Herr", None),
        ("", None),
        ("???", None),
    ],
)
def test_what_was_chosen_is_understood_or_left_alone(text: str, mode: Mode | None) -> None:
    found = declared(text)
    assert (found.mode if found else None) == mode


def test_greetings_in_four_languages() -> None:
    she = {"given_name": "Kim", "family_name": "von der Tann", "title": "Prof. Dr.", "declared_salutation": "Frau"}
    said = {code: salutation_of(she | {"language": code})["greeting_letter"] for code in ("", "en", "fr", "it", "pl")}
    assert said == {
        "": "Sehr geehrte Frau Prof. von der Tann,",
        "en": "Dear Ms Prof. von der Tann,",
        "fr": "Madame Prof. von der Tann,",
        "it": "Gentile Signora Prof. von der Tann,",
        "pl": "Dear Ms Prof. von der Tann,",
    }


def test_firms_households_and_nobody() -> None:
    assert salutation_of({"organisation": "Heizwerk GmbH"})["mode"] == "firma"
    assert salutation_of({"family_name": "Fam. Moser"})["greeting_letter"] == "Sehr geehrte Familie Moser,"
    assert salutation_of({})["greeting_mail"] == "Guten Tag,"
    assert salutation_of({"family_name": "Moser"})["greeting_mail"] == "Guten Tag,"


def test_a_customer_is_greeted_by_what_they_declared() -> None:
    assert greeting(name="Petra von der Tann", salutation="FRAU", language="de") == "Guten Tag Frau von der Tann,"
    assert greeting(name="Dr. Kim Moser", salutation="", language="de") == "Guten Tag Dr. Kim Moser,"


texts = st.text(max_size=80)


@given(texts, texts, texts, texts, texts, texts, texts)
def test_every_row_gets_an_answer_and_a_gendered_one_only_with_evidence(
    title: str, first: str, family: str, firm: str, said: str, signature: str, language: str
) -> None:
    answer = salutation_of(
        {
            "title": title,
            "given_name": first,
            "family_name": family,
            "organisation": firm,
            "declared_salutation": said,
            "signature": signature,
            "language": language,
        }
    )
    jsonschema.validate({"row": 0} | answer, SCHEMA)
    if answer["mode"] in {"frau", "herr"}:
        assert declared(said) is not None or title.strip() or signature.strip() or family.strip()


def test_rows_are_numbered_and_unknown_columns_refused() -> None:
    rows = [{"Vorname": "Kim", "Nachname": "Moser", "Anrede": "Frau"}, {"Vorname": "Kim"}]
    assert [(one["row"], one["mode"]) for one in salutations(rows)] == [(0, "frau"), (1, "neutral")]
    with pytest.raises(NotASheet):
        list(salutations([{"x": "1"}]))


@pytest.mark.parametrize(
    ("line", "modes"),
    [
        ("Sehr geehrte Frau Moser,", {Mode.FRAU}),
        ("Hallo Herr Moser!", {Mode.HERR}),
        ("Lieber Kim,", {Mode.HERR}),
        ("Liebe Kim,", {Mode.FRAU}),
        ("Dear Mrs. Moser,", {Mode.FRAU}),
        ("Guten Tag Kim Moser,", set(Mode)),
        ("Sehr geehrte Damen und Herren,", set(Mode)),
        ("Liebe Familie Moser,", set(Mode)),
        ("Frauke kommt morgen.", set(Mode)),
        ("Herrlich, dass es klappt.", set(Mode)),
        ("Frau Huber kommt morgen.", set(Mode)),
        ("Frau Huber!", {Mode.FRAU}),
        ("Dear Sir or Madam,", set(Mode)),
        ("Lieber morgen als heute.", set(Mode)),
    ],
)
def test_the_gate_lets_through_what_is_proven(line: str, modes: set[Mode]) -> None:
    for mode in Mode:
        address = Address(mode, 1.0, "")
        if mode in modes:
            refuse_unproven(f"\n{line}\n\nSie hören von uns.", address)
        else:
            with pytest.raises(UnprovenSalutation):
                refuse_unproven(f"\n{line}\n\nSie hören von uns.", address)
