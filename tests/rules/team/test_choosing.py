from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.team.rules import Arrival, ArrivalRule, Candidate, Choice, Reason, choose_owner, deciding_rule

HEATING, SALES = 1, 2
ANNA = Candidate(1, frozenset({"de"}), frozenset({"heating"}), load=5, deputy_id=2)
BEN = Candidate(2, frozenset({"de", "en"}), frozenset(), load=1, deputy_id=1)
CARLA = Candidate(3, frozenset({"de"}), frozenset({"heating"}), load=9, is_lead=True)
EVERYBODY = (ANNA, BEN, CARLA)


def away(candidate: Candidate) -> Candidate:
    return replace(candidate, is_present=False)


def arrival(
    subject: str = "", text: str = "", to: str = "service@shop.example", sender: str = "k@kunde.example"
) -> Arrival:
    return Arrival(mailbox_id=7, recipients=(to,), sender=sender, subject=subject, text=text)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (ArrivalRule(HEATING), False),
        (ArrivalRule(HEATING, mailbox_id=7), True),
        (ArrivalRule(HEATING, mailbox_id=8), False),
        (ArrivalRule(HEATING, recipient="Service@Shop.example"), True),
        (ArrivalRule(HEATING, recipient="@shop.example"), True),
        (ArrivalRule(HEATING, sender="@other.example"), False),
        (ArrivalRule(HEATING, content=("Wärmepumpe",)), True),
        (ArrivalRule(HEATING, content=("wärme",)), False),
        (ArrivalRule(HEATING, content=("wärme*",)), True),
        (ArrivalRule(HEATING, content=("unsere waermepumpe brummt",)), True),
        (ArrivalRule(HEATING, mailbox_id=7, content=("Toaster",)), False),
    ],
)
def test_a_rule_fits_when_everything_it_names_is_true(rule: ArrivalRule, fits: bool) -> None:
    assert rule.fits(arrival("Brummen", "Unsere Wärmepumpe brummt.")) is fits


def test_the_first_rule_that_fits_decides() -> None:
    rules = (ArrivalRule(HEATING, content=("heizung",)), ArrivalRule(SALES, content=("angebot", "heizung")))
    assert deciding_rule(arrival("Heizung"), rules) is rules[0]
    assert deciding_rule(arrival("Angebot"), rules) is rules[1]
    assert deciding_rule(arrival("Toaster"), rules) is None


def test_the_previous_owner_stays_in_contact() -> None:
    assert choose_owner(EVERYBODY, language="en", previous_owner_id=3) == Choice(3, Reason.KNOWS_CUSTOMER)


def test_a_deputy_stands_in_for_a_previous_owner_who_is_away() -> None:
    assert choose_owner((away(ANNA), BEN, CARLA), previous_owner_id=1) == Choice(2, Reason.DEPUTY)


def test_skill_counts_before_language_and_language_before_load() -> None:
    assert choose_owner(EVERYBODY, language="de", skill="heating") == Choice(1, Reason.SKILL_AND_LANGUAGE)
    assert choose_owner(EVERYBODY, language="en", skill="heating") == Choice(1, Reason.SKILL)
    assert choose_owner(EVERYBODY, language="en") == Choice(2, Reason.LANGUAGE)
    assert choose_owner(EVERYBODY) == Choice(2, Reason.LOWEST_LOAD)


def test_the_deputy_of_the_only_one_with_the_skill_cares() -> None:
    assert choose_owner((away(ANNA), BEN, replace(CARLA, skills=frozenset())), skill="heating") == Choice(
        2, Reason.DEPUTY
    )


def test_deputies_that_stand_in_for_each_other_do_not_go_round_for_ever() -> None:
    chosen = choose_owner((away(ANNA), away(BEN), CARLA), previous_owner_id=1)
    assert chosen == Choice(3, Reason.LOWEST_LOAD)


def test_with_nobody_at_work_it_is_the_lead() -> None:
    assert choose_owner((away(ANNA), away(BEN), away(CARLA))) == Choice(3, Reason.LEAD_ON_DUTY)
    assert choose_owner((away(ANNA), away(BEN))) == Choice(2, Reason.NOBODY_PRESENT)
    assert choose_owner(()) is None


ids = st.integers(1, 6)
tongues = st.sampled_from(["de", "en", "fr"])
skills = st.sampled_from(["heating", "billing"])
candidates = st.lists(
    st.builds(
        Candidate,
        ids,
        st.frozensets(tongues),
        st.frozensets(skills),
        st.integers(0, 9),
        st.booleans(),
        st.none() | ids,
        st.booleans(),
    ),
    min_size=1,
    unique_by=lambda one: one.membership_id,
)


@given(candidates, st.none() | tongues, st.none() | skills, st.none() | ids)
def test_somebody_present_is_chosen_whenever_there_is_one(
    team: list[Candidate], language: str | None, skill: str | None, previous: int | None
) -> None:
    chosen = choose_owner(team, language=language, skill=skill, previous_owner_id=previous)
    assert chosen is not None
    owner = next(one for one in team if one.membership_id == chosen.membership_id)
    assert owner.is_present or not any(one.is_present for one in team)
    shuffled = sorted(team, key=lambda one: -one.membership_id)
    assert choose_owner(shuffled, language=language, skill=skill, previous_owner_id=previous) == chosen
