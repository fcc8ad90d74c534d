"""Links that open something for whoever has them, taken out of what others read."""

from __future__ import annotations

import pytest

from golddraht.ground.keys import without_keys

HOUSE = "https://hilfe.heizwerk.example"


@pytest.mark.parametrize(
    "path",
    [
        "/k/geloest/WzEsNjFd:1xXQes:ByUyUIEvm-NP_VZ/",
        "/k/wahl/WzEsNjFd:1xXQes:ByUyUIEvmNPUVZ",
        "/my/heizwerk/de/enter/WzEsMV0:1xXQdA:Ah3rF3/",
        "/my/heizwerk/en/addresses/WzEsMV0:1xXQdA:Ah3rF3/",
    ],
)
def test_what_opens_something_is_replaced_and_the_words_around_it_stay(path: str) -> None:
    assert without_keys(f"Bitte hier: {HOUSE}{path}\nDanke", "…") == "Bitte hier: …\nDanke"
    assert without_keys(f"<{HOUSE}{path}>", "…") == "<…>"


@pytest.mark.parametrize("path", ["/help/heizwerk/de/ofen-raucht/", "/my/heizwerk/", "/my/heizwerk/de/enter/", "/k/"])
def test_what_is_open_to_everybody_stays(path: str) -> None:
    assert without_keys(f"Siehe {HOUSE}{path} .", "…") == f"Siehe {HOUSE}{path} ."
