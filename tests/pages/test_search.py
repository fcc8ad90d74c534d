"""The page on which everything can be found, and the same for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from golddraht.conversations.models import Attachment, Message
from golddraht.conversations.operations.notes import add_note
from golddraht.knowledge.models import Article, ArticleFile
from golddraht.knowledge.operations import start_article
from golddraht.plumbing import clock
from golddraht.search.models import Document, Unread
from golddraht.search.operations import read_some
from tests.api.programs import a_program
from tests.cast import Company, a_conversation, a_message, bjoern

Page = Callable[[Any], str]
URL = "/t/heizwerk/search/"


@pytest.fixture
def spoken_of(company: Company) -> None:
    a_conversation(text="Die Rechnungskorrektur fehlt <b>noch</b>.", subject="Meine Rechnung")
    a_conversation(customer=bjoern(), text="Der Ofen bleibt kalt.", subject="Ofen")
    read_some()


def test_hits_are_marked_and_lead_to_their_message(spoken_of: None, nina: Client, page: Page) -> None:
    said = page(nina.get(URL, {"q": "rechnung"}))

    assert "<mark>Rechnungskorrektur</mark> fehlt &lt;b&gt;noch" in said
    assert "#message-" in said
    assert "Ofen" not in said


@pytest.mark.parametrize(
    "typed",
    [
        "pumpe",
        "von:moser",
        "Moser",
        "rechn",
        "Typenschild",
        "Hauptstraße",
        "an:lager",
        "an:werk kalt",
        "Ersatzteil",
        "ofenr",
    ],
)
def test_every_hit_shows_why_it_was_found(company: Company, nina: Client, typed: str) -> None:
    pump = a_message(text="Die Pumpe und der Ofen", subject="Meine Rechnung")
    Message.objects.filter(pk=pump.pk).update(signature="Hauptstraße 3", recipients=["lager@werk.example"])
    file = {"name": "Typenschild.jpg", "content_type": "image/jpeg", "size": 1, "sha256": "0" * 64, "file": "x"}
    Attachment.objects.create(message=pump, **file)
    other = a_message(customer=bjoern(), text="Der Ofenrost ist kalt", subject="Ofen")
    Message.objects.filter(pk=other.pk).update(recipients=["service@heizwerk.example"])
    add_note(conversation_id=other.conversation_id, by=company.nina.pk, text="Ersatzteil bestellt", at=clock.now())
    read_some()

    said = nina.get(URL, {"q": typed}).content.decode()

    groups = said.split('<li class="found-group">')[1:]
    assert groups and all("<mark>" in group.partition("</ol>")[0] for group in groups)


def test_a_name_finds_the_person(spoken_of: None, nina: Client, page: Page) -> None:
    said = page(nina.get(URL, {"q": "Mosr"}))

    assert 'id="people-title"' in said and "Valentina Moser" in said


def test_near_misses_say_that_they_are(spoken_of: None, nina: Client, page: Page) -> None:
    assert "notice-soon" in page(nina.get(URL, {"q": "von:Petersn"}))


def test_the_empty_page_explains_the_words(company: Company, nina: Client, page: Page) -> None:
    said = page(nina.get(URL))

    assert "von:moser" in said and "<details" in said and " open>" in said


def test_nothing_found_is_said_kindly(company: Company, nina: Client, page: Page) -> None:
    assert 'class="empty"' in page(nina.get(URL, {"q": "zzzz"}))


def test_a_filter_that_means_nothing_is_explained(company: Company, nina: Client, page: Page) -> None:
    assert "„blau“" in page(nina.get(URL, {"q": "status:blau"}))


def test_a_number_of_no_concern_is_searched_for_like_any_word(company: Company, nina: Client) -> None:
    assert nina.get(URL, {"q": "1-3"}).status_code == 200


def test_older_hits_stand_on_further_pages(company: Company, nina: Client, page: Page, monkeypatch: Any) -> None:
    monkeypatch.setattr("golddraht.pages.search.views.PAGE", 1)
    for number in range(3):
        a_conversation(
            customer=bjoern(), subject=f"Ofen {number}", text="kalt", at=clock.now() + timedelta(minutes=number)
        )
    read_some()

    said = page(nina.get(URL, {"q": "ofen"}))

    assert 'rel="next"' in said and "Ofen</mark> 2" in said and "Ofen</mark> 1" not in said


def test_the_health_page_says_when_the_index_lags(company: Company, nina: Client, page: Page) -> None:
    assert "notice-soon" not in page(nina.get("/t/heizwerk/health/"))
    Unread.objects.create(kind="message", source_id=1, since=clock.now() - timedelta(minutes=5))

    assert "1 Text kann noch nicht gefunden werden" in page(nina.get("/t/heizwerk/health/"))


def test_programs_find_the_same(company: Company, spoken_of: None) -> None:
    cache.clear()
    headers = a_program(company.nina).headers

    answer = Client().get("/api/v1/search", {"q": "korrektur"}, headers=headers).json()
    people = Client().get("/api/v1/customers/search", {"q": "Mosr"}, headers=headers).json()

    assert [(one["kind"], one["title"], one["conversation"]) for one in answer["found"]] == [
        ("message", "Meine Rechnung", "1-3")
    ]
    assert answer["next"] is None and not answer["is_wide"]
    assert [one["name"] for one in people["customers"]] == ["Valentina Moser"]
    assert Client().get("/api/v1/search", {"q": "status:blau"}, headers=headers).json()["misunderstood"] == [
        "status:blau"
    ]


def test_what_we_know_is_found_with_it(company: Company, nina: Client, page: Page) -> None:
    start_article(title="Ofen bleibt kalt", body="Thermostat", language="de", by=company.nina.pk, at=clock.now())

    assert "Ofen bleibt kalt" in page(nina.get(URL, {"q": "Termostat"}))


@pytest.fixture
def an_article(company: Company) -> int:
    article = start_article(
        title="Ofen bleibt kalt", body="Der **Thermostat** klemmt.", language="de", by=company.nina.pk, at=clock.now()
    )
    plan = {"name": "Schaltplan.pdf", "content_type": "application/pdf", "size": 1, "file": "x", "at": clock.now()}
    ArticleFile.objects.create(article_id=article.pk, by=company.nina, **plan)
    while read_some():
        pass
    return int(article.pk)


@pytest.mark.parametrize(
    "typed",
    [
        "art:artikel ofen",
        "kind:article",
        "thermostat klemmt",
        '"thermostat klemmt"',
        "Schaltplan",
        "hat:anhang thermostat",
        "von:nina thermostat",
        "nach:gestern thermostat",
        "thermostat -pumpe",
    ],
)
def test_articles_are_found_like_messages(an_article: int, nina: Client, typed: str) -> None:
    said = nina.get(URL, {"q": typed}).content.decode()

    found = said.partition('<li class="found-group">')[2].partition("</ol>")[0]
    assert f"/knowledge/{an_article}/" in found
    assert "<mark>" in found or typed == "kind:article"
    assert 'id="articles-title"' not in said


@pytest.mark.parametrize(
    "typed", ["art:notiz thermostat", "thermostat -ofen", '"klemmt thermostat"', "-hat:anhang klemmt"]
)
def test_articles_are_left_out_like_messages(an_article: int, nina: Client, typed: str) -> None:
    assert f"/knowledge/{an_article}/" not in nina.get(URL, {"q": typed}).content.decode()


def test_retired_articles_are_no_longer_found(company: Company, an_article: int, nina: Client) -> None:
    Article.objects.filter(pk=an_article).update(state="RETIRED")
    assert not Document.objects.filter(kind="article").exists()
    read_some()

    assert f"/knowledge/{an_article}/" not in nina.get(URL, {"q": "art:artikel thermostat"}).content.decode()


def test_programs_find_articles_too(company: Company, an_article: int) -> None:
    cache.clear()

    answer = Client().get("/api/v1/search", {"q": "art:artikel ofen"}, headers=a_program(company.nina).headers).json()

    assert [(one["kind"], one["id"], one["attachments"]) for one in answer["found"]] == [
        ("article", an_article, ["Schaltplan.pdf"])
    ]
