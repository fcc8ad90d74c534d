"""Light formatting: what it makes, and that nothing wild comes through."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from golddraht.knowledge.rules.formatting import as_html, as_text, files_in, teaser


def test_headings_lists_and_words() -> None:
    html = as_html("## Lösung\n\n**Erst** den *Stecker* ziehen.\n\n1. Klappe auf\n2. Sieb raus\n\n- Eimer\n- Tuch")

    assert html == (
        "<h2>Lösung</h2>\n<p><strong>Erst</strong> den <em>Stecker</em> ziehen.</p>\n"
        "<ol><li>Klappe auf</li><li>Sieb raus</li></ol>\n<ul><li>Eimer</li><li>Tuch</li></ul>"
    )


def test_links_lead_only_where_links_may_lead() -> None:
    html = as_html("[gut](https://heizwerk.example/a?b=1&c=2) [böse](javascript:alert(1)) <script>x</script>")

    assert '<a href="https://heizwerk.example/a?b=1&amp;c=2" rel="noopener noreferrer">gut</a>' in html
    assert "<script" not in html and 'href="javascript' not in html


def test_pictures_and_files_are_those_of_the_article() -> None:
    html = as_html(
        "![Das Sieb](file:3) [Anleitung](file:4) ![weg](file:5)", file_url=lambda n: f"/f/{n}/" if n < 5 else ""
    )

    assert '<img src="/f/3/" alt="Das Sieb" loading="lazy">' in html
    assert '<a href="/f/4/" rel="noopener noreferrer">Anleitung</a>' in html
    assert html.endswith("weg</p>")
    assert files_in("![a](file:3) [b](file:4)") == {3, 4}


def test_the_words_alone() -> None:
    assert as_text("## Lösung\n\n**Erst** [hier](https://a.example/)") == "Lösung\n\nErst hier (https://a.example/)"
    assert teaser("## Lösung\n\nErst den Stecker.") == "Erst den Stecker."


@given(st.text(alphabet="#*`[]()!<>\"'&-1. \nabäfile:/jsx=", max_size=300))
def test_whatever_is_typed_gives_only_our_tags(text: str) -> None:
    html = as_html(text, file_url=lambda n: f"/f/{n}/")

    assert set(re.findall(r"<(\w+)", html)) <= {
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "strong",
        "em",
        "code",
        "a",
        "img",
        "br",
    }
    assert not re.search(r"<[^>]*\son\w+=", html)
