"""The help page: what everybody may read, and the way to write to us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from golddraht.conversations.models import Conversation, Message
from golddraht.conversations.operations import Enclosure
from golddraht.knowledge.models import Asking, OpenQuestion, Verdict
from golddraht.knowledge.operations import add_file, publish, retire, save_text, start_article
from golddraht.knowledge.rules import Audience, Sources
from golddraht.pages.help import door
from golddraht.plumbing import clock
from tests.cast import Company, a_company

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
HELP = "/help/heizwerk/"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Nobody has asked anything within this hour."""
    cache.clear()


def a_public_one(company: Company, title: str = "Ofen raucht", body: str = "Lüften Sie zuerst.", **more: Any) -> Any:
    article = start_article(
        title=title, language="de", body=body, audience=Audience.PUBLIC, by=company.lea.pk, at=clock.now(), **more
    )
    publish(article_id=article.pk, language="de", by=company.lea.pk, at=clock.now())
    return article


def test_everybody_reads_what_is_published_and_nothing_else(company: Company, page: Said) -> None:
    a_public_one(company)
    hidden = start_article(title="Kulanz intern", language="de", body="35 Euro", by=company.nina.pk, at=clock.now())
    publish(article_id=hidden.pk, language="de", by=company.nina.pk, at=clock.now())
    start_article(
        title="Entwurf", language="de", body="halb", audience=Audience.PUBLIC, by=company.nina.pk, at=clock.now()
    )

    shown = page(Client().get(HELP + "de/"))
    assert "Ofen raucht" in shown and "Heizwerk" in shown
    assert "Kulanz" not in shown and "Entwurf" not in shown
    assert "Lüften Sie zuerst." in page(Client().get(HELP + "de/ofen-raucht/"))
    for path in ("de/kulanz-intern/", "de/entwurf/", "de/nichts/", "fr/", "fr/ofen-raucht/"):
        assert Client().get(HELP + path).status_code == 404


def test_what_is_being_changed_is_not_seen_before_it_is_published(company: Company, page: Said) -> None:
    article = a_public_one(company)
    save_text(
        article_id=article.pk,
        language="de",
        title="Ofen raucht",
        body="Neu und ungeprüft.",
        by=company.nina.pk,
        at=clock.now(),
    )
    assert "ungeprüft" not in page(Client().get(HELP + "de/ofen-raucht/"))
    retire(article_id=article.pk, by=company.lea.pk, at=clock.now())
    assert Client().get(HELP + "de/ofen-raucht/").status_code == 404


def test_a_company_without_anything_public_has_no_help_page(company: Company) -> None:
    for path in (HELP, HELP + "de/", HELP + "de/write/", HELP + "sitemap.xml", "/help/nobody/de/"):
        assert Client().get(path).status_code == 404


def test_another_companys_articles_are_not_found_here(company: Company, page: Said) -> None:
    a_public_one(company)
    theirs = a_company("moebelhaus", "Möbelhaus")
    with theirs.seen():
        article = start_article(
            title="Regal wackelt",
            language="de",
            body="Schrauben.",
            audience=Audience.PUBLIC,
            by=theirs.lea.pk,
            at=clock.now(),
        )
        publish(article_id=article.pk, language="de", by=theirs.lea.pk, at=clock.now())

    assert "regal-wackelt" not in page(Client().get(HELP + "de/", {"q": "Regal Schrauben"}))
    assert Client().get(HELP + "de/regal-wackelt/").status_code == 404


