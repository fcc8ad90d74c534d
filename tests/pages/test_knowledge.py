"""What we know: written, compared, published, looked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from golddraht.knowledge.models import Article, ArticleFile, Draft, KeptMark, Version
from golddraht.knowledge.operations import publish, save_text, start_article
from golddraht.knowledge.rules import Audience, State
from golddraht.plumbing import clock
from tests.cast import Company
from tests.pages.conftest import Browser

pytestmark = pytest.mark.django_db
Said = Callable[[Any], str]
PLACE = "/t/heizwerk/knowledge/"


def an_article(
    company: Company, title: str = "Ofen raucht", body: str = "## Lösung\n\nLüften Sie.", **more: Any
) -> Article:
    return start_article(title=title, language="de", body=body, by=company.nina.pk, at=clock.now(), **more)


@pytest.fixture
def lea(company: Company, signed_in: Browser) -> Client:
    return signed_in(company.lea)


def test_from_a_title_to_a_published_article(company: Company, nina: Client, page: Said) -> None:
    begun = nina.post(PLACE + "new/", {"title": "Warum raucht mein Ofen?", "language": "de", "audience": "INTERNAL"})
    article = Article.objects.get()
    assert begun["Location"] == f"{PLACE}{article.pk}/de/write/"
    typed = {"title": "Warum raucht mein Ofen?", "body": "**Lüften** Sie.", "act": "publish"}
    saved = nina.post(begun["Location"], typed)
    assert saved["Location"] == f"{PLACE}{article.pk}/de/publish/"
    nina.post(saved["Location"])

    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    assert "<strong>Lüften</strong> Sie." in page(nina.get(f"{PLACE}{article.pk}/"))


def test_what_is_written_keeps_itself_and_comes_back(company: Company, nina: Client, page: Said) -> None:
    article = an_article(company)
    kept = nina.post(f"{PLACE}{article.pk}/de/draft/", {"title": "Neu", "body": "halb fertig"})
    assert "gesichert" in kept.json()["said"]
    shown = page(nina.get(f"{PLACE}{article.pk}/de/write/"))
    assert "halb fertig" in shown

    nina.post(f"{PLACE}{article.pk}/de/write/", {"act": "drop"})
    assert not Draft.objects.exists()


def test_who_else_writes_is_said(company: Company, nina: Client, signed_in: Browser, page: Said) -> None:
    article = an_article(company)
    signed_in(company.tom).post(f"{PLACE}{article.pk}/de/draft/", {"title": "x", "body": "y"})

    assert "Tom Berger" in page(nina.get(f"{PLACE}{article.pk}/de/write/"))


def test_versions_are_compared_and_brought_back(company: Company, nina: Client, page: Said) -> None:
    article = an_article(company)
    save_text(
        article_id=article.pk,
        language="de",
        title="Ofen raucht",
        body="## Lösung\n\nHeizen Sie.",
        by=company.nina.pk,
        at=clock.now(),
    )
    shown = page(nina.get(f"{PLACE}{article.pk}/de/versions/"))
    assert "Heizen Sie.</ins>" in shown and "Lüften Sie.</del>" in shown

    nina.post(f"{PLACE}{article.pk}/de/versions/1/restore/")
    assert Version.objects.count() == 3


def test_a_public_article_waits_for_a_lead_and_for_every_mark(
    company: Company, nina: Client, lea: Client, page: Said
) -> None:
    article = an_article(company, body="Frau Moser fragte.", audience=Audience.PUBLIC)
    url = f"{PLACE}{article.pk}/de/publish/"
    assert nina.post(url).status_code == 422
    refused = lea.post(url)
    assert refused.status_code == 422 and "Frau Moser</mark>" in page(refused)

    lea.post(f"{PLACE}{article.pk}/de/mark/", {"words": "Frau Moser", "act": "keep"})
    assert KeptMark.objects.get().by == company.lea
    assert lea.post(url).status_code == 302


def test_the_list_is_searched_and_narrowed(company: Company, nina: Client, page: Said) -> None:
    an_article(company)
    an_article(company, "Rechnung fehlt", "Schauen Sie ins Postfach.", tags=["Rechnung"])
    assert "Rechnung fehlt" not in page(nina.get(PLACE, {"q": "öfen rauchen"}))
    assert "Ofen raucht" not in page(nina.get(PLACE, {"tag": "Rechnung"}))
    assert "Nichts passt" in page(nina.get(PLACE, {"state": "RETIRED"}))
    assert nina.get(PLACE, {"state": "nonsense", "audience": "x", "whose": "y"}).status_code == 200


def test_an_empty_place_says_how_to_begin(nina: Client, page: Said) -> None:
    assert "Noch ist nichts aufgeschrieben" in page(nina.get(PLACE))


def test_owner_review_and_audience(company: Company, nina: Client) -> None:
    article = an_article(company)
    said = {"owner_id": company.tom.pk, "review_on": "2031-01-01", "audience": "PUBLIC", "tags": "Ofen, Rauch"}
    nina.post(f"{PLACE}{article.pk}/furnish/", said)
    article.refresh_from_db()
    assert (article.owner, article.audience, article.tags) == (company.tom, "PUBLIC", ["Ofen", "Rauch"])

    assert nina.post(f"{PLACE}{article.pk}/furnish/", said | {"review_on": "2001-01-01"}).status_code == 422


def test_a_picture_is_added_shown_and_removed(company: Company, nina: Client, page: Said) -> None:
    article = an_article(company)
    png = SimpleUploadedFile("sieb.png", b"\x89PNG\r\n", content_type="image/png")
    nina.post(f"{PLACE}{article.pk}/files/", {"file": png, "language": "de"})
    file = ArticleFile.objects.get()
    save_text(
        article_id=article.pk,
        language="de",
        title="T",
        body=f"![Sieb](file:{file.pk})",
        by=company.nina.pk,
        at=clock.now(),
    )
    url = f"{PLACE}{article.pk}/files/{file.pk}/"
    assert f'<img src="{url}"' in page(nina.get(f"{PLACE}{article.pk}/"))
    assert nina.get(url)["Content-Type"] == "image/png"

    nina.post(url + "remove/")
    assert "<img" not in page(nina.get(f"{PLACE}{article.pk}/")).partition("article-text")[2].partition("</article>")[0]
    assert nina.get(url).status_code == 404


def test_what_waits_for_a_review_is_said_beside_the_place(company: Company, nina: Client, page: Said) -> None:
    article = an_article(company, review_on=clock.now().date())
    assert nina.get(PLACE + "waiting/").content == b"1"
    assert "Ofen raucht" in page(nina.get(PLACE, {"whose": "due"}))

    nina.post(f"{PLACE}{article.pk}/reviewed/")
    assert nina.get(PLACE + "waiting/").content == b""


def test_a_retired_article_is_found_among_the_retired(company: Company, nina: Client, page: Said) -> None:
    article = an_article(company)
    nina.post(f"{PLACE}{article.pk}/retire/")
    assert "Ofen raucht" not in page(nina.get(PLACE))
    assert "Ofen raucht" in page(nina.get(PLACE, {"state": "RETIRED"}))
    nina.post(f"{PLACE}{article.pk}/back/")
    assert "Ofen raucht" in page(nina.get(PLACE))


def test_a_language_that_is_none_does_not_exist(company: Company, nina: Client) -> None:
    article = an_article(company)
    for path in ("fr/write/", "en/publish/", "en/versions/"):
        assert nina.get(f"{PLACE}{article.pk}/{path}").status_code == 404


def test_the_list_asks_no_more_for_more_articles(company: Company, nina: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            nina.get(PLACE)
        return len(queries)

    an_article(company)
    asked()  # The first look of a while also notes when the session was last used.
    few = asked()
    for number in range(4):
        publish(article_id=an_article(company, f"Nr. {number}").pk, language="de", by=company.nina.pk, at=clock.now())
    assert asked() == few
