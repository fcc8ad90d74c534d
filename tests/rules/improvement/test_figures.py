"""What is true of every count, share and span, whatever happened."""

from __future__ import annotations

import itertools
from dataclasses import asdict, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from golddraht.improvement.rules import (
    EDGES,
    SHARES,
    Concern,
    Figure,
    Pace,
    Tally,
    bucket_of,
    difference_is_clear,
    is_shown,
    mark_of,
    people_in,
    quantile,
    share_of,
    shown_parts,
    slices_of,
    span_of,
    steps_of,
)
from golddraht.improvement.rules.counting import added

few = st.integers(0, 400)
lists = {"working": 15, "clock": 15, "ages": 6}
numbers = sorted(set(asdict(Tally())) - {*lists, "people"})
tallies = st.builds(
    Tally,
    people=st.integers(0, 2**63 - 1),
    **dict.fromkeys(numbers, few),  # type: ignore[arg-type]  # The stubs want each by name.
    **{name: st.lists(few, min_size=length, max_size=length) for name, length in lists.items()},  # type: ignore[arg-type]  # As above.
)
people = st.sets(st.integers(1, 10**6), max_size=12)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def marks(ids: set[int]) -> int:
    found = 0
    for one in ids:
        found |= mark_of(one)
    return found


# Counting


@given(tallies, tallies, tallies)
def test_it_does_not_matter_in_which_order_days_are_added(one: Tally, two: Tally, three: Tally) -> None:
    assert one + (two + three) == (one + two) + three == added([three, one, two])
    assert one + Tally() == one


@given(st.lists(st.text(max_size=5), max_size=5))
def test_a_concern_counts_once_in_all_and_once_under_each_of_its_tags(tags: list[str]) -> None:
    slices = slices_of(Concern(7, "EMAIL", tuple(tags)))
    assert len(slices) == len(set(slices)) == len({*tags, ""})
    assert slices[0] == (7, "EMAIL", "")


# Shares


@given(tallies)
def test_a_share_lies_within_its_range_and_the_range_within_all_there_is(tally: Tally) -> None:
    tally = replace(tally, content=min(tally.content, tally.rated))
    for figure in SHARES:
        share = share_of(figure, tally)
        _, of = SHARES[figure](tally)
        if share is None:
            assert of == 0
        else:
            assert 0 <= share.interval.low <= share.interval.share <= share.interval.high <= 1


@given(tallies)
def test_what_became_of_solutions_adds_up_and_presumed_is_never_confirmed(tally: Tally) -> None:
    fates = (Figure.CONFIRMED, Figure.PRESUMED, Figure.RECURRED, Figure.OBJECTED)
    assert sum(SHARES[one](tally)[0] for one in fates) == tally.ended
    more = tally + Tally(presumed=5)
    assert SHARES[Figure.CONFIRMED](more)[0] == tally.confirmed


def test_few_cases_tell_no_difference_and_many_do() -> None:
    def kept(hits: int, of: int) -> object:
        return share_of(Figure.KEPT, Tally(kept=hits, broken=of - hits))

    assert not difference_is_clear(kept(4, 5), kept(5, 5))  # type: ignore[arg-type]  # None or a share.
    assert difference_is_clear(kept(700, 1000), kept(900, 1000))  # type: ignore[arg-type]  # As above.
    assert not difference_is_clear(None, kept(9, 10))  # type: ignore[arg-type]  # As above.


# Times


@given(st.lists(st.floats(0, 30_000), min_size=1, max_size=60), st.floats(0.05, 0.95))
def test_the_middle_is_found_as_exactly_as_the_steps_tell(minutes: list[float], part: float) -> None:
    steps = [0] * (len(EDGES) + 1)
    for one in minutes:
        steps[bucket_of(one)] += 1
    found = quantile(steps, part)
    assert found is not None
    within = sum(one <= found for one in minutes)
    exact = sorted(minutes)[min(int(part * len(minutes)), len(minutes) - 1)]
    assert bucket_of(found) <= bucket_of(exact) or within >= part * len(minutes)
    assert 0 <= found <= EDGES[-1]


def test_nothing_has_no_middle() -> None:
    assert quantile([0] * 15, 0.5) is None


# Groups


@given(people)
def test_there_are_never_fewer_people_than_marks(ids: set[int]) -> None:
    assert people_in(marks(ids)) <= len(ids)


@given(st.integers(1, 10**6))
def test_colleagues_who_came_one_after_the_other_have_marks_of_their_own(first: int) -> None:
    assert people_in(marks(set(range(first, first + 60)))) == 60


@given(people, st.integers(5, 500))
def test_what_is_shown_stands_for_five_people_or_more(ids: set[int], members: int) -> None:
    if is_shown(marks(ids), members=members):
        assert len(ids) >= 5 or not ids


@given(st.dictionaries(st.integers(), people, max_size=8), st.integers(5, 500))
def test_what_is_hidden_cannot_be_told_by_subtracting(groups: dict[int, set[int]], members: int) -> None:
    parts = {key: marks(ids) for key, ids in groups.items()}
    shown = shown_parts(parts, members=members)
    hidden = [ids for key, ids in groups.items() if key not in shown]
    assert all(len(groups[key]) >= 5 for key in shown if groups[key])
    if shown and any(hidden):
        assert len(set().union(*hidden)) >= 5


def test_a_small_company_sees_itself_as_a_whole_but_not_one_of_its_people() -> None:
    assert is_shown(marks({1, 2, 3}), members=3)
    assert not is_shown(marks({2}), members=3)


# Spans


@given(days, st.sampled_from([Pace.DAY, Pace.WEEK, Pace.MONTH]))
def test_the_span_before_ends_where_this_one_begins_and_leads_back(on: date, pace: Pace) -> None:
    span = span_of(pace, on=on)
    assert span.first <= on <= span.last
    assert span.before().last + timedelta(days=1) == span.first
    assert span.before().after() == span


@given(days, st.integers(0, 500))
def test_steps_cover_a_span_without_gap_or_overlap(first: date, length: int) -> None:
    span = span_of(Pace.OWN, on=first, last=first + timedelta(days=length))
    steps = steps_of(span)
    assert span.days <= 366 and len(steps) <= 31
    assert steps[0].first == span.first and steps[-1].last == span.last
    for one, following in itertools.pairwise(steps):
        assert one.last + timedelta(days=1) == following.first
