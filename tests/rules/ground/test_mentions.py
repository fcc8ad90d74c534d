"""Who is named in a note."""

from __future__ import annotations

import pytest

from golddraht.ground.mentions import mentioned_in

NAMES = {1: "Nina Aigner", 2: "Tom Berger", 3: "Tom Conrad", 4: "Ay-Lin Öz"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Nina Aigner, schaust du?", {1}),
        ("@nina: bitte", {1}),
        ("@Tom weiß es", set()),
        ("@Tom Conrad und @Tom Berger", {2, 3}),
        ("frage @Ay-Lin Öz!", {4}),
        ("@Ninas Notiz", set()),
        ("schreib an nina@aigner.example", set()),
        ("nichts", set()),
    ],
)
def test_names_are_understood(text: str, named: set[int]) -> None:
    assert mentioned_in(text, NAMES) == named


def test_nobody_is_named_among_nobody() -> None:
    assert mentioned_in("@Nina", {}) == set()
