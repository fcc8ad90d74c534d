"""Articles: finding and reading them, writing drafts, publishing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from golddraht.api.door import Token, Visitor, reading, writing
from golddraht.api.shapes.fields import IdInPath, Text, example
from golddraht.knowledge import operations as known
from golddraht.knowledge.queries import ArticleLine, Wanted, article_for, articles_for
from golddraht.knowledge.rules import Audience, Language, State
from golddraht.team.rules import Area

router = Router(tags=["articles"], auth=Token(Area.CONVERSATIONS))
WRITTEN = "2026-11-30T08:12:00Z"
SHOWN = {
    "id": 5,
    "slug": "ofen-raucht",
    "title": "Ofen raucht",
    "teaser": "Öffnen Sie zuerst die Fenster.",
    "languages": ["de", "en"],
    "audience": "PUBLIC",
    "state": "PUBLISHED",
    "owner_name": "Nina Aigner",
    "review_on": "2027-05-29",
    "is_due": False,
    "tags": ["Ofen"],
    "changed_at": WRITTEN,
}
SAID = {
    "language": "de",
    "title": "Ofen raucht",
    "body": "**Öffnen** Sie zuerst die Fenster.",
    "is_published": True,
    "has_changes": False,
}
Title = Annotated[str, Field(min_length=1, max_length=200)]
Body = Annotated[
    str, Field(max_length=60_000, description="In the light formatting of the pages, a small part of Markdown.")
]


class ArticleOut(Schema):
    """An article in a list."""

    id: int
    slug: str
    title: str
    teaser: str
    languages: list[str]
    audience: str
    state: str
    owner_name: str
    review_on: date
    is_due: bool
    tags: list[str]
    changed_at: datetime

    @staticmethod
    def of(line: ArticleLine) -> ArticleOut:
        told = {name: getattr(line, name) for name in ArticleOut.model_fields}
        return ArticleOut(**(told | {"languages": list(line.languages), "tags": list(line.tags)}))


class Articles(Schema):
    articles: list[ArticleOut]
    model_config = example(articles=[SHOWN])


class TextOut(Schema):
    """An article in one language as it was saved last; with `has_changes` readers see an older one."""

    language: str
    title: str
    body: str
    is_published: bool
    has_changes: bool

    @staticmethod
    def of(text: Any) -> TextOut:
        published = text.published
        has_changes = published is not None and (published.title, published.body) != (text.title, text.body)
        return TextOut(
            language=text.language,
            title=text.title,
            body=text.body,
            is_published=published is not None,
            has_changes=has_changes,
        )


class ArticleWithTexts(Schema):
    id: int
    slug: str
    audience: str
    state: str
    owner_name: str
    review_on: date
    tags: list[str]
    texts: list[TextOut]
    model_config = example(
        **{name: SHOWN[name] for name in ("id", "slug", "audience", "state", "owner_name", "review_on", "tags")},
        texts=[SAID],
    )

    @staticmethod
    def of(article: Any) -> ArticleWithTexts:
        return ArticleWithTexts(
            id=article.pk,
            slug=article.slug,
            audience=article.audience,
            state=article.state,
            owner_name=article.owner.name,
            review_on=article.review_on,
            tags=list(article.tags),
            texts=[TextOut.of(text) for text in article.texts.all()],
        )


class ArticleIn(Schema):
    """A draft; whoever the token speaks for answers for it."""

    title: Title
    language: Language = Language.DE
    body: Body = ""
    audience: Audience = Audience.INTERNAL
    tags: list[Annotated[str, Field(min_length=1, max_length=40)]] = Field([], max_length=12)
    model_config = example(
        title="Ofen raucht", language="de", body="Öffnen Sie zuerst die Fenster.", audience="PUBLIC", tags=["Ofen"]
    )


class TextIn(Schema):
    """A new version of the text in one language."""

    title: Title
    body: Text
    model_config = example(title="Ofen raucht", body="Öffnen Sie zuerst die Fenster.")


@router.get("", response=Articles)
def list_articles(
    request: HttpRequest,
    words: Annotated[str, Query(max_length=200)] = "",
    audience: Audience | None = None,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> Articles:
    """What fits the words best, else what changed last; retired ones only when `state` asks for them."""
    with reading(request) as visitor:
        wanted = Wanted(words=words, audience=audience or "", state=state or "")
        lines = articles_for(viewer=visitor.viewer, wanted=wanted, on=visitor.at.date(), limit=limit)
        return Articles(articles=[ArticleOut.of(line) for line in lines])


@router.get("/{article_id}", response=ArticleWithTexts)
def read_article(request: HttpRequest, article_id: IdInPath) -> ArticleWithTexts:
    """One article in all its languages."""
    with reading(request) as visitor:
        return _shown(visitor, article_id)


def _shown(visitor: Visitor, article_id: int) -> ArticleWithTexts:
    return ArticleWithTexts.of(article_for(viewer=visitor.viewer, article_id=article_id))


@router.post("", response={201: ArticleWithTexts})
def start(request: HttpRequest, told: ArticleIn) -> HttpResponse:
    """A draft with its first text."""

    def act(visitor: Visitor) -> tuple[int, ArticleWithTexts]:
        made = known.start_article(by=visitor.me, at=visitor.at, **told.model_dump())
        return 201, _shown(visitor, made.pk)

    return writing(request, act)


@router.put("/{article_id}/texts/{language}", response=ArticleWithTexts)
def save(request: HttpRequest, article_id: IdInPath, language: Language, told: TextIn) -> HttpResponse:
    """A new version in that language; readers see it when it is published."""

    def act(visitor: Visitor) -> tuple[int, ArticleWithTexts]:
        article = article_for(viewer=visitor.viewer, article_id=article_id)
        known.save_text(
            article_id=article.pk, language=language, title=told.title, body=told.body, by=visitor.me, at=visitor.at
        )
        return 200, _shown(visitor, article_id)

    return writing(request, act)


@router.post("/{article_id}/texts/{language}/publish", response=ArticleWithTexts)
def publish(request: HttpRequest, article_id: IdInPath, language: Language) -> HttpResponse:
    """Readers see the text as it was saved last. For everybody only leads may do that, and only when every mark was judged on the page."""

    def act(visitor: Visitor) -> tuple[int, ArticleWithTexts]:
        article = article_for(viewer=visitor.viewer, article_id=article_id)
        known.publish(article_id=article.pk, language=language, by=visitor.me, at=visitor.at)
        return 200, _shown(visitor, article_id)

    return writing(request, act)
