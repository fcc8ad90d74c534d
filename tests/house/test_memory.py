"""While arrivals are worked off together, what stays the same is asked once; nowhere else is anything remembered."""

from __future__ import annotations

from golddraht.conversations.queries import backlog
from golddraht.plumbing.memory import (
    at_hand,
    forget,
    in_hand,
    looking_at,
    remembered,
    remembered_while_reading,
    remembering,
)
from golddraht.plumbing.tenancy import seeing
from golddraht.team.models import Membership, Team
from golddraht.team.queries import current_tenant, default_team
from tests.cast import Company, a_company

asked: list[int] = []


@remembered
def doubled(number: int) -> int:
    asked.append(number)
    return 2 * number


def test_outside_of_remembering_every_question_is_asked(company: Company) -> None:
    asked.clear()

    assert [doubled(2), doubled(2)] == [4, 4]
    assert asked == [2, 2]


def test_within_it_the_same_question_is_asked_once(company: Company) -> None:
    asked.clear()

    with remembering():
        assert [doubled(2), doubled(3), doubled(2)] == [4, 6, 4]
    assert asked == [2, 3]


def test_after_forgetting_it_is_asked_again(company: Company) -> None:
    asked.clear()

    with remembering():
        doubled(2)
        forget()
        doubled(2)
    assert asked == [2, 2]


def test_one_tenants_answers_are_not_anothers(committed: None) -> None:
    heizwerk, moebelhaus = a_company(), a_company(slug="moebelhaus")

    with remembering():
        with seeing(heizwerk.tenant.pk):
            here = current_tenant().pk, default_team().pk
        with seeing(moebelhaus.tenant.pk):
            there = current_tenant().pk, default_team().pk

    assert here[0] == heizwerk.tenant.pk and there[0] == moebelhaus.tenant.pk and here[1] != there[1]


def test_what_was_taken_on_meanwhile_counts(company: Company) -> None:
    with remembering():
        before = backlog().waiting[company.team.pk]
        backlog().grow(owner_id=company.nina.pk, team_id=company.team.pk)

        assert backlog().waiting[company.team.pk] == before + 1
    assert backlog().waiting[company.team.pk] == before


def test_what_is_at_hand_is_had_by_reactions_alone(company: Company) -> None:
    with at_hand(company.team):
        assert in_hand(Team, company.team.pk) is company.team
        assert in_hand(Team, 0) is None and in_hand(Membership, company.team.pk) is None

    assert in_hand(Team, company.team.pk) is None


@remembered_while_reading
def trebled(number: int) -> int:
    asked.append(number)
    return 3 * number


def test_what_arrivals_change_is_asked_once_for_a_page_that_is_read_alone(company: Company) -> None:
    asked.clear()

    with remembering():
        assert [trebled(2), trebled(2)] == [6, 6]
    with looking_at(company.tenant.pk, is_reading=False):
        assert [trebled(3), trebled(3)] == [9, 9]
    assert asked == [2, 2, 3, 3]
    with looking_at(company.tenant.pk, is_reading=True):
        assert [trebled(4), trebled(4)] == [12, 12]
    assert asked == [2, 2, 3, 3, 4]
