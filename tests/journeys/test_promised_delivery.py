"""An order by a program, its promise, another date, the customer who chooses, and the parcel that comes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Message
from golddraht.journey.models import Event
from golddraht.plumbing import clock
from golddraht.promises.models import Option, Promise
from golddraht.promises.operations import sweep
from tests.api.programs import Program, a_program
from tests.cast import MONDAY_MORNING, Company, valentina


@pytest.fixture
def shop(company: Company) -> Program:
    return a_program(company.nina)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def told(shop: Program, path: str, **row: Any) -> Any:
    answer = shop.post(path, {"source": "shop", "rows": [row]})
    assert answer.status_code == 200, answer.content
    (stated,) = answer.json()["rows"]
    assert stated["outcome"] in {"new", "changed"}, stated
    return stated


def test_from_the_order_to_the_kept_promise(shop: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    customer = valentina()
    monday = at(MONDAY_MORNING, monkeypatch)
    wednesday, friday = monday + timedelta(days=2), monday + timedelta(days=4)
    told(shop, "/orders", number="88-2041", email="valentina@kundin.example", lines=[{"title": "Wärmetauscher"}])
    told(shop, "/deliveries", number="L-1", order="88-2041", promised_until=wednesday.isoformat())
    first = Promise.objects.get(kind="DELIVERY")
    assert (first.customer_id, first.due_at, first.state) == (customer.pk, wednesday, "OPEN")

    tuesday = at(monday + timedelta(days=1), monkeypatch)
    told(shop, "/deliveries", number="L-1", promised_until=friday.isoformat(), why="Das Teil fehlt im Lager.")
    letter = Message.objects.get(automatic="DANGER")
    assert "Das Teil fehlt im Lager." in letter.text and letter.recipients == ["valentina@kundin.example"]

    link = re.search(r"/k/wahl/[^\s>]+", letter.text)
    assert link is not None
    option = Option.objects.filter(promise=first, due_at=friday).get()
    page = Client()
    assert page.get(link[0]).status_code == 200
    page.post(link[0], {"choice": option.pk})
    first.refresh_from_db()
    assert first.state == "CHANGED" and first.replaced_by is not None

    at(friday, monkeypatch)
    told(shop, "/deliveries", number="L-1", arrived_at=(friday - timedelta(hours=2)).isoformat())
    sweep(at=friday + timedelta(hours=1))

    second = Promise.objects.get(pk=first.replaced_by_id)
    assert (second.state, second.settled_at) == ("KEPT", friday - timedelta(hours=2))
    kinds = list(Event.objects.filter(customer=customer).order_by("at", "pk").values_list("kind", flat=True))
    assert {"ordered", "promised", "endangered", "chose", "delivered", "kept"} <= set(kinds)
    assert tuesday < friday
