"""What a customer allows on their own page: each given and taken back with one press, and kept with its proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from golddraht.consent.models import ChannelChoice, ConsentAct
from golddraht.consent.queries import Stand, choices
from golddraht.consent.rules import Purpose, Way
from golddraht.customers.models import ContactPoint
from golddraht.plumbing import clock
from tests.cast import Company, valentina
from tests.pages.test_own_page import HOME, PROVE, by_link, forgotten, inside

__all__ = ["forgotten"]  # A fixture.
pytestmark = pytest.mark.django_db
CHOOSING = f"{HOME}choosing/"
NEWS_BY_MAIL = {"purpose": "NEWS", "way": "EMAIL"}


def stand(company: Company, purpose: Purpose, way: Way) -> Stand:
    found = choices(
        viewer=company.viewer(company.nina), customer_id=ContactPoint.objects.get().customer_id, at=clock.now()
    )
    asked = next(one for one in found.purposes if one.purpose is purpose)
    return next(one.stand for one in asked.ways if one.way is way)


def test_a_consent_is_given_with_one_press_and_taken_back_with_one(
    company: Company, page: Callable[[Any], str]
) -> None:
    valentina()
    client = inside()
    assert "Sie haben es nicht erlaubt" in page(client.get(CHOOSING))

    client.post(f"{CHOOSING}allow/", NEWS_BY_MAIL, REMOTE_ADDR="192.0.2.7")
    given = ConsentAct.objects.get()
    assert stand(company, Purpose.NEWS, Way.EMAIL) is Stand.ALLOWED
    assert given.proof == "OWN_PAGE" and given.network == "192.0.2.7" and given.text is not None
    assert given.address == "valentina@kundin.example" and given.actor_id is None

    client.post(f"{CHOOSING}take-back/", NEWS_BY_MAIL)
    assert stand(company, Purpose.NEWS, Way.EMAIL) is Stand.WITHDRAWN
    assert "Sie haben es zurückgenommen" in page(client.get(CHOOSING))


def test_a_link_is_enough_to_end_all_advertising_and_not_to_begin_any(
    company: Company, page: Callable[[Any], str]
) -> None:
    valentina()
    client = by_link(ContactPoint.objects.get())
    said = page(client.get(CHOOSING))
    assert "Keine Werbung mehr" in said and "Sie haben es nicht erlaubt" not in said
    assert client.post(f"{CHOOSING}allow/", NEWS_BY_MAIL)["Location"] == PROVE

    client.post(f"{CHOOSING}no-advertising/")
    assert ConsentAct.objects.get().kind == "OBJECTED"
    assert stand(company, Purpose.NEWS, Way.EMAIL) is Stand.OBJECTED
    assert "Daran halten wir uns" in page(inside().get(CHOOSING))


def test_ways_are_chosen_by_purpose(company: Company, page: Callable[[Any], str]) -> None:
    valentina()
    client = inside()
    client.post(f"{CHOOSING}channels/", {"purpose": "SERVICE", "way": ["LETTER", "EMAIL"]})
    client.post(f"{CHOOSING}channels/", {"purpose": "ADVICE", "way": ["EMAIL", "CALL"], "first": "CALL"})
    client.post(f"{CHOOSING}channels/", {"purpose": "BUY", "way": ["EMAIL"], "first": "CALL"})
    client.post(f"{CHOOSING}channels/", {"purpose": "NEWS", "way": ["EMAIL"]})
    client.post(f"{CHOOSING}channels/", {"purpose": "nonsense", "way": ["EMAIL"]})

    chosen = dict(ChannelChoice.objects.values_list("purpose", "ways"))
    assert chosen == {"SERVICE": ["EMAIL", "LETTER"], "ADVICE": ["CALL", "EMAIL"], "BUY": ["EMAIL"]}
    assert page(client.get(CHOOSING)).count("checked") >= 2
