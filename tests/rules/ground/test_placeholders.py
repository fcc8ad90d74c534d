"""Placeholders: what is filled, what stays, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.placeholders import UnknownPlaceholder, check_placeholders, filled, placeholders_in


def test_names_are_read_in_order_and_once() -> None:
    assert placeholders_in("{Anrede}\n\n{ name } und {name}, {{so}}") == ["anrede", "name"]


@pytest.mark.parametrize("text", ["{", "}", "Hallo {name", "name}", "{a{b}"])
def test_a_brace_that_stands_alone_is_refused(text: str) -> None:
    with pytest.raises(UnknownPlaceholder):
        placeholders_in(text)


def test_what_nobody_knows_is_named() -> None:
    with pytest.raises(UnknownPlaceholder) as refused:
        check_placeholders("{name} {vornahme}", {"name"})

    assert refused.value.name == "{vornahme}"


def test_what_has_no_value_stays_and_is_told() -> None:
    assert filled("{name}: {zusage}", {"name": "Moser"}.get) == ("Moser: {zusage}", ["zusage"])  # type: ignore[arg-type]  # None is no value either.


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_text_without_braces_is_left_alone(text: str) -> None:
    assert filled(text, lambda name: "x") == (text, [])


@given(st.text())
def test_doubled_braces_become_the_text(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")

    assert filled(doubled, lambda name: "x") == (text, [])


@given(st.text(), st.text(alphabet="{}abc"))
def test_a_value_is_never_read_again(value: str, text: str) -> None:
    said, _ = filled("{name}", lambda name: value or "-")

    assert said == (value or "-")
    filled(text, lambda name: value)  # Whatever was typed, nothing breaks.
