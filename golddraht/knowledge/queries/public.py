"""What everybody may read: published texts of public articles, and nothing else of the tenant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from golddraht.knowledge.models import Article, ArticleFile, ArticleText
from golddraht.knowledge.queries.searching import texts_with
from golddraht.knowledge.rules import Audience, State
from golddraht.knowledge.rules.formatting import files_in, teaser

MOST_FOUND = 20


class NotPublic(LookupError):
    """There is none, or not for everybody: the same answer for both."""


@dataclass(frozen=True)
class PublicLine:
    """A text in a list of the help page."""

    text_id: int
    slug: str
    language: str
    title: str
    teaser: str
    tags: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True)
class PublicText:
    """A text of the help page, whole; `languages` are those in which it is published."""

    text_id: int
    article_id: int
    slug: str
    language: str
    title: str
    body: str
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    published_at: datetime


def _shown() -> QuerySet[Any]:
    rows = ArticleText.objects.filter(
        published__isnull=False, article__audience=Audience.PUBLIC, article__state=State.PUBLISHED
    )
    return rows.select_related("article", "published")


def is_anything_public() -> bool:
    """Whether the tenant being seen has a help page at all."""
    return bool(_shown().exists())


def latest_change() -> datetime | None:
    """When anything on the help page changed last."""
    moment: datetime | None = Article.objects.filter(audience=Audience.PUBLIC).aggregate(at=Max("changed_at"))["at"]
    return moment


def public_texts(*, language: str) -> list[PublicLine]:
    """One text of every article: in that language, else in the one there is; in the order of their titles."""
    chosen: dict[int, Any] = {}
    for text in _shown().order_by("pk"):
        if text.article_id not in chosen or text.language == language:
            chosen[text.article_id] = text
    return sorted((_line(text) for text in chosen.values()), key=lambda line: (line.language != language, line.title))


def published_addresses() -> list[tuple[str, str, datetime]]:
    """Language, slug and moment of every text, for the map of the site."""
    return [(text.language, text.article.slug, text.published.published_at) for text in _shown().order_by("pk")]


def public_search(words: str, *, language: str, most: int = MOST_FOUND) -> list[PublicLine]:
    """The texts that answer, the best first; those in another language only where this one has none."""
    for tongue in (language, *({"de", "en"} - {language})):
        ranks = texts_with(words, language=tongue, published_only=True, most=most)
        found = sorted(_shown().filter(pk__in=list(ranks), language=tongue), key=lambda text: -ranks[text.pk])
        if found:
            return [_line(text) for text in found]
    return []


def _line(text: Any) -> PublicLine:
    return PublicLine(
        text_id=text.pk,
        slug=text.article.slug,
        language=text.language,
        title=text.published.title,
        teaser=teaser(text.published.body),
        tags=tuple(text.article.tags),
        changed_at=text.published.published_at,
    )


def public_text(*, slug: str, language: str) -> PublicText:
    """In that language, else in the one there is: its `language` says which. Raises NotPublic."""
    texts = {text.language: text for text in _shown().filter(article__slug=slug)}
    text = texts.get(language) or next(iter(texts.values()), None)
    if text is None:
        raise NotPublic(slug)
    return PublicText(
        text_id=text.pk,
        article_id=text.article_id,
        slug=slug,
        language=text.language,
        title=text.published.title,
        body=text.published.body,
        languages=tuple(sorted(texts)),
        tags=tuple(text.article.tags),
        published_at=text.published.published_at,
    )


def public_file(file_id: int) -> ArticleFile:
    """A file that a published text shows. Raises NotPublic for any other, also of the same article."""
    found: ArticleFile | None = ArticleFile.objects.filter(pk=file_id).first()
    texts = _shown().filter(article_id=found.article_id) if found else []
    if found is None or not any(file_id in files_in(text.published.body) for text in texts):
        raise NotPublic(file_id)
    return found
