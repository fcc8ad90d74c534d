from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.numbers import number_in, read_number, spoken

numbers = st.integers(1, 10**9)


def test_a_number_is_said_with_its_check_digit() -> None:
    assert spoken(10427) == "10427-7"
    assert spoken(572) == "572-4"


@pytest.mark.parametrize(
    "typed", ["10427-7", "#10427-7", "#10 427 7", "104277", " Nr. 10427 - 7 ", "[#10427-7]", "10.427‑7"]
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_number(typed) == 10427


@pytest.mark.parametrize("typed", ["", "7", "10427-3", "abc", "10427-7 und mehr", "0-0", "9" * 40])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    "subject",
    ["AW: [#10427-7] Lieferung", "Re: #10427-7", "zu Nr. 10427-7, bitte", "Anliegen 10427-7", "Ticket: #10427-7"],
)
def test_a_marked_number_is_found_in_a_subject(subject: str) -> None:
    assert number_in(subject) == 10427


@pytest.mark.parametrize("text", ["Bestellung 88-2041", "10427-7", "Tel. 08031-5", "[#10427-3]", "#10427-77", "Nr. 5"])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert number_in(text) is None


@given(numbers)
def test_what_is_said_is_understood(number: int) -> None:
    assert read_number(spoken(number)) == number
    assert number_in(f"Re: [#{spoken(number)}] Hallo") == number


@given(numbers, st.data())
def test_every_wrong_digit_and_every_swap_is_noticed(number: int, data: st.DataObject) -> None:
    digits = spoken(number).replace("-", "")
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != digits[at]))
    assert read_number(digits[:at] + wrong + digits[at + 1 :]) is None
    if at and digits[at] != digits[at - 1]:
        swapped = digits[: at - 1] + digits[at] + digits[at - 1] + digits[at + 1 :]
        assert read_number(swapped) is None


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    read_number(text)
    number_in(text)
