"""Who wants no advertising is heard in whatever words; who only speaks of it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.consent.rules import Purpose, Way
from golddraht.consent.rules.objecting import objection_in

LINES = Path(__file__).with_name("objections.tsv").read_text(encoding="utf-8").splitlines()
JUDGED = [tuple(line.split("\t")) for line in LINES]


@pytest.mark.parametrize(("judged", "text"), JUDGED)
def test_what_was_judged_by_people_is_judged_alike(judged: str, text: str) -> None:
    assert (objection_in(text) is not None) == (judged == "yes")


def test_the_set_is_large_and_has_as_many_hard_ones() -> None:
    assert (
        len(JUDGED) == len(set(JUDGED)) and min(sum(one[0] == kind for one in JUDGED) for kind in ("yes", "no")) >= 60
    )


def test_what_is_objected_to_is_told_apart() -> None:
    calls, surveys, all_of_it = map(
        objection_in, ["Rufen Sie mich bitte nicht mehr an.", "Bitte keine Umfragen mehr.", "Bitte keine Werbung mehr."]
    )
    assert calls is not None and (calls.way, calls.purpose) == (Way.CALL, None)
    assert surveys is not None and (surveys.way, surveys.purpose) == (None, Purpose.SURVEY)
    assert all_of_it is not None and (all_of_it.way, all_of_it.purpose) == (None, None)


def test_the_sentence_is_kept_and_not_the_whole_letter() -> None:
    found = objection_in("Der Ofen läuft.\nBitte keine Werbung mehr!\nViele Grüße")
    assert found is not None and found.words == "Bitte keine Werbung mehr!"


def test_a_subject_speaks_unless_it_is_an_old_one() -> None:
    assert objection_in("", subject="Newsletter abbestellen") is not None
    assert objection_in("Danke, alles gut.", subject="Re: Newsletter abbestellen") is None


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    objection_in(text, subject=text)


def test_a_hostile_text_takes_no_time() -> None:
    objection_in("keine " * 3000 + "werbung " * 3000)
    objection_in("bitte aus von " * 2000)
