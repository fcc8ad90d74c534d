"""Which customers are one person: decided by the merges that stand, in whatever order they were made and undone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from golddraht.customers.rules.persons import behind, head_of, heads


def forest(steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merges as they are made: always a head behind another head."""
    made: list[tuple[int, int]] = []
    for one, other in steps:
        back, front = head_of(one, dict(made)), head_of(other, dict(made))
        if back != front:
            made.append((back, front))
    return made


steps = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=12)


@given(steps.map(forest).flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_order_of_merges_decides_nothing(both: tuple[list[tuple[int, int]], list[tuple[int, int]]]) -> None:
    assert heads(both[0]) == heads(both[1])


@given(steps.map(forest), st.data())
def test_any_merge_can_be_undone_and_only_what_stood_behind_it_leaves(
    made: list[tuple[int, int]], data: st.DataObject
) -> None:
    if not made:
        return
    undone = data.draw(st.sampled_from(made))
    left = [merge for merge in made if merge != undone]
    leaving = {undone[0], *behind(undone[0], made)}

    for customer in range(1, 9):
        before, after = head_of(customer, dict(made)), head_of(customer, dict(left))
        assert after == (undone[0] if customer in leaving else before)


@given(steps.map(forest))
def test_a_head_stands_for_themselves(made: list[tuple[int, int]]) -> None:
    assert not set(heads(made).values()) & set(heads(made))
