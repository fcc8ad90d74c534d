"""The notice of a call, and whether the page of whoever calls opens by itself: as each colleague likes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.customers.models import Customer
from golddraht.customers.operations import recognise
from golddraht.plumbing import clock
from golddraht.team.models import Membership
from golddraht.telephone.operations import report_call, set_extension
from golddraht.telephone.rules import Signal
from tests.cast import Company

pytestmark = pytest.mark.django_db
NUMBER = "0170 1234567"
PART = {"HX-Request": "true"}
Page = Callable[[Any], str]


@pytest.fixture
def gerda(company: Company) -> Customer:
    set_extension(member_id=company.nina.pk, number="23")
    return recognise(
        channel="PHONE", address="+491701234567", shown=NUMBER, name="Gerda Klein", source="member", at=clock.now()
    )


def signal(name: str, number: str = NUMBER) -> None:
    report_call(call_id="c1", signal=Signal(name), number=number, agent="23", at=clock.now())


@pytest.mark.parametrize(
    ("wish", "at_ringing", "at_talking"), [("RINGS", True, True), ("TALKS", False, True), ("TOLD", False, False)]
)
def test_the_page_of_a_caller_opens_when_the_colleague_wants_it(
    company: Company, nina: Client, page: Page, gerda: Customer, wish: str, at_ringing: bool, at_talking: bool
) -> None:
    said = {"undo_seconds": "15", "after_answer": "STAY", "when_called": wish}
    assert nina.post("/t/heizwerk/settings/writing/", said).status_code == 302
    assert Membership.objects.get(pk=company.nina.pk).when_called == wish
    opens = f'data-url="/t/heizwerk/customers/{gerda.pk}/"'

    signal("ringing")
    ringing = page(nina.get("/t/heizwerk/calls/", headers=PART))
    signal("answered")
    talking = page(nina.get("/t/heizwerk/calls/", headers=PART))

    assert ((opens in ringing), (opens in talking)) == (at_ringing, at_talking)
    assert 'data-act="caller"' in ringing and 'data-act="caller"' in talking


def test_where_nobody_knows_the_number_nothing_opens_by_itself(
    company: Company, nina: Client, page: Page, gerda: Customer
) -> None:
    signal("ringing", "0171 999")
    signal("answered", "0171 999")

    assert "data-url" not in page(nina.get("/t/heizwerk/calls/", headers=PART))


def test_a_wish_that_is_none_is_refused_and_none_leaves_it_as_it_was(company: Company, nina: Client) -> None:
    said = {"undo_seconds": "15", "after_answer": "STAY"}

    assert nina.post("/t/heizwerk/settings/writing/", said | {"when_called": "NEVER"}).status_code == 422
    assert nina.post("/t/heizwerk/settings/writing/", said).status_code == 302
    assert Membership.objects.get(pk=company.nina.pk).when_called == "TALKS"
