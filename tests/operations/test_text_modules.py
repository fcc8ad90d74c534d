"""Text modules: kept, refused, offered where they fit, and filled with what is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from golddraht.commerce.models import Order
from golddraht.commerce.operations import state, tie
from golddraht.commerce.rules import Thing
from golddraht.conversations.models import Conversation, TextModule
from golddraht.conversations.operations import hand_over
from golddraht.conversations.operations.wording import (
    ModuleRefused,
    bring_back_text_module,
    keep_text_module,
    note_module_used,
    retire_text_module,
)
from golddraht.conversations.queries.wording import (
    NoSuchModule,
    Rendered,
    modules_for,
    rendered,
    text_module_for,
    text_modules,
)
from golddraht.ground.numbers import spoken
from golddraht.team.operations import form_team
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_company, a_conversation


def a_module(**told: Any) -> TextModule:
    known = {"name": "Wir melden uns", "text": "{anrede}\n\nich melde mich {zusage}.", "by": None, "at": MONDAY_MORNING}
    return keep_text_module(**(known | told))


def test_a_module_says_what_is_known_of_the_concern(company: Company) -> None:
    conversation = a_conversation()
    hand_over(conversation_id=conversation.pk, to_id=company.nina.pk, by=None, at=MONDAY_MORNING)
    module = a_module(text="{anrede}\n{name} {nummer} {betreff} {ansprechperson} {zusage} {team} {firma} {ich}")

    said = rendered(
        viewer=company.viewer(company.tom), number=conversation.number, module_id=module.pk, at=MONDAY_MORNING
    )

    first, second = said.text.split("\n")
    assert first == "Guten Tag Valentina Moser,"
    assert second.startswith(f"Valentina Moser {spoken(conversation.number)} Waschmaschine Nina Aigner heute um ")
    assert second.endswith(" Uhr Service Heizwerk Tom Berger")
    assert said.missing == ()


def test_it_speaks_the_customers_language(company: Company) -> None:
    conversation = a_conversation()
    Conversation.objects.filter(pk=conversation.pk).update(language="en")
    module = a_module(text="{greeting} {promised}")

    said = rendered(
        viewer=company.viewer(company.nina), number=conversation.number, module_id=module.pk, at=MONDAY_MORNING
    )

    assert said.text.startswith("Hello Valentina Moser, today at ")


def test_a_time_that_has_passed_is_not_said(company: Company) -> None:
    conversation, module = a_conversation(), a_module()

    said = rendered(
        viewer=company.viewer(company.nina),
        number=conversation.number,
        module_id=module.pk,
        at=MONDAY_MORNING + timedelta(days=30),
    )

    assert said.missing == ("zusage",)
    assert "{zusage}" in said.text


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"name": " "}, "NAME"),
        ({"text": " \n"}, "EMPTY"),
        ({"short": "!!"}, "SHORT"),
        ({"text": "Hallo {vorname}"}, "PLACEHOLDER"),
        ({"text": "Hallo {name"}, "PLACEHOLDER"),
    ],
)
def test_what_cannot_serve_is_refused_when_it_is_kept(company: Company, told: dict[str, str], reason: str) -> None:
    with pytest.raises(ModuleRefused) as refused:
        a_module(**told)

    assert refused.value.reason == reason


def test_a_short_name_is_made_from_the_name_and_stands_once(company: Company) -> None:
    assert a_module(name="Für später!").short == "fuer-spaeter"

    with pytest.raises(ModuleRefused) as refused:
        a_module(name="Anders", short="für später")

    assert refused.value.reason == "TAKEN"
    assert a_module(name="For later", short="fuer-spaeter", language="en").pk
    with pytest.raises(IntegrityError), transaction.atomic():
        TextModule.objects.create(name="X", short="fuer-spaeter", text="x", made_at=MONDAY_MORNING)


def test_offered_is_what_fits_team_and_language_and_the_most_used_first(company: Company) -> None:
    conversation = a_conversation()
    other = form_team(name="Technik", lead=company.lea, members=[company.tom], hours=WEEKDAYS)
    for told in (
        {"name": "Allen"},
        {"name": "Unserem Team", "team_id": company.team.pk},
        {"name": "Anderem Team", "team_id": other.pk},
        {"name": "English", "language": "en"},
        {"name": "Deutsch", "language": "de"},
    ):
        a_module(**told)
    note_module_used(module_id=TextModule.objects.get(name="Unserem Team").pk)

    offered = modules_for(viewer=company.viewer(company.nina), conversation=conversation)

    assert [one.name for one in offered] == ["Unserem Team", "Allen", "Deutsch"]


def test_a_module_is_taken_out_of_use_and_brought_back(company: Company) -> None:
    module, viewer = a_module(), company.viewer(company.lea)
    retire_text_module(module_id=module.pk, at=MONDAY_MORNING)
    retire_text_module(module_id=module.pk, at=MONDAY_MORNING)

    assert text_modules(viewer=viewer) == []
    assert [one.id for one in text_modules(viewer=viewer, retired=True)] == [module.pk]
    with pytest.raises(TextModule.DoesNotExist):
        a_module(module_id=module.pk)
    bring_back_text_module(module_id=module.pk)
    assert [one.id for one in text_modules(viewer=viewer)] == [module.pk]


def test_it_does_not_come_back_under_a_name_that_is_taken(company: Company) -> None:
    module = a_module()
    retire_text_module(module_id=module.pk, at=MONDAY_MORNING)
    a_module()

    with pytest.raises(ModuleRefused):
        bring_back_text_module(module_id=module.pk)


def test_another_company_finds_none_of_it(company: Company) -> None:
    module = a_module()
    other = a_company("moebelhaus", "Möbelhaus")

    with other.seen(), pytest.raises(NoSuchModule):
        text_module_for(viewer=other.viewer(other.ada), module_id=module.pk)


# What is known of orders


def of_shop(thing: Thing, number: str, **row: Any) -> Any:
    return state(
        thing=thing,
        source="shop",
        row={"number": number, "email": "valentina@kundin.example", **row},
        at=MONDAY_MORNING,
    )


def filled_in(company: Company, text: str, conversation: Conversation) -> Rendered:
    module = a_module(text=text)
    viewer = company.viewer(company.nina)
    return rendered(viewer=viewer, number=conversation.number, module_id=module.pk, at=MONDAY_MORNING)


def test_a_module_tells_of_the_newest_open_order(company: Company) -> None:
    conversation = a_conversation()
    of_shop(Thing.ORDER, "88-1000", ordered_at="2026-01-02T09:00:00Z", lines=[{"title": "Schürhaken"}])
    of_shop(Thing.DELIVERY, "L1", order="88-1000", arrived_at="2026-01-05T09:00:00Z")
    of_shop(Thing.ORDER, "88-2041", ordered_at="2026-01-03T09:00:00Z", lines=[{"title": "Wärmetauscher"}])
    until = (MONDAY_MORNING + timedelta(days=2)).isoformat()
    of_shop(Thing.DELIVERY, "L2", order="88-2041", carrier="Nordpaket", tracking="NP7", promised_until=until)

    said = filled_in(company, "{bestellung} {ware} {lieferung} {versand} {sendung}", conversation)

    assert said.missing == ()
    assert said.text.startswith("88-2041 Wärmetauscher ") and said.text.endswith(" Nordpaket NP7")


def test_the_order_that_the_concern_is_about_goes_before_a_newer_one(company: Company) -> None:
    of_shop(Thing.ORDER, "88-2041", ordered_at="2026-01-02T09:00:00Z")
    of_shop(Thing.ORDER, "88-3000", ordered_at="2026-01-04T09:00:00Z")
    conversation = a_conversation(text="Wo bleibt meine Bestellung 88-2041?")
    tie(
        conversation_id=conversation.pk,
        order_id=Order.objects.get(number="88-2041").pk,
        by=company.nina.pk,
        at=MONDAY_MORNING,
    )

    assert filled_in(company, "{order}", conversation).text == "88-2041"


def test_what_nobody_knows_is_shown_and_never_empty(company: Company) -> None:
    conversation = a_conversation()
    of_shop(Thing.ORDER, "88-2041", cancelled_at="2026-01-03T09:00:00Z")
    said = filled_in(company, "Ihre Bestellung {bestellung} kommt {lieferung}, der Termin ist {termin}.", conversation)
    assert said.missing == ("bestellung", "lieferung", "termin") and "{termin}" in said.text


def test_a_date_that_has_passed_is_not_said_as_one_to_come(company: Company) -> None:
    conversation = a_conversation()
    past = (MONDAY_MORNING - timedelta(days=2)).isoformat()
    of_shop(Thing.ORDER, "88-2041")
    of_shop(Thing.DELIVERY, "L2", order="88-2041", promised_until=past)
    of_shop(Thing.APPOINTMENT, "T1", promised_until=past)
    assert filled_in(company, "{order} {delivery} {visit}", conversation).missing == ("delivery", "visit")


def test_the_technicians_visit_is_told(company: Company) -> None:
    conversation = a_conversation()
    until = (MONDAY_MORNING + timedelta(days=1)).isoformat()
    of_shop(Thing.APPOINTMENT, "T1", promised_until=until)
    assert filled_in(company, "{termin}", conversation).missing == ()


def test_another_customers_order_is_not_told(company: Company) -> None:
    conversation = a_conversation()
    row = {"number": "88-9", "email": "bjoern@kunde.example"}
    state(thing=Thing.ORDER, source="shop", row=row, at=MONDAY_MORNING)
    assert filled_in(company, "{order}", conversation).missing == ("order",)
