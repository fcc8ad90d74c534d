"""What may help with an answer: found with its source, put in by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from golddraht.conversations.models import Conversation
from golddraht.conversations.operations import reply
from golddraht.conversations.operations.solving import confirm_in_person
from golddraht.ground.numbers import spoken
from golddraht.knowledge.models import SolvedConcern
from golddraht.knowledge.operations import publish, start_article
from golddraht.knowledge.operations.remembering import forget_solved
from golddraht.plumbing import clock
from tests.cast import Company, a_company, a_conversation, bjoern, valentina

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
PART = {"HX-Request": "true"}


@pytest.fixture
def concern(company: Company, mailbox: None) -> Conversation:
    """Valentina's washing machine does not drain."""
    return a_conversation(customer=valentina(at=clock.now()), at=clock.now())


def url_of(concern: Conversation) -> str:
    return f"/t/heizwerk/conversations/{spoken(concern.number)}/suggestions/"


def a_solved_one(company: Company) -> Conversation:
    """Björn had the same, and it was solved."""
    other = a_conversation(customer=bjoern(at=clock.now()), at=clock.now())
    text = "Guten Tag Björn Petersen,\n\nbitte reinigen Sie das Flusensieb, Herr Petersen.\n\nHerzliche Grüße\nNina"
    reply(conversation_id=other.pk, author_id=company.nina.pk, text=text, at=clock.now())
    confirm_in_person(conversation_id=other.pk, by=company.nina.pk, at=clock.now())
    return other


def an_article(company: Company, title: str = "Waschmaschine pumpt nicht ab", body: str = "**Sieb** reinigen.") -> Any:
    article = start_article(title=title, language="de", body=body, by=company.nina.pk, at=clock.now())
    publish(article_id=article.pk, language="de", by=company.nina.pk, at=clock.now())
    return article


def test_articles_and_solved_concerns_are_suggested_with_their_source(
    company: Company, concern: Conversation, nina: Client, page: Said
) -> None:
    article, other = an_article(company), a_solved_one(company)
    an_article(company, "Rechnung doppelt", "Das Geld kommt zurück.")

    part = page(nina.get(url_of(concern), headers=PART))

    assert f"/knowledge/{article.pk}/" in part and "Sieb reinigen." in part
    assert spoken(other.number) in part and "Gelöst, bestätigt" in part
    assert "Rechnung doppelt" not in part and "<html" not in part


def test_nothing_of_another_customer_goes_into_the_answer(
    company: Company, concern: Conversation, nina: Client, page: Said
) -> None:
    a_solved_one(company)
    part = page(nina.get(url_of(concern), headers=PART))
    assert "bitte reinigen Sie das Flusensieb" in part and "Petersen" not in part


def test_where_nothing_is_near_nothing_is_said(
    company: Company, concern: Conversation, nina: Client, page: Said
) -> None:
    an_article(company, "Rechnung doppelt", "Das Geld kommt zurück.")
    assert page(nina.get(url_of(concern), headers=PART)).strip() == ""
    assert "Noch kommt nichts in die Nähe" in page(nina.get(url_of(concern)))


def test_what_is_not_published_is_not_suggested(
    company: Company, concern: Conversation, nina: Client, page: Said
) -> None:
    start_article(title="Waschmaschine pumpt nicht ab", language="de", body="halb", by=company.nina.pk, at=clock.now())
    assert page(nina.get(url_of(concern), headers=PART)).strip() == ""


def test_without_a_script_the_words_go_behind_what_was_typed(
    company: Company, concern: Conversation, nina: Client, page: Said
) -> None:
    article = an_article(company)
    typed = {"text": "Guten Tag,", "channel": "EMAIL", "put": f"article-{article.pk}"}
    shown = nina.post(url_of(concern), typed).content.decode()

    assert "Guten Tag,\n\nSieb reinigen." in shown
    assert concern.messages.filter(direction="OUT", automatic="").count() == 0
    assert "Geheim" not in nina.post(url_of(concern), typed | {"put": "article-999"}).content.decode()


def test_the_page_of_a_concern_asks_for_it(company: Company, concern: Conversation, nina: Client, page: Said) -> None:
    shown = page(nina.get(f"/t/heizwerk/conversations/{spoken(concern.number)}/"))
    assert f'hx-get="{url_of(concern)}" hx-trigger="load"' in shown


def test_what_came_back_is_no_solution_any_more(company: Company, concern: Conversation) -> None:
    other = a_solved_one(company)
    assert SolvedConcern.objects.get().is_confirmed
    forget_solved(conversation_id=other.pk)
    assert not SolvedConcern.objects.exists()


def test_concerns_of_another_company_are_not_near(
    concern: Conversation, company: Company, nina: Client, page: Said
) -> None:
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        a_solved_one(theirs)
    assert page(nina.get(url_of(concern), headers=PART)).strip() == ""
