"""What is held to be true of a person: the same in whatever order it was said, and always in people's hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.attributes import Attribute, Statement
from golddraht.customers.rules.golden import golden, standing
from golddraht.customers.rules.sources import CERTAINTY, Source, certainty_of, trust_in

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
VALUES = {
    Attribute.NAME: ("Petra Moser", "petra moser", "P. Moser", "Dr. Petra Moser"),
    Attribute.SALUTATION: ("frau", "herr", "neutral", "familie"),
    Attribute.NUMBER: ("K-1", "K-2"),
    Attribute.WISH: ("call_me", "repair_first"),
    Attribute.LANGUAGE: ("de", "en"),
}


def said(
    attribute: Attribute, value: str, source: str = Source.MAIL_HEADER, *, days: int = 0, denies: bool = False
) -> Statement:
    moment = NOW + timedelta(days=days)
    return Statement(attribute, value, source, moment, certainty_of(source), evidence="", denies=denies)


def held(*statements: Statement, of: Attribute = Attribute.NAME) -> list[str]:
    return [one.value for one in golden(statements).get(of, ())]


statements = st.sampled_from(list(VALUES)).flatmap(
    lambda attribute: st.builds(
        said,
        st.just(attribute),
        st.sampled_from(VALUES[attribute]),
        st.sampled_from([*map(str, Source), "import:shop"]),
        days=st.integers(-4, 4),
        denies=st.booleans(),
    )
)


@given(st.lists(statements, max_size=12).flatmap(lambda all_: st.tuples(st.just(all_), st.permutations(all_))))
def test_the_order_in_which_it_was_said_decides_nothing(both: tuple[list[Statement], list[Statement]]) -> None:
    assert golden(both[0]) == golden(both[1])


@given(st.lists(statements, max_size=10))
def test_saying_it_twice_changes_nothing(all_: list[Statement]) -> None:
    assert golden(all_) == golden(all_ * 2)


@given(st.lists(statements, max_size=10))
def test_what_a_person_says_last_holds(all_: list[Statement]) -> None:
    last = said(Attribute.NAME, "Petra Huber", Source.MEMBER, days=9)

    assert held(*all_, last) == ["Petra Huber"]


@given(st.lists(statements, max_size=10))
def test_what_a_person_calls_wrong_never_holds(all_: list[Statement]) -> None:
    wrong = said(Attribute.NAME, "Petra Moser", Source.CUSTOMER, days=9, denies=True)

    assert "petra moser" not in [value.lower() for value in held(*all_, wrong)]


@given(st.lists(statements, max_size=10), st.integers(0, 40))
def test_certainty_is_a_share_and_never_grows_by_waiting(all_: list[Statement], years: int) -> None:
    for found in golden(all_).values():
        for one in found:
            now, later = one.certainty(NOW), one.certainty(NOW + timedelta(days=365 * years))
            assert 0 <= later <= now <= 1


@given(st.lists(statements, max_size=10))
def test_nobody_is_addressed_as_frau_or_herr_against_their_word(all_: list[Statement]) -> None:
    last = said(Attribute.SALUTATION, "neutral", Source.CUSTOMER, days=9)

    assert held(*all_, last, of=Attribute.SALUTATION) == ["neutral"]


def test_the_more_trusted_source_is_believed_though_it_spoke_earlier() -> None:
    signed, header = said(Attribute.NAME, "Dr. Petra Moser", Source.SIGNATURE), said(Attribute.NAME, "petra", days=3)

    assert held(signed, header) == ["Dr. Petra Moser"]


def test_at_the_same_moment_the_fuller_name_holds() -> None:
    assert held(said(Attribute.NAME, "Moser"), said(Attribute.NAME, "Petra Moser")) == ["Petra Moser"]


def test_what_was_called_wrong_gives_way_to_what_was_said_before() -> None:
    old, new = said(Attribute.NAME, "Petra Moser"), said(Attribute.NAME, "Petra Hubr", days=1)
    wrong = said(Attribute.NAME, "Petra Hubr", Source.MEMBER, days=2, denies=True)

    assert held(old, new, wrong) == ["Petra Moser"]


def test_a_machine_cannot_call_wrong_what_a_person_said() -> None:
    told = said(Attribute.NAME, "Petra Moser", Source.CUSTOMER)
    wrong = said(Attribute.NAME, "Petra Moser", Source.MAIL_HEADER, days=1, denies=True)

    assert held(told, wrong) == ["Petra Moser"]
    assert standing([told, wrong]) == [told]


def test_signatures_that_contradict_each_other_leave_the_greeting_neutral() -> None:
    one, other = (
        said(Attribute.SALUTATION, "frau", Source.SIGNATURE),
        said(Attribute.SALUTATION, "herr", Source.SIGNATURE),
    )

    assert held(one, of=Attribute.SALUTATION) == ["frau"]
    assert held(one, other, of=Attribute.SALUTATION) == []


def test_a_colleague_says_frau_or_herr_with_the_persons_words_and_not_without() -> None:
    alone = said(Attribute.SALUTATION, "frau", Source.MEMBER)

    assert held(alone, of=Attribute.SALUTATION) == []
    assert held(replace(alone, evidence="Frau Moser, bitte"), of=Attribute.SALUTATION) == ["frau"]


def test_several_wishes_and_numbers_hold_at_once() -> None:
    shop, works = said(Attribute.NUMBER, "K-1", "import:shop"), said(Attribute.NUMBER, "K-1", "import:works")
    wishes = [said(Attribute.WISH, value, Source.CUSTOMER) for value in VALUES[Attribute.WISH]]

    assert held(shop, works, of=Attribute.NUMBER) == ["K-1", "K-1"]
    assert sorted(held(*wishes, of=Attribute.WISH)) == ["call_me", "repair_first"]


def test_agreement_makes_surer_and_age_makes_less_sure() -> None:
    alone = golden([said(Attribute.POSTAL, "Weg 1\n8020 Graz\nAT", "import:shop")])[Attribute.POSTAL][0]
    agreed = golden(
        [
            said(Attribute.POSTAL, "Weg 1\n8020 Graz\nAT", "import:shop"),
            said(Attribute.POSTAL, "weg 1\n8020 graz\nAT", "import:works"),
        ]
    )[Attribute.POSTAL][0]

    assert alone.certainty(NOW) < agreed.certainty(NOW)
    assert alone.certainty(NOW + timedelta(days=8 * 366)) < alone.certainty(NOW) * 0.51


def test_every_source_has_its_place() -> None:
    assert set(CERTAINTY) == set(Source)
    assert trust_in("import:shop") == trust_in(Source.IMPORT) and trust_in("never heard of") == trust_in(Source.IMPORT)
