"""Which open pages hear of what happened: the lists it is in, and not those of everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from golddraht.conversations.operations import hand_over, reply
from golddraht.team.operations import form_team
from tests.cast import MONDAY_MORNING, WEEKDAYS, Company, a_conversation, bjoern

pytestmark = pytest.mark.django_db
AT = MONDAY_MORNING


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were announced, each once as within one transaction."""
    names: list[str] = []

    def announce(name: str) -> bool:
        is_new = name not in names
        names.extend([name] if is_new else [])
        return is_new

    monkeypatch.setattr("golddraht.house.announcements.announce", announce)
    return names


def lists_of(told: list[str]) -> list[str]:
    return [name for name in told if name.startswith("inbox")]


def test_what_arrives_is_told_to_the_lists_of_its_owner_and_team(company: Company, told: list[str]) -> None:
    concern = a_conversation()

    assert lists_of(told) == [f"inbox-{concern.owner_id}-{concern.team_id}"]
    assert {f"conversation-{concern.pk}", f"customer-{concern.customer_id}"} <= set(told)


def test_an_answer_is_told_to_the_same_lists(company: Company, told: list[str]) -> None:
    concern = a_conversation()
    told.clear()

    reply(conversation_id=concern.pk, author_id=concern.owner_id or 0, text="Ich kümmere mich.", at=AT)

    assert lists_of(told) == [f"inbox-{concern.owner_id}-{concern.team_id}"]


def test_a_hand_over_is_told_to_the_lists_that_it_leaves_and_to_those_it_comes_to(
    company: Company, told: list[str]
) -> None:
    concern = a_conversation(customer=bjoern())
    before = f"inbox-{concern.owner_id}-{concern.team_id}"
    other = company.tom if concern.owner_id != company.tom.pk else company.nina
    told.clear()

    hand_over(conversation_id=concern.pk, to_id=other.pk, by=concern.owner_id, at=AT + timedelta(minutes=1))

    assert set(lists_of(told)) == {before, f"inbox-{other.pk}-{concern.team_id}"}
    assert {"promises", f"conversation-{concern.pk}", f"customer-{concern.customer_id}"} <= set(told)


def test_a_concern_that_goes_to_another_team_is_told_to_both(company: Company, told: list[str]) -> None:
    concern = a_conversation(customer=bjoern())
    before = f"inbox-{concern.owner_id}-{concern.team_id}"
    other_team = form_team(name="Rückfragen", lead=company.nina, members=[company.nina], hours=WEEKDAYS)
    told.clear()

    hand_over(
        conversation_id=concern.pk,
        to_id=company.nina.pk,
        by=company.tom.pk,
        team_id=other_team.pk,
        at=AT + timedelta(minutes=1),
    )

    assert set(lists_of(told)) == {before, f"inbox-{company.nina.pk}-{other_team.pk}"}


def test_a_hand_over_after_an_answer_in_the_same_go_is_told_to_the_new_lists_as_well(
    company: Company, told: list[str]
) -> None:
    concern = a_conversation(customer=bjoern())
    other = company.tom if concern.owner_id != company.tom.pk else company.nina
    told.clear()

    reply(conversation_id=concern.pk, author_id=concern.owner_id or 0, text="Meine Kollegin sieht es sich an.", at=AT)
    hand_over(conversation_id=concern.pk, to_id=other.pk, by=concern.owner_id, at=AT)

    assert f"inbox-{other.pk}-{concern.team_id}" in told
