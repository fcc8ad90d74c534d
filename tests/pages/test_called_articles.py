"""What a "/" in an answer offers besides text modules: articles, and the places of acts and macros."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from golddraht.ground.numbers import spoken
from golddraht.knowledge.operations import publish, start_article
from golddraht.knowledge.rules import Audience
from golddraht.plumbing import clock
from golddraht.plumbing.links import absolute
from tests.cast import Company, a_conversation

pytestmark = pytest.mark.django_db
Page = Callable[[Any], str]


@pytest.fixture
def place(company: Company) -> str:
    return f"/t/heizwerk/conversations/{spoken(a_conversation(at=clock.now()).number)}/"


def an_article(company: Company, title: str, *, audience: Audience, is_published: bool = True) -> Any:
    one = start_article(
        title=title,
        language="de",
        body="Das Flusensieb reinigen.",
        audience=audience,
        by=company.lea.pk,
        at=clock.now(),
    )
    if is_published:
        publish(article_id=one.pk, language="de", by=company.lea.pk, at=clock.now())
    return one


def test_published_articles_are_offered_as_text_and_public_ones_as_a_link(
    company: Company, nina: Client, page: Page, place: str
) -> None:
    public = an_article(company, "Flusensieb öffentlich", audience=Audience.PUBLIC)
    an_article(company, "Flusensieb intern", audience=Audience.INTERNAL)
    an_article(company, "Flusensieb Entwurf", audience=Audience.PUBLIC, is_published=False)

    said = page(nina.get(f"{place}articles/", {"q": "flusensieb"}))

    assert said.count('data-put="Das Flusensieb reinigen."') == 2
    assert f"[Flusensieb öffentlich]({absolute(reverse('help_article', args=['heizwerk', 'de', public.slug]))})" in said
    assert said.count("](http") == 1 and "Entwurf" not in said


def test_without_words_or_for_another_company_nothing_is_offered(
    company: Company, nina: Client, signed_in: Callable[[Any], Client], page: Page, place: str
) -> None:
    an_article(company, "Flusensieb", audience=Audience.INTERNAL)

    assert "data-put" not in page(nina.get(f"{place}articles/"))
    assert "data-put" not in page(nina.get(f"{place}articles/", {"q": "zzzz"}))


def test_the_listbox_has_a_group_for_each_kind(nina: Client, page: Page, place: str) -> None:
    said = page(nina.get(place))

    for name in ("modules", "acts", "macros", "articles"):
        assert f'role="group" data-group="{name}"' in said
