"""Whoever is learned something of is held against everybody who might be the same, and people are asked."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from golddraht.customers.models import Customer, Merge
from golddraht.customers.operations import Said, learn, look_for_alike, recognise
from golddraht.customers.queries.candidates import Newcomer, candidates_for
from golddraht.customers.queries.persons import Likely, resemblances
from golddraht.customers.queries.resembling import MOST
from golddraht.customers.rules.attributes import Attribute, Statement
from tests.cast import MONDAY_MORNING, Company

LATER = MONDAY_MORNING + timedelta(hours=1)
HOME = "Gartenstraße 12a\n76131 Karlsruhe"


def somebody(name: str, address: str, **facts: str) -> Customer:
    """A customer who wrote from that address, with what a colleague entered."""
    found = recognise(channel="EMAIL", address=address, shown=address, name=name, source="mail:from", at=MONDAY_MORNING)
    learn(
        customer_id=found.pk, said=[Said(Attribute(name), value, "member") for name, value in facts.items()], at=LATER
    )
    return found


def proposed(company: Company) -> list[Likely]:
    return resemblances(viewer=company.viewer(company.nina))


def test_the_same_person_at_another_address_is_put_before_people(company: Company) -> None:
    one = somebody("Thomas Müller", "th.mueller@gmx.de", born_on="3.5.1961", postal=HOME)
    two = somebody("Thomas Mueller", "thomas@buero.example", born_on="1961-05-03", postal=HOME)

    (pair,) = proposed(company)
    assert (pair.first_id, pair.second_id, pair.found_by) == (one.pk, two.pk, "model:2026-11")
    assert pair.certainty > 0.99
    assert {"same birthday", "same address", "same given name", "same family name"} <= set(pair.reasons)
    assert not Merge.objects.exists(), "Anybody may write another's name, birthday and address in a mail."


def test_a_father_and_his_son_of_the_same_name_are_told_apart(company: Company) -> None:
    somebody("Thomas Müller", "vater@gmx.de", born_on="3.5.1961", postal=HOME)
    somebody("Thomas Müller", "sohn@gmx.de", born_on="17.9.1988", postal=HOME)

    (pair,) = proposed(company)
    assert pair.certainty < 0.1
    assert "birthday differs" in pair.reasons and "same address" in pair.reasons


def test_twins_wait_for_a_look_and_couples_bother_nobody(company: Company) -> None:
    somebody("Eva Müller", "eva@gmx.de", born_on="3.5.1991", postal=HOME)
    somebody("Lena Müller", "lena@gmx.de", born_on="3.5.1991", postal=HOME)
    somebody("Bernd Müller", "bernd@gmx.de", born_on="1.12.1960", postal=HOME)

    (pair,) = proposed(company)
    assert "given name differs" in pair.reasons or "another given name" in pair.reasons
    assert pair.certainty < 0.5


def test_a_name_alone_is_no_reason(company: Company) -> None:
    somebody("Thomas Müller", "one@gmx.de", born_on="3.5.1961")
    somebody("Thomas Müller", "two@gmx.de")

    assert proposed(company) == []


def test_a_move_is_no_hindrance(company: Company) -> None:
    somebody("Sabine Breitenbach", "s.breitenbach@web.de", born_on="3.5.1961", postal=HOME)
    somebody("Sabine Breitenbach", "sb@posteo.de", born_on="3.5.1961", postal="Elbchaussee 9\n22763 Hamburg")

    (pair,) = proposed(company)
    assert pair.certainty > 0.95 and pair.reasons[-1] in {"address differs", "e-mail address differs"}


def test_a_customer_number_of_the_same_system_still_counts(company: Company) -> None:
    somebody("Ida Wolf", "ida@wolf.example", number="4711")
    somebody("I. Wolf", "ida.wolf@buero.example", number="4711")

    (pair,) = proposed(company)
    assert pair.reasons[0] == "same customer number: 4711" and pair.certainty > 0.9


def test_a_name_that_many_bear_brings_no_candidates_but_is_counted(company: Company) -> None:
    people = [somebody("Anna Schmidt", f"anna{number}@gmx.de") for number in range(MOST + 1)]

    newcomer = Newcomer((people[0].pk,), "anna schmidt", ())
    found = candidates_for({people[0].pk: newcomer})
    assert (found.namesakes, found.others) == ({people[0].pk: MOST + 1}, {people[0].pk: set()})


def test_of_a_crowd_with_one_birthday_only_a_like_name_is_a_candidate(company: Company) -> None:
    others = [somebody(f"{name} Moser", f"{name}@gmx.de", born_on="3.5.1961") for name in ("Ute", "Ines")]
    for number in range(MOST + 2):
        somebody(f"Anna{number} Wolf{number}", f"anna{number}@gmx.de", born_on="3.5.1961")
    newcomer = Newcomer((0,), "ines mosser", (Statement(Attribute.BORN_ON, "1961-05-03", "mail:text", LATER),))

    assert candidates_for({0: newcomer}).others[0] == {others[1].pk}


def test_looking_takes_few_questions(company: Company) -> None:
    somebody("Thomas Müller", "one@gmx.de", born_on="3.5.1961", postal=HOME)
    two = somebody("Thomas Müller", "two@gmx.de", born_on="3.5.1961", postal=HOME)

    with CaptureQueriesContext(connection) as asked:
        look_for_alike(customer_id=two.pk, at=LATER)
    assert len(asked) <= 13, [one["sql"] for one in asked]
