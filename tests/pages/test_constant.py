"""What is the same on every page is drawn once for each language, and what is not is drawn each time."""

from __future__ import annotations

import pytest
from django.template import engines
from django.utils.translation import override

from golddraht.pages.templatetags import constant


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The icons that were really drawn."""
    found: list[str] = []
    really = constant.loader_tags.IncludeNode.render

    def render(self: constant.loader_tags.IncludeNode, context: constant.Context) -> str:
        found.append(str(self.extra_context["name"].resolve(context)))
        return really(self, context)

    monkeypatch.setattr(constant.loader_tags.IncludeNode, "render", render)
    return found


def test_an_icon_is_drawn_once_for_each_language(drawings: list[str]) -> None:
    page = engines["django"].from_string('{% include "components/icon.html" with name="plus" only %}')
    with override("de"):
        first, second = page.render(), page.render()
    with override("en"):
        page.render()

    assert first == second
    assert "#plus" in first
    assert drawings == ["plus", "plus"]


def test_what_a_page_tells_is_drawn_each_time(drawings: list[str]) -> None:
    page = engines["django"].from_string('{% include "components/icon.html" with name=icon only %}')

    assert ["#plus" in page.render({"icon": "plus"}), "#x" in page.render({"icon": "x"})] == [True, True]
    assert drawings == ["plus", "x"]


def test_an_include_that_sees_the_page_is_drawn_each_time(drawings: list[str]) -> None:
    page = engines["django"].from_string('{% include "components/icon.html" with name="plus" %}')

    assert "large" in page.render({"class": "large"})
    assert "large" not in page.render({})


def test_words_in_it_are_said_in_the_language_of_whoever_reads_them() -> None:
    page = engines["django"].from_string('{% include "components/theme_button.html" only %}')
    with override("de"):
        german = page.render()
    with override("en"):
        english = page.render()
    with override("de"):
        assert page.render() == german

    assert german != english


def test_a_choice_looks_as_django_draws_it() -> None:
    """Our own template for it is only quicker."""
    from django import forms
    from django.forms.renderers import DjangoTemplates

    choices = [("", "–"), ("Team", [(1, "<b>"), (2, "Nina")]), ("'\"", "z")]

    class Chosen(forms.Form):
        one = forms.ChoiceField(choices=choices, initial=2, widget=forms.Select(attrs={"class": "k", "data-x": True}))

    ours, theirs = (" ".join(str(form["one"]).split()) for form in (Chosen(), Chosen(renderer=DjangoTemplates())))
    assert ours == theirs