def test_pages_may_be_kept_and_carry_no_cookie(company: Company) -> None:
    a_public_one(company)
    for path in ("de/", "de/ofen-raucht/", "sitemap.xml"):
        answer = Client().get(HELP + path)
        assert answer["Cache-Control"] == "public, max-age=300"
        assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
        assert "http" not in answer["Content-Security-Policy"].replace("upgrade", "")
        again = Client().get(HELP + path, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304


def test_the_language_is_the_browsers_and_an_article_leads_to_the_one_it_has(company: Company) -> None:
    article = a_public_one(company)
    assert Client().get(HELP, headers={"Accept-Language": "en-GB,en"})["Location"] == HELP + "en/"
    assert Client().get(HELP, headers={"Accept-Language": "de-AT"})["Location"] == HELP + "de/"
    assert Client().get(HELP + "en/ofen-raucht/")["Location"] == HELP + "de/ofen-raucht/"

    save_text(
        article_id=article.pk,
        language="en",
        title="The stove smokes",
        body="Air first.",
        by=company.lea.pk,
        at=clock.now(),
    )
    publish(article_id=article.pk, language="en", by=company.lea.pk, at=clock.now())
    english = Client().get(HELP + "en/ofen-raucht/").content.decode()
    assert "The stove smokes" in english and 'hreflang="de"' in english and '<html lang="en"' in english


@pytest.mark.parametrize("words", ["Öfen", "oefen", "Kaminofen", "lueften", "raucht mein Ofen"])
def test_it_is_found_in_german_as_people_write_it(words: str, company: Company, page: Said) -> None:
    a_public_one(company)
    a_public_one(company, "Rechnung fehlt", "Im Postfach nachsehen.")

    shown = page(Client().get(HELP + "de/", {"q": words}))

    assert "Ofen raucht" in shown and "Rechnung fehlt" not in shown


def test_what_finds_nothing_is_noted_once_for_all_and_without_names(company: Company, page: Said) -> None:
    a_public_one(company)
    for words in ("Förderung Wärmepumpe", "wärmepumpe förderung", "Förderungen Wärmepumpen"):
        assert "noch keine Antwort" in page(Client().get(HELP + "de/", {"q": words}))
    Client().get(HELP + "de/", {"q": "Vertrag von Frau Moser 0821 555 0163"})

    question, other = OpenQuestion.objects.order_by("pk")
    assert question.askings.count() == 3 and question.owner == company.lea
    assert {one.source for one in Asking.objects.all()} == {Sources.HELP}
    assert "Moser" not in other.words and "555" not in other.words


def test_a_machine_that_searches_fills_no_list(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    a_public_one(company)
    for number in range(33):
        Client().get(HELP + "de/", {"q": f"unsinn{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}"})

    assert OpenQuestion.objects.count() == 30


def test_did_it_help_is_counted_and_nobody_remembered(company: Company, page: Said) -> None:
    a_public_one(company)
    for said in ("yes", "no", "no"):
        answer = Client(enforce_csrf_checks=True).post(HELP + "de/ofen-raucht/verdict/", {"helped": said})
        assert answer.status_code == 303 and not answer.cookies
    Client().post(HELP + "de/ofen-raucht/verdict/", {"helped": "yes"}, headers={"Sec-Fetch-Site": "cross-site"})
    Client().post(HELP + "de/ofen-raucht/verdict/", {"helped": "yes"}, headers={"Origin": "https://elsewhere.example"})

    verdict = Verdict.objects.get()
    assert (verdict.helped, verdict.missed) == (1, 2)
    assert "/write/?about=ofen-raucht" in page(Client().get(HELP + "de/ofen-raucht/", {"said": "no"}))


SAID = {
    "text": "Meine Waschmaschine pumpt nicht ab. Was kann ich tun?",
    "name": "Rosa Neu",
    "email": "rosa@kundin.example",
}


def test_writing_to_us_is_a_real_concern_with_an_honest_receipt(company: Company, mailbox: None, page: Said) -> None:
    a_public_one(company)
    answer = Client().post(HELP + "de/write/?about=ofen-raucht", SAID)
    concern = Conversation.objects.get()

    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert concern.customer.name == "Rosa Neu" and "Ofen raucht" in concern.subject and concern.is_live()
    assert concern.owner.name in page(answer)
    assert Message.objects.filter(automatic="RECEIPT").exists()


def test_a_second_click_says_nothing_new(company: Company, mailbox: None) -> None:
    a_public_one(company)
    for _ in range(2):
        assert Client().post(HELP + "de/write/", SAID).status_code == 200

    assert Conversation.objects.count() == 1


def test_who_writes_too_much_or_fills_in_everything_is_told_to_wait(company: Company, mailbox: None) -> None:
    a_public_one(company)
    assert Client().post(HELP + "de/write/", SAID | {"website": "https://spam.example"}).status_code == 422
    for number in range(6):
        answer = Client().post(HELP + "de/write/", SAID | {"text": f"Frage Nummer {number}: Wo ist meine Lieferung?"})

    assert answer.status_code == 422
    assert Conversation.objects.count() == 4


def test_writing_needs_words_an_address_and_our_own_page(company: Company) -> None:
    a_public_one(company)
    assert Client().post(HELP + "de/write/", {}).status_code == 422
    assert Client().post(HELP + "de/write/", SAID | {"email": "nobody"}).status_code == 422
    assert Client(enforce_csrf_checks=True).post(HELP + "de/write/", SAID).status_code == 403
    assert not Conversation.objects.exists()


def test_pictures_are_shown_where_a_published_text_shows_them(company: Company) -> None:
    article = a_public_one(company)
    pictures = [
        add_file(
            article_id=article.pk,
            enclosure=Enclosure(name=name, content_type="image/png", content=b"\x89PNG", sha256=""),
            by=company.lea.pk,
            at=clock.now(),
        )
        for name in ("gezeigt.png", "intern.png")
    ]
    assert Client().get(f"{HELP}files/{pictures[0].pk}/").status_code == 404
    body = f"![Sieb](file:{pictures[0].pk})"
    save_text(article_id=article.pk, language="de", title="Ofen raucht", body=body, by=company.lea.pk, at=clock.now())
    publish(article_id=article.pk, language="de", by=company.lea.pk, at=clock.now() + timedelta(minutes=1))

    assert Client().get(f"{HELP}files/{pictures[0].pk}/")["Content-Type"] == "image/png"
    assert Client().get(f"{HELP}files/{pictures[1].pk}/").status_code == 404


def test_search_engines_get_a_map_and_rules(company: Company) -> None:
    a_public_one(company)
    told = Client().get(HELP + "sitemap.xml").content.decode()
    assert told.startswith("<?xml") and "/help/heizwerk/de/ofen-raucht/</loc>" in told
    rules = Client().get("/robots.txt").content.decode()
    assert "Disallow: /\n" in rules and "Allow: /help/" in rules
    assert Client().get(HELP + "de/", {"q": "x"})["X-Robots-Tag"] == "noindex"


def test_an_hour_later_one_may_again() -> None:
    assert [door.may_again("test", "somebody", most=2) for _ in range(3)] == [True, True, False]
    assert door.may_again("test", "somebody else", most=2)
