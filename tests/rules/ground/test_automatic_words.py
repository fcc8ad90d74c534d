"""A company's own words for automatic messages: nothing that makes them useful can be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.ground.automatic_words import FORMS, missing_in, worded
from golddraht.ground.placeholders import UnknownPlaceholder

SHIPPED = "Guten Tag\n\nNina kümmert sich bis morgen.\n\nAutomatisch geschrieben.\n\nHeizwerk\n"
VALUES = {"owner": "Nina", "until": "morgen", "number": "12-3", "concern": "Der Ofen ist kalt.", "greeting": "Hallo"}
OWN = "{greeting}!\n\n„{concern}“\n\n{owner} meldet sich bis {until}. Nummer {number}."
RECEIPT = FORMS["RECEIPT"]


def said(text: str, **more: str) -> str:
    return worded(text, shipped=SHIPPED, values=VALUES | more, form=RECEIPT)


def test_own_words_are_filled_and_the_closing_stays() -> None:
    assert said(OWN) == (
        "Hallo!\n\n„Der Ofen ist kalt.“\n\nNina meldet sich bis morgen. Nummer 12-3.\n\nAutomatisch geschrieben.\n\nHeizwerk\n"
    )


def test_a_paragraph_about_nothing_is_left_out() -> None:
    assert "„" not in said(OWN, concern="")


@pytest.mark.parametrize("gone", RECEIPT.required)
def test_where_a_required_blank_is_missing_the_shipped_words_are_said(gone: str) -> None:
    text = OWN.replace("{" + gone + "}", "")
    assert missing_in(text, RECEIPT) == (gone,)
    assert said(text) == SHIPPED


def test_what_nobody_can_fill_falls_back_to_the_shipped_words() -> None:
    with pytest.raises(UnknownPlaceholder):
        missing_in(OWN + "{rabatt}", RECEIPT)
    assert said(OWN + "{rabatt}") == SHIPPED
    assert said(OWN, owner="") == SHIPPED


def test_words_of_a_customer_fill_no_blank() -> None:
    assert "{owner}" in said(OWN, concern="Was heißt {owner}?")


@given(st.text(max_size=300))
def test_whatever_is_kept_something_useful_is_said(text: str) -> None:
    words = said(text)
    assert words == SHIPPED or all(value in words for value in ("Nina", "morgen", "12-3"))
    assert words.endswith("Automatisch geschrieben.\n\nHeizwerk\n")
