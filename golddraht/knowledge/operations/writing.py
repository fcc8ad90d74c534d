"""Writing: a new article, its text in a language, what is not saved yet, and going back to an earlier version."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from golddraht.ground.text import one_line, without_control
from golddraht.knowledge.events import ArticleSaved
from golddraht.knowledge.models import Article, ArticleSource, ArticleText, Draft, Version
from golddraht.knowledge.operations.indexing import index_text
from golddraht.knowledge.rules import LANGUAGES, REVIEWED_EVERY, Audience, Refusal, State, slug_for
from golddraht.plumbing import bus
from golddraht.team.models import Membership

MOST_TAGS = 12
LONGEST_BODY = 60_000


class ArticleRefused(ValueError):
    """Something about an article cannot be done like that; `reason` says what stands in the way."""

    def __init__(self, reason: Refusal, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@transaction.atomic
def start_article(
    *,
    title: str,
    language: str,
    by: int,
    at: datetime,
    body: str = "",
    audience: Audience = Audience.INTERNAL,
    owner_id: int | None = None,
    tags: list[str] | None = None,
    review_on: date | None = None,
    source_id: int | None = None,
) -> Article:
    """A draft with its first text. Whoever starts it answers for it, unless `owner_id` names somebody. Raises ArticleRefused."""
    article: Article = Article.objects.create(
        slug=_free_slug(title),
        owner_id=owner_id or by,
        audience=audience,
        tags=_tags(tags or []),
        review_on=review_on or (at + REVIEWED_EVERY).date(),
        created_at=at,
        created_by_id=by,
        changed_at=at,
    )
    save_text(article_id=article.pk, language=language, title=title, body=body, source_id=source_id, by=by, at=at)
    return article


def _free_slug(title: str) -> str:
    """The slug of this title that no other article has; who looks at the same moment meets the unique key."""
    slug = slug_for(title)
    taken = set(Article.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(one for one in [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))] if one not in taken)


def _tags(tags: list[str]) -> list[str]:
    told = [one_line(tag, 40) for tag in tags if tag.strip()]
    return list(dict.fromkeys(told))[:MOST_TAGS]


@transaction.atomic
def save_text(
    *, article_id: int, language: str, title: str, body: str, by: int, at: datetime, source_id: int | None = None
) -> Version:
    """A new version of the text in that language; the writer's draft is done with. Readers see what is published.

    Saving what stands there already makes no version. `source_id` is the concern it was improved from. Raises ArticleRefused without a title.
    """
    assert language in LANGUAGES
    title, body = one_line(title, 200), without_control(body).strip()[:LONGEST_BODY]
    if not title:
        raise ArticleRefused(Refusal.NO_WORDS, "An article needs a title.")
    article = Article.objects.select_for_update().get(pk=article_id)
    if source_id is not None:
        told = {"by_id": by, "at": at}
        ArticleSource.objects.get_or_create(article=article, conversation_id=source_id, defaults=told)
    text, _ = ArticleText.objects.get_or_create(article=article, language=language)
    Draft.objects.filter(article=article, language=language, member_id=by).delete()
    latest = Version.objects.filter(text=text).order_by("-number").first()
    if latest is not None and (latest.title, latest.body) == (title, body):
        return latest
    return _saved(article, text, title, body, by=by, at=at)


def _saved(article: Article, text: ArticleText, title: str, body: str, *, by: int, at: datetime) -> Version:
    number = Version.objects.filter(text=text).aggregate(latest=Max("number"))["latest"] or 0
    version: Version = Version.objects.create(text=text, number=number + 1, title=title, body=body, by_id=by, at=at)
    text.title, text.body = title, body
    text.save(update_fields=["title", "body"])
    Article.objects.filter(pk=article.pk).update(changed_at=at)
    index_text(text)
    bus.publish(ArticleSaved(article.pk, at))
    return version


@transaction.atomic
def restore_version(*, version_id: int, by: int, at: datetime) -> Version:
    """An earlier version becomes the newest one; what came between stays in the list."""
    version = Version.objects.select_related("text").get(pk=version_id)
    return save_text(
        article_id=version.text.article_id,
        language=version.text.language,
        title=version.title,
        body=version.body,
        by=by,
        at=at,
    )


@transaction.atomic
def keep_draft(*, article_id: int, language: str, title: str, body: str, by: int, at: datetime) -> Draft:
    """What somebody is writing, on every device of theirs, until they save it."""
    assert language in LANGUAGES
    draft, _ = Draft.objects.update_or_create(
        article_id=article_id,
        language=language,
        member_id=by,
        defaults={"title": one_line(title, 200), "body": without_control(body)[:LONGEST_BODY], "at": at},
    )
    kept: Draft = draft
    return kept


@transaction.atomic
def drop_draft(*, article_id: int, language: str, by: int) -> None:
    """What was not saved is not wanted."""
    Draft.objects.filter(article_id=article_id, language=language, member_id=by).delete()


@transaction.atomic
def furnish(
    *, article_id: int, owner_id: int, review_on: date, tags: list[str], audience: Audience, by: int, at: datetime
) -> Article:
    """Who answers for it, when it is looked at again, and for whom it is.

    What colleagues could read and everybody shall read is a draft again: it goes through the publishing once more.
    Raises ArticleRefused for an owner who does not work here and for a day that has passed.
    """
    article = Article.objects.select_for_update().get(pk=article_id)
    if not Membership.objects.filter(pk=owner_id, tenant=article.tenant, active=True).exists():
        raise ArticleRefused(Refusal.NO_RIGHT, "The owner must be an active colleague.")
    if review_on <= at.date() and review_on != article.review_on:
        raise ArticleRefused(Refusal.PAST, "Choose a day to come for the next review.")
    if audience == Audience.PUBLIC and article.audience == Audience.INTERNAL and article.state == State.PUBLISHED:
        _hide(article)
    article.owner_id, article.review_on, article.tags, article.audience = owner_id, review_on, _tags(tags), audience
    article.reminded_at = None
    article.changed_at = at
    article.save()
    for text in ArticleText.objects.filter(article=article).select_related("article", "published"):
        index_text(text)
    bus.publish(ArticleSaved(article.pk, at))
    return article


def _hide(article: Article) -> None:
    article.state = State.DRAFT
    ArticleText.objects.filter(article=article).update(published=None, published_words=None)
