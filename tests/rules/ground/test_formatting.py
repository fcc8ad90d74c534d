"""Signs of formatting become HTML and plain text, and nothing else becomes anything."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golddraht.channels.mail.markup import cleaned
from golddraht.ground.formatting import as_html, as_plain, is_formatted, pictures_in

TAGS = re.compile(r'</?(?:p|br|ul|ol|li|blockquote|b|i|a(?: href="[^"<>]*")?|img src="[^"<>]*" alt="[^"<>]*")>')


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        ("Guten Tag,\nalles gut.", "<p>Guten Tag,<br>alles gut.</p>", "Guten Tag,\nalles gut."),
        ("Eins\n\nZwei", "<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei"),
        ("Das ist **wichtig**!", "<p>Das ist <b>wichtig</b>!</p>", "Das ist *wichtig*!"),
        ("Das ist *eher* _neu_.", "<p>Das ist <i>eher</i> <i>neu</i>.</p>", "Das ist _eher_ _neu_."),
        ("**Ganz *sehr* fett**", "<p><b>Ganz <i>sehr</i> fett</b></p>", "*Ganz _sehr_ fett*"),
        ("- Schlauch\n- Sieb", "<ul><li>Schlauch</li><li>Sieb</li></ul>", "- Schlauch\n- Sieb"),
        ("So:\n1. zu\n2. auf", "<p>So:</p><ol><li>zu</li><li>auf</li></ol>", "So:\n1. zu\n2. auf"),
        ("16. November, um zehn", "<p>16. November, um zehn</p>", "16. November, um zehn"),
        ("> Sie schrieben", "<blockquote><p>Sie schrieben</p></blockquote>", "> Sie schrieben"),
        (
            "Siehe [Anleitung](https://a.example/x?y=1&z=2).",
            '<p>Siehe <a href="https://a.example/x?y=1&amp;z=2">Anleitung</a>.</p>',
            "Siehe Anleitung (https://a.example/x?y=1&z=2).",
        ),
        (
            "https://a.example/x.",
            '<p><a href="https://a.example/x">https://a.example/x</a>.</p>',
            "https://a.example/x.",
        ),
        ("![Sieb](cid:ab@golddraht)", '<p><img src="cid:ab@golddraht" alt="Sieb"></p>', "[Sieb]"),
        ("5*3*2 und snake_case_name", "<p>5*3*2 und snake_case_name</p>", "5*3*2 und snake_case_name"),
        (
            "<b>kein</b> & [x](javascript:1)",
            "<p>&lt;b&gt;kein&lt;/b&gt; &amp; [x](javascript:1)</p>",
            "<b>kein</b> & [x](javascript:1)",
        ),
        ("**offen", "<p>**offen</p>", "**offen"),
    ],
)
def test_what_becomes_of_it(text: str, html: str, plain: str) -> None:
    assert as_html(text) == html
    assert as_plain(text) == plain


def test_plain_words_are_not_formatted() -> None:
    assert not is_formatted("Guten Tag,\n\n5*3*2, https://a.example/ und snake_case_name.")
    assert is_formatted("- eins") and is_formatted("**ja**") and is_formatted("> so")


def test_pictures_are_found() -> None:
    assert pictures_in("![a](cid:eins) und ![](cid:zwei)") == {"eins", "zwei"}


@given(st.text(alphabet="ab*_[]()!<>\"'&\n-1.> /:chtpsidmalo", max_size=80))
def test_nothing_but_our_own_tags_comes_out(text: str) -> None:
    html = as_html(text)

    assert "<" not in TAGS.sub("", html) and ">" not in TAGS.sub("", html).replace("&gt;", "")
    again, problem = cleaned(html)
    assert problem is None
    assert TAGS.sub("", again or "").split() == TAGS.sub("", html).split() or "<a" in html


@given(st.text(max_size=200))
def test_any_text_can_be_written(text: str) -> None:
    as_html(text), as_plain(text), is_formatted(text)


def test_a_wild_text_takes_no_time() -> None:
    begun = time.process_time()
    for sign in ("**a ", "*a ", "_a ", "[a](", "![a](cid:", "> ", "https://", "[" * 50):
        as_html(sign * (50_000 // len(sign)))
        as_plain(sign * (50_000 // len(sign)))
    assert time.process_time() - begun < 8
