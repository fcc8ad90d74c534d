"""How well notes of colleagues are read: lists that were written before the rules, and two that never changed them."""

from __future__ import annotations

import pytest

from golddraht.consent.rules import Way
from golddraht.consent.rules.noted import objection_noted
from tests.rules.consent.noted import OBJECTING, OTHERS, UNSEEN_OBJECTING, UNSEEN_OTHERS


@pytest.mark.parametrize("note", OBJECTING)
def test_what_a_colleague_notes_as_the_customers_wish_is_heard(note: str) -> None:
    assert objection_noted(note) is not None


@pytest.mark.parametrize("note", [*OTHERS, *UNSEEN_OTHERS])
def test_what_we_did_or_what_is_about_something_else_is_none(note: str) -> None:
    assert objection_noted(note) is None


def test_of_notes_that_the_rules_have_not_seen_eleven_of_twelve_are_heard() -> None:
    assert sum(objection_noted(note) is not None for note in UNSEEN_OBJECTING) >= 11


@pytest.mark.parametrize(
    ("note", "is_doubtful"),
    [
        ("Kundin möchte keine Werbung mehr.", False),
        ("keine werbung mehr!!!", True),
        ("Please no more advertising for this customer", True),
        ("She does not want any advertising.", False),
    ],
)
def test_it_is_plain_only_where_it_says_what_they_want(note: str, is_doubtful: bool) -> None:
    found = objection_noted(note)
    assert found is not None and found.is_doubtful is is_doubtful


def test_a_wish_about_calls_is_about_calls() -> None:
    found = objection_noted("Tel. 14:20: Sie will keine Werbeanrufe mehr.")
    assert found is not None and found.way is Way.CALL
