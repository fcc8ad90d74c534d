"""Everybody is looked at once by the rules as they are now, bit by bit; whoever is new follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from golddraht.customers.models import Customer, Doubt, Fact, Look, Resemblance
from golddraht.customers.operations import going_through, meet, note_unreachable, settle_resemblance
from golddraht.customers.operations.going_through import look_on, sweep
from golddraht.customers.queries.doubts import looked_at
from golddraht.customers.rules.attributes import Attribute
from tests.cast import MONDAY_MORNING, Company, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)


@pytest.fixture(autouse=True)
def inside(company: Company) -> None:
    pass


def from_before(name: str = "Petra Huber", born_on: str = "1980-05-17") -> Customer:
    """Somebody of whom things were said before anybody compared."""
    customer = meet(name=name, source="import:old", at=MONDAY_MORNING)
    told = {"source": "import:old", "said_at": MONDAY_MORNING, "certainty": 0.9}
    Fact.objects.create(customer=customer, attribute=Attribute.BORN_ON, value=born_on, **told)
    return customer


def test_what_was_never_compared_is_found() -> None:
    one, two = from_before(), from_before()
    half = meet(name="Huber", source="import:old", at=MONDAY_MORNING)
    dead = valentina()
    note_unreachable(
        channel="EMAIL",
        address=dead.contact_points.get().address,
        source="mail:report",
        evidence="550",
        at=MONDAY_MORNING,
    )
    Doubt.objects.all().delete()

    assert look_on(at=LATER) is False

    pair = Resemblance.objects.get()
    assert {pair.first_id, pair.second_id} == {one.pk, two.pk}
    assert set(Doubt.objects.values_list("customer_id", "kind")) >= {(half.pk, "name"), (dead.pk, "address")}
    look = Look.objects.get()
    assert (look.looked, look.pairs) == (4, 1) and look.came_round_at == LATER


def test_once_looked_at_nobody_is_asked_for_again_and_it_costs_one_question(company: Company) -> None:
    from_before()
    look_on(at=LATER)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        sweep(at=LATER)

    assert len([one for one in asked if "customers_" in one["sql"]]) <= 2
    assert looked_at(viewer=company.viewer(company.nina)).looked == 1


def test_portion_by_portion_from_the_watermark_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(going_through, "PORTION", 2)
    for number in range(5):
        from_before(name=f"Petra Name{number}", born_on=f"1980-05-1{number}")

    assert look_on(at=LATER) is True
    assert look_on(at=LATER) is True and Look.objects.get().looked == 4
    assert look_on(at=LATER) is False and Look.objects.get().looked == 5


def test_new_rules_look_at_everybody_anew_and_ask_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    from_before(), from_before()
    look_on(at=LATER)
    settle_resemblance(resemblance_id=Resemblance.objects.get().pk, as_="different", at=LATER)

    monkeypatch.setattr(going_through, "RULES", "model:next/2")
    look_on(at=LATER)

    assert Look.objects.count() == 2 and Resemblance.objects.get().settled_as == "different"


def test_whoever_is_new_is_left_alone_for_a_moment_and_then_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("golddraht.customers.reactions.jobs.nudge_look", lambda: asked.append(1))
    look_on(at=LATER)
    from_before(name="Ute Ohm")
    Customer.objects.update(known_since=LATER)

    sweep(at=LATER + timedelta(minutes=1))
    assert not asked
    sweep(at=LATER + timedelta(minutes=3))
    assert asked and look_on(at=LATER + timedelta(minutes=3)) is False and Look.objects.get().looked == 1


def test_two_workers_at_once_do_it_once() -> None:
    from_before(), from_before()

    look_on(at=LATER)
    look_on(at=LATER)

    assert Resemblance.objects.count() == 1 and Look.objects.get().looked == 2
