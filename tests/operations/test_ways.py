"""Ways of contact that people tell us: one more, one that is theirs no longer, and back again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.customers.models import ContactPoint, FormerWay, Resemblance
from golddraht.customers.operations import (
    Noted,
    NotTheirWay,
    Outcome,
    TakenMeanwhile,
    add_way,
    bring_back_way,
    meet,
    note_complaint,
    recognise,
    retire_way,
)
from golddraht.customers.queries.resembling import known_of
from golddraht.customers.queries.ways import former_ways_of
from golddraht.customers.rules.ways import WayKind, way_of
from golddraht.privacy.queries.persons import person_of
from golddraht.privacy.queries.reaching import reach_of
from golddraht.search.operations import read_some
from golddraht.search.queries import people_found
from tests.cast import MONDAY_MORNING, Company, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)
TELEGRAM = way_of(WayKind.MESSENGER, "@vera_moser", messenger="Telegram")


def told(customer_id: int) -> Noted:
    return add_way(customer_id=customer_id, way=TELEGRAM, source="customer", at=MONDAY_MORNING)


def test_a_way_told_twice_is_one(company: Company) -> None:
    person = valentina()

    assert told(person.pk).outcome is Outcome.ADDED
    assert told(person.pk).outcome is Outcome.ALREADY

    point = ContactPoint.objects.get(channel="MESSENGER")
    assert (point.address, point.shown, point.source) == ("telegram:vera_moser", "@vera_moser", "customer")


def test_a_way_of_somebody_else_stays_theirs_and_it_is_asked_whether_they_are_one(company: Company) -> None:
    one, other = valentina(), bjoern()
    told(one.pk)

    assert told(other.pk) == Noted(Outcome.ELSEWHERE, one.pk)

    assert ContactPoint.objects.get(channel="MESSENGER").customer_id == one.pk
    assert Resemblance.objects.get().reasons == ["has this way of contact too"]


def test_what_is_theirs_no_longer_comes_back_with_all_that_was_known(company: Company) -> None:
    person = valentina()
    point = ContactPoint.objects.get(channel="EMAIL")
    note_complaint(channel="EMAIL", address=point.address, evidence="unwanted", at=MONDAY_MORNING)
    before = ContactPoint.objects.values("address", "shown", "source", "first_seen_at", "complained_at").get()

    former_id = retire_way(customer_id=person.pk, point_id=point.pk, source="member", at=LATER)

    assert former_id is not None and not ContactPoint.objects.exists()
    assert [one.ended_source for one in former_ways_of(customer_id=person.pk)] == ["member"]
    bring_back_way(customer_id=person.pk, former_id=former_id, at=LATER)
    assert ContactPoint.objects.values(*before).get() == before
    with pytest.raises(NotTheirWay):
        bring_back_way(customer_id=person.pk, former_id=former_id, at=LATER)


def test_what_has_become_somebody_elses_does_not_come_back(company: Company) -> None:
    person = valentina()
    point = ContactPoint.objects.get(channel="EMAIL")
    former_id = retire_way(customer_id=person.pk, point_id=point.pk, source="customer", at=MONDAY_MORNING)
    assert former_id is not None
    other = recognise(channel="EMAIL", address=point.address, shown="", name="Ida", source="mail:from", at=LATER)

    with pytest.raises(TakenMeanwhile) as taken:
        bring_back_way(customer_id=person.pk, former_id=former_id, at=LATER)

    assert taken.value.owner_id == other.pk != person.pk
    assert FormerWay.objects.count() == 1


def test_nobody_retires_the_way_of_somebody_else(company: Company) -> None:
    valentina()
    point = ContactPoint.objects.get(channel="EMAIL")

    assert retire_way(customer_id=bjoern().pk, point_id=point.pk, source="member", at=LATER) is None


def test_the_number_of_a_messenger_speaks_for_one_person(company: Company) -> None:
    one, other = (meet(name="Vera Moser", source="member", at=MONDAY_MORNING) for _ in range(2))
    ways = (way_of(WayKind.PHONE, "+436641234567"), way_of(WayKind.MESSENGER, "Signal: +43 664 1234567"))
    for person, way in zip((one, other), ways, strict=True):
        add_way(customer_id=person.pk, way=way, source="member", at=MONDAY_MORNING)

    known = known_of(ids=[one.pk, other.pk])

    assert known[one.pk].phones == known[other.pk].phones == ["+436641234567"]
    assert any("number" in reason for reason in Resemblance.objects.get().reasons)


def test_people_are_found_by_a_handle(company: Company) -> None:
    person = valentina()
    told(person.pk)
    read_some()

    found = people_found(viewer=company.viewer(company.nina), typed="@vera_moser", limit=5)

    assert [line.id for line in found] == [person.pk]


def test_former_ways_go_with_the_person(company: Company) -> None:
    person = valentina()
    point = ContactPoint.objects.get(channel="EMAIL")
    retire_way(customer_id=person.pk, point_id=point.pk, source="member", at=LATER)

    assert reach_of(person_of(person.pk)).gone["customers.FormerWay"] == {FormerWay.objects.get().pk}
