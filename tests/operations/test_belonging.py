"""Organisations with people and roles, and households: things of their own, with what was known kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.customers.models import Belonging, Household, Organisation
from golddraht.customers.operations import (
    NoSuchBelonging,
    end_belonging,
    join_organisation,
    live_together,
    merge_customers,
)
from golddraht.customers.queries import ids_of_person
from golddraht.customers.queries.belonging import belongings_of
from tests.cast import MONDAY_MORNING, Company, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)


def joined(customer_id: int, name: str = "Hausverwaltung Brandl", role: str = "") -> Belonging:
    return join_organisation(customer_id=customer_id, name=name, role=role, source="member", at=MONDAY_MORNING)


def test_people_stand_for_an_organisation_in_their_roles(company: Company) -> None:
    one, other = valentina(), bjoern()
    joined(one.pk, role="Einkauf")
    joined(one.pk, role="Einkauf")
    joined(other.pk, name="hausverwaltung  BRANDL", role="Hausmeister")

    (line,) = belongings_of(customer_id=one.pk)

    assert Organisation.objects.count() == 1
    assert (line.organisation, line.role) == ("Hausverwaltung Brandl", "Einkauf")
    assert [(fellow.name, fellow.role) for fellow in line.fellows] == [("Björn Petersen", "Hausmeister")]
    one.refresh_from_db()
    assert one.organisation is not None and one.organisation.name == "Hausverwaltung Brandl"


def test_whoever_left_has_belonged_there(company: Company) -> None:
    customer = valentina()
    belonging = joined(customer.pk)

    end_belonging(belonging_id=belonging.pk, at=LATER)

    (line,) = belongings_of(customer_id=customer.pk)
    customer.refresh_from_db()
    assert line.ended_at == LATER and customer.organisation is None
    with pytest.raises(NoSuchBelonging):
        end_belonging(belonging_id=belonging.pk, at=LATER)


def test_who_lives_together_stays_two_people(company: Company) -> None:
    one, other = valentina(), bjoern()

    household = live_together(customer_id=one.pk, with_id=other.pk, source="member", at=MONDAY_MORNING)
    again = live_together(customer_id=other.pk, with_id=one.pk, source="member", at=LATER)

    assert household == again and Household.objects.count() == 1
    assert ids_of_person(customer_id=one.pk) == [one.pk]
    assert [fellow.name for fellow in belongings_of(customer_id=one.pk)[0].fellows] == ["Björn Petersen"]
    with pytest.raises(ValueError, match="somebody else"):
        live_together(customer_id=one.pk, with_id=one.pk, source="member", at=LATER)


def test_a_person_belongs_where_each_of_their_records_does(company: Company) -> None:
    one, other = valentina(), bjoern()
    joined(other.pk)

    merge_customers(customer_id=other.pk, into_id=one.pk, reasons=[], at=LATER)

    assert [line.organisation for line in belongings_of(customer_id=one.pk)] == ["Hausverwaltung Brandl"]
