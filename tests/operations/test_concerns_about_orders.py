"""A concern is tied to an order by a number in the customer's words, and only where it is theirs; the receipt knows where it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from golddraht.commerce.models import Order, Tie
from golddraht.commerce.operations import NotTheirOrder, state, tie, untie
from golddraht.commerce.rules import Thing
from golddraht.commerce.rules.numbers import numbers_in
from golddraht.conversations.models import Conversation, Message
from golddraht.promises.models import Promise
from tests.cast import MONDAY_MORNING, Company, a_message, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)
MAIL = "valentina@kundin.example"
ASKS = "Wo bleibt meine Bestellung 88-2041?"


def said(thing: Thing, number: str, **row: Any) -> Any:
    return state(thing=thing, source="shop", row={"number": number, **row}, at=MONDAY_MORNING)


def tied() -> list[tuple[int, str]]:
    rows = Tie.objects.filter(untied_at=None).values_list("conversation_id", "order__number")
    return list(rows)


def receipt_in(conversation: Conversation) -> str:
    return str(Message.objects.get(conversation=conversation, automatic="RECEIPT").text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Auftrag 88-2041.", "88-2041"),
        ("(Sendung nord4417002)", "NORD4417002"),
        ("Nr. A/2041/7, danke", "A/2041/7"),
    ],
)
def test_numbers_are_found_as_people_write_them(text: str, number: str) -> None:
    assert number in numbers_in(text)


def test_a_number_of_theirs_ties_the_concern(company: Company) -> None:
    valentina()
    said(Thing.ORDER, "88-2041", email=MAIL)

    message = a_message(text=ASKS)

    assert tied() == [(message.conversation_id, "88-2041")]


def test_a_number_of_somebody_else_ties_nothing_and_tells_nothing(company: Company) -> None:
    valentina()
    said(Thing.ORDER, "88-2041", email=MAIL, lines=[{"title": "Wärmetauscher"}])

    message = a_message(customer=bjoern(), text=ASKS)

    assert tied() == []
    assert "Wärmetauscher" not in receipt_in(message.conversation)


def test_a_tracking_number_leads_to_the_order(company: Company) -> None:
    valentina()
    said(Thing.ORDER, "88-2041", email=MAIL)
    said(Thing.DELIVERY, "L-1", order="88-2041", tracking="NORD4417002")

    a_message(text="Wo ist NORD4417002?")

    assert [number for _, number in tied()] == ["88-2041"]


def test_an_order_that_becomes_known_later_is_tied_to_what_was_asked(company: Company) -> None:
    message = a_message(text=ASKS)
    said(Thing.ORDER, "88-2041", email=MAIL)

    assert tied() == [(message.conversation_id, "88-2041")]


def test_whoever_first_writes_about_a_waiting_order_is_known_by_it(company: Company) -> None:
    said(Thing.ORDER, "88-2041", email=MAIL, lines=[{"title": "Wärmetauscher"}])
    said(Thing.DELIVERY, "L-1", order="88-2041", sent_at=MONDAY_MORNING)

    message = a_message(text=ASKS, at=LATER)

    assert Order.objects.get().customer_id == message.conversation.customer_id
    assert tied() == [(message.conversation_id, "88-2041")]
    assert "Wärmetauscher (88-2041): unterwegs zu Ihnen." in receipt_in(message.conversation)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, "Wärmetauscher (88-2041): Ihre Bestellung liegt uns vor, ein Liefertermin steht noch nicht fest."),
        ({}, "Wärmetauscher (88-2041): in Vorbereitung, ein Liefertermin steht noch nicht fest."),
        ({"arrived_at": MONDAY_MORNING}, "Wärmetauscher (88-2041): zugestellt, heute."),
        ({"tried_at": MONDAY_MORNING}, "Wärmetauscher (88-2041): bei der Zustellung war niemand da"),
        ({"cancelled_at": MONDAY_MORNING}, "Wärmetauscher (88-2041): diese Lieferung wurde abgesagt."),
        ({"promised_on": "2026-11-19"}, "Wärmetauscher (88-2041): angekündigt für Donnerstag, 19. November."),
    ],
)
def test_the_receipt_says_where_the_order_is(company: Company, row: dict[str, Any] | None, words: str) -> None:
    valentina()
    said(Thing.ORDER, "88-2041", email=MAIL, lines=[{"title": "Wärmetauscher"}])
    if row is not None:
        said(Thing.DELIVERY, "L-1", order="88-2041", **row)

    told = receipt_in(a_message(text=ASKS, at=LATER).conversation)

    assert words in " ".join(told.split())
    assert told.count("88-2041):") == 1


def test_a_promise_made_afterwards_belongs_to_the_concern(company: Company) -> None:
    valentina()
    said(Thing.ORDER, "88-2041", email=MAIL)
    message = a_message(text=ASKS)

    said(Thing.DELIVERY, "L-1", order="88-2041", promised_on="2026-11-20")

    promise = Promise.objects.get(kind="DELIVERY")
    assert promise.conversation_id == message.conversation_id
    assert promise.owner_id == message.conversation.owner_id


def test_a_colleague_ties_and_unties(company: Company) -> None:
    valentina()
    order = said(Thing.ORDER, "88-2041", email=MAIL).id
    others = said(Thing.ORDER, "88-9999", customer_id=bjoern().pk).id
    concern = a_message(text=ASKS).conversation

    untie(conversation_id=concern.pk, order_id=order, at=LATER)
    assert tied() == []
    a_message(text=f"Nochmal: {ASKS}", at=LATER)
    tie(conversation_id=concern.pk, order_id=order, by=company.nina.pk, at=LATER)
    assert (concern.pk, "88-2041") in tied()
    with pytest.raises(NotTheirOrder):
        tie(conversation_id=concern.pk, order_id=others, by=company.nina.pk, at=LATER)
