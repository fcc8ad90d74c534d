"""Two customers become one person and two again: nothing is re-pointed, and taking apart gives back exactly what each had."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golddraht.conversations.queries.of_customer import concerns_of_customer
from golddraht.customers.models import ContactPoint, Customer, Fact, Merge, Resemblance
from golddraht.customers.operations import (
    AlreadySettled,
    MergeRefused,
    NotMerged,
    Proposed,
    Said,
    belongs_to,
    learn,
    meet,
    merge_customers,
    propose,
    recognise,
    reopen_resemblance,
    settle_resemblance,
    take_apart,
)
from golddraht.customers.queries import contact_points_of, customers_named, ids_of_person, mail_address_of
from golddraht.customers.queries.persons import merges_of, resemblances
from golddraht.customers.queries.record import record_of, statement_of
from golddraht.customers.rules.attributes import Attribute
from golddraht.customers.rules.golden import golden
from golddraht.promises.queries import promises_of_customer
from tests.cast import MONDAY_MORNING, Company, a_conversation, bjoern, valentina

LATER = MONDAY_MORNING + timedelta(hours=1)
OWN = (
    "name",
    "name_source",
    "sort_name",
    "language",
    "language_source",
    "salutation",
    "salutation_source",
    "matters",
    "head_id",
)


def other_valentina() -> Customer:
    return recognise(
        channel="EMAIL",
        address="moser@buero.example",
        shown="moser@buero.example",
        name="V. Moser",
        source="mail:from",
        at=MONDAY_MORNING,
    )


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that a merge must leave alone, as it stands in the database."""
    kept: tuple[type[Any], ...] = (Fact, ContactPoint, Customer)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in kept}


def merged(one: Customer, into: Customer, at: datetime = LATER) -> Merge:
    return merge_customers(customer_id=one.pk, into_id=into.pk, reasons=["same telephone number"], at=at)


def test_everything_follows(company: Company) -> None:
    one, other = valentina(), other_valentina()
    concern, further = a_conversation(customer=one), a_conversation(customer=other)
    viewer = company.viewer(company.nina)

    with company.seen(by=company.nina):
        merged(other, into=one)

    for customer in (one, other):
        assert {row.id for row in concerns_of_customer(viewer=viewer, customer_id=customer.pk)} == {
            concern.pk,
            further.pk,
        }
        assert len(promises_of_customer(customer_id=customer.pk, at=LATER)) == 2
        assert {point.address for point in contact_points_of(customer_id=customer.pk)} == {
            "valentina@kundin.example",
            "moser@buero.example",
        }
    assert [line.id for line in customers_named(viewer=viewer)] == [one.pk]
    (line,) = merges_of(customer_id=other.pk)
    assert (line.reasons, line.decided_by, line.actor_id) == (("same telephone number",), "member", company.nina.pk)


def test_both_show_what_holds_for_the_person(company: Company) -> None:
    one, other = valentina(), other_valentina()
    learn(customer_id=other.pk, said=[Said(Attribute.SALUTATION, "Frau", "customer")], at=MONDAY_MORNING)

    merged(other, into=one)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.name, one.salutation) == (other.name, other.salutation) == ("Valentina Moser", "FRAU")
    assert other.head_id == one.pk and one.head_id is None


def test_taking_apart_gives_back_exactly_what_each_had(company: Company) -> None:
    one, other = valentina(), other_valentina()
    a_conversation(customer=one)
    a_conversation(customer=other)
    before = rows()

    merge = merged(other, into=one)
    take_apart(merge_id=merge.pk, why="two sisters", at=LATER + timedelta(days=1))

    assert rows() == before
    merge.refresh_from_db()
    assert (merge.undone_why, merge.undone_at) == ("two sisters", LATER + timedelta(days=1))
    with pytest.raises(NotMerged):
        take_apart(merge_id=merge.pk, why="again", at=LATER)


def test_what_came_since_goes_where_it_came_from_and_can_be_moved(company: Company) -> None:
    one, other = valentina(), other_valentina()
    merge = merged(other, into=one)
    known = recognise(channel="EMAIL", address="moser@buero.example", shown="", name="", source="mail:from", at=LATER)
    learn(customer_id=known.pk, said=[Said(Attribute.WISH, "call_me", "mail:text")], at=LATER)
    learn(customer_id=one.pk, said=[Said(Attribute.NUMBER, "K-1", "member")], at=LATER)

    take_apart(merge_id=merge.pk, why="two sisters", at=LATER)

    assert known.pk == other.pk
    assert Attribute.WISH in record_of(customer_id=other.pk) and Attribute.WISH not in record_of(customer_id=one.pk)
    number = Fact.objects.get(value="K-1")
    belongs_to(fact_id=number.pk, customer_id=other.pk, at=LATER)
    assert Attribute.NUMBER in record_of(customer_id=other.pk) and Attribute.NUMBER not in record_of(customer_id=one.pk)


