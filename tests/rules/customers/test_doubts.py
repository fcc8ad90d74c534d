"""What is nothing to rely on, and how often one asks about it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.doubts import Doubtful, Kind, doubts_in
from golddraht.customers.rules.questions import MOST, QUESTIONS, REST, UNSURE, carries, may_ask, polite_question

AT = datetime(2026, 11, 16, 9, tzinfo=UTC)
NAME = Statement(Attribute.NAME, "Valentina Moser", "member", AT)


def lives(source: str, certainty: float, at: datetime = AT) -> Statement:
    return Statement(Attribute.POSTAL, "Lendkai 12\n8020 Graz\nAT", source, at, certainty)


def test_a_value_that_is_less_sure_than_three_quarters_is_a_doubt() -> None:
    assert doubts_in([NAME, lives("list", 0.7)], at=AT) == [
        Doubtful(Kind.UNSURE, ("Lendkai 12\n8020 Graz\nAT",), "postal")
    ]
    assert doubts_in([NAME, lives("import:shop", 0.9)], at=AT) == []


def test_what_agrees_takes_the_doubt_away_and_age_brings_one() -> None:
    assert doubts_in([NAME, lives("list", 0.7), lives("import:shop", 0.6)], at=AT) == []
    later = AT + timedelta(days=4 * 365)
    assert [one.kind for one in doubts_in([NAME, lives("import:shop", 0.9)], at=later)] == [Kind.UNSURE]


def test_what_is_doubted_already_is_not_doubted_twice() -> None:
    half = Statement(Attribute.NAME, "Moser", "call", AT, 0.5)
    assert [one.kind for one in doubts_in([half], at=AT)] == [Kind.NAME]


def test_their_own_word_settles_which_birthday_is_theirs() -> None:
    days = [Statement(Attribute.BORN_ON, day, "import:shop", AT, 0.9) for day in ("1980-05-17", "1908-05-17")]
    assert [one.kind for one in doubts_in([NAME, *days], at=AT)] == [Kind.DATES]
    assert doubts_in([NAME, *days, Statement(Attribute.BORN_ON, "1980-05-17", "customer", AT)], at=AT) == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("kind", "attribute"), [*((one, "") for one in QUESTIONS["de"]), *((Kind.UNSURE, one) for one in UNSURE["de"])]
)
def test_an_answer_carries_exactly_the_question_that_was_put_in(kind: Kind, attribute: str, language: str) -> None:
    asked = polite_question(kind, language=language, attribute=attribute)
    text = f"Guten Tag,\n\nwir kommen am Dienstag. Passt Ihnen das?\n\n{asked}\n\nHerzliche Grüße\nNina"

    found = {(one, "") for one in QUESTIONS["de"] if carries(text, kind=one)}
    found |= {(Kind.UNSURE, one) for one in UNSURE["de"] if carries(text, kind=Kind.UNSURE, attribute=one)}
    assert (kind, attribute) in found and len(found) == 1


def test_put_a_little_differently_it_is_the_same_question() -> None:
    text = "Und noch etwas: Unter welcher Adresse dürfen wir Sie künftig erreichen? Danke!"
    assert not carries(text, kind=Kind.NAME)
    assert carries("Unter welcher Adresse erreichen wir Sie denn künftig?", kind=Kind.ADDRESS)
    assert not carries("Passt Ihnen Dienstag?", kind=Kind.ADDRESS)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=3000)), max_size=40))
def test_whoever_never_answers_is_asked_twice_and_never_within_a_quarter(occasions: list[timedelta]) -> None:
    """However often somebody is written to, and at whatever moments."""
    asked: list[datetime] = []
    for moment in sorted(AT + one for one in occasions):
        if may_ask(asked_of_this=asked, last_asked_at=asked[-1] if asked else None, at=moment):
            asked.append(moment)
    assert len(asked) <= MOST
    assert all(later - earlier >= REST for earlier, later in itertools.pairwise(asked))
    assert bool(asked) == bool(occasions)
