from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.addresses import folded_address, folded_phone, is_plausible_address


@pytest.mark.parametrize(
    ("written", "same"),
    [
        (" Petra.Lang@Example.ORG ", "petra.lang@example.org"),
        ("<p@Müller.de>", "p@xn--mller-kva.de"),
        ("mailto:p@example.org", "p@example.org"),
        ("p@example.org.", "p@example.org"),
        ("p+tag@example.org", "p+tag@example.org"),
        ("p@straße.de", "p@xn--strae-oqa.de"),
    ],
)
def test_the_same_address_is_always_written_the_same(written: str, same: str) -> None:
    assert folded_address(written) == same
    assert is_plausible_address(written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "p",
        "p@",
        "@example.org",
        "p@localhost",
        "p q@example.org",
        "p@exa mple.org",
        "p@-a.de",
        "a@b@c.de",
        "p..q@a.de",
        "p@1.2.3.4",
    ],
)
def test_what_is_no_address_is_not_plausible(text: str) -> None:
    assert not is_plausible_address(text)


@given(st.text(st.characters()))
def test_folding_any_text_never_fails_and_is_stable(text: str) -> None:
    once = folded_address(text)
    if is_plausible_address(text):
        assert folded_address(once) == once
        assert once.rpartition("@")[2].isascii()


@pytest.mark.parametrize(
    ("number", "country", "same"),
    [
        ("089 / 12 34 56", "DE", "+4989123456"),
        ("+49 (0) 89 123456", "DE", "+4989123456"),
        ("0049 89 123456", "AT", "+4989123456"),
        ("+49 089-123456", "DE", "+4989123456"),
        ("tel.: 0171 5550123", "DE", "+491715550123"),
        ("01 5124567", "AT", "+4315124567"),
        ("0664/1234567", "AT", "+436641234567"),
        ("044 668 18 00", "CH", "+41446681800"),
        ("+44 20 7946 0018", "DE", "+442079460018"),
        ("+39 06 1234567", "DE", "+39061234567"),
        ("+423 235 11 11", "CH", "+4232351111"),
    ],
)
def test_the_same_number_is_always_written_the_same(number: str, country: str, same: str) -> None:
    assert folded_phone(number, country) == same
    assert folded_phone(same, "CH") == same


@pytest.mark.parametrize(
    "number", ["", "112", "110", "abc", "0800-CALL-ME", "12345", "+0 123456", "000", "+49 1", "9" * 30, "0" * 20]
)
def test_what_is_no_number_is_none(number: str) -> None:
    assert folded_phone(number) is None


@given(st.text(st.sampled_from("0123456789+()-/ .x")))
def test_folding_a_number_is_stable(number: str) -> None:
    same = folded_phone(number)
    if same is not None:
        assert folded_phone(same) == same
        assert same[0] == "+" and same[1:].isdigit() and len(same) <= 16