def test_somebody_without_an_address_of_their_own_is_reached_at_that_of_the_person(company: Company) -> None:
    one, caller = valentina(), meet(name="Valentina Moser", source="member", at=MONDAY_MORNING)
    assert mail_address_of(customer_id=caller.pk) is None

    merged(caller, into=one)

    found = mail_address_of(customer_id=caller.pk)
    assert found is not None and found.address == "valentina@kundin.example"


def test_nobody_is_merged_with_themselves_or_with_nobody(company: Company) -> None:
    one, other = valentina(), other_valentina()
    merged(other, into=one)

    for pair in ((one, other), (other, one), (one, one)):
        with pytest.raises(MergeRefused, match="SAME"):
            merge_customers(customer_id=pair[0].pk, into_id=pair[1].pk, reasons=[], at=LATER)
    with pytest.raises(MergeRefused, match="GONE"):
        merge_customers(customer_id=one.pk, into_id=2**40, reasons=[], at=LATER)


def test_a_pair_is_proposed_once_and_settled_by_a_person(company: Company) -> None:
    one, other, third = valentina(), other_valentina(), bjoern()
    viewer = company.viewer(company.nina)
    pairs = [
        Proposed(other.pk, one.pk, 0.97, ("same telephone number",)),
        Proposed(one.pk, third.pk, 0.4, ("same street",)),
    ]

    assert propose(pairs=pairs, found_by="rule:phone", at=LATER) == 2
    assert propose(pairs=pairs, found_by="model:1", at=LATER) == 0
    sure, unsure = resemblances(viewer=viewer)
    assert (sure.certainty, sure.reasons, sure.found_by) == (0.97, ("same telephone number",), "model:1")

    assert settle_resemblance(resemblance_id=unsure.id, as_="different", at=LATER) is None
    merge_id = settle_resemblance(resemblance_id=sure.id, as_="merged", at=LATER)
    assert resemblances(viewer=viewer) == []
    assert propose(pairs=pairs, found_by="model:2", at=LATER) == 0 and resemblances(viewer=viewer) == []
    with pytest.raises(AlreadySettled):
        settle_resemblance(resemblance_id=sure.id, as_="different", at=LATER)

    assert merge_id is not None
    take_apart(merge_id=merge_id, why="no", at=LATER)
    assert Resemblance.objects.get(pk=sure.id).settled_as == "different"
    reopen_resemblance(resemblance_id=unsure.id)
    assert [likely.id for likely in resemblances(viewer=viewer)] == [unsure.id]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("say"), st.integers(0, 4), st.sampled_from(["Petra Moser", "Kim Moser", "Moser"])),
        st.tuples(st.just("undo"), st.integers(0, 9), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, data=st.data())
def test_any_sequence_of_merges_events_and_undoing_in_any_order_gives_back_what_each_had(
    company: Company, steps: list[tuple[str, int, Any]], data: st.DataObject
) -> None:
    """In between everybody shows what holds for their person; in the end everybody what was said of themselves."""
    people = [meet(name=f"Person {number}", source="mail:from", at=MONDAY_MORNING) for number in range(5)]
    standing: list[Merge] = []
    for place, (verb, one, other) in enumerate(steps):
        _step(verb, people, standing, one, other, LATER + timedelta(minutes=place))
        _shows_what_holds(people, standing)
    for merge in data.draw(st.permutations(standing)):
        take_apart(merge_id=merge.pk, why="test", at=LATER + timedelta(days=1))
    _shows_what_holds(people, [])


def _step(verb: str, people: list[Customer], standing: list[Merge], one: int, other: Any, at: datetime) -> None:
    if verb == "say":
        learn(customer_id=people[one].pk, said=[Said(Attribute.NAME, other, "customer")], at=at)
    elif verb == "undo" and standing:
        take_apart(merge_id=standing.pop(one % len(standing)).pk, why="test", at=at)
    elif (
        verb == "merge"
        and ids_of_person(customer_id=people[one].pk)[0] != ids_of_person(customer_id=people[other].pk)[0]
    ):
        standing.append(merged(people[one], into=people[other], at=at))


def _shows_what_holds(people: list[Customer], standing: list[Merge]) -> None:
    links = [{merge.customer_id, merge.head_id} for merge in standing]
    for customer in people:
        person = {customer.pk}
        while more := {one for link in links if link & person for one in link} - person:
            person |= more
        assert set(ids_of_person(customer_id=customer.pk)) == person
        said = [statement_of(row) for row in Fact.objects.filter(customer_id__in=person)]
        customer.refresh_from_db()
        assert customer.name == golden(said)[Attribute.NAME][0].value
