"""Links that open something for whoever has them, taken out of what others read."""

from __future__ import annotations

import pytest

from golddraht.ground.keys import has_keys, without_keys, without_keys_in_html

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


def test_where_a_mail_program_has_wrapped_it_it_goes_with_its_wrapping() -> None:
    wrapped = "https://eur01.safelinks.example/?url=https%3A%2F%2Fhilfe.example%2Fk%2Fgeloest%2FWzEsNjFd%3A1xXQes%3AByUy-_%2F&data=05"
    assert has_keys(wrapped) and "WzEsNjFd" not in without_keys(f"Hier: {wrapped}", "…")


def test_in_written_out_json_and_escaped_html_the_words_around_it_stay() -> None:
    address = f"{HOUSE}/k/geloest/WzEsNjFd:1xXQes:ByUy"
    assert without_keys(f'{{"text": "Hier: {address}\\nDanke"}}', "…") == '{"text": "Hier: …\\nDanke"}'
    assert without_keys(f"&lt;{address}&gt; Danke", "…") == "&lt;…&gt; Danke"


def test_in_a_laid_out_mail_nothing_leads_there_any_more() -> None:
    address = f"{HOUSE}/k/geloest/WzEsNjFd:1xXQes:ByUy/"
    html = (
        f'<p><a class="x" href="{address}?a=1" rel="noopener">{address}</a> und <a href="{HOUSE}/help/">Hilfe</a></p>'
    )
    shown = without_keys_in_html(html, "…")
    assert shown == f'<p><a class="x" rel="noopener">…</a> und <a href="{HOUSE}/help/">Hilfe</a></p>'
