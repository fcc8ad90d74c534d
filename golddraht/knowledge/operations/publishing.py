"""Showing an article to readers, and taking it away from them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from golddraht.knowledge.events import ArticlePublished, ArticleRetired, ArticleSaved
from golddraht.knowledge.models import Article, ArticleText, KeptMark, Version
from golddraht.knowledge.operations.indexing import index_text
from golddraht.knowledge.operations.writing import ArticleRefused
from golddraht.knowledge.queries.articles import marks_of
from golddraht.knowledge.rules import Audience, Refusal, State
from golddraht.knowledge.rules.personal import Mark, key_of
from golddraht.plumbing import bus
from golddraht.team.models import Membership
from golddraht.team.rules import Act, Role


class StillMarked(ArticleRefused):
    """Names or numbers stand in it that nobody has removed or kept deliberately: `marks`."""

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        super().__init__(Refusal.MARKS, "What may point at a person must be removed or kept deliberately first.")
        self.marks = marks


@transaction.atomic
def publish(*, article_id: int, language: str, by: int, at: datetime) -> Version:
    """Readers see the text as it was saved last. For colleagues anybody may do that, for everybody only leads.

    Raises StillMarked while a public text has marks that nobody has judged, and ArticleRefused without a text or a right.
    """
    article = Article.objects.select_for_update().get(pk=article_id)
    text = ArticleText.objects.select_related("article").filter(article=article, language=language).first()
    if text is None or not text.body.strip():
        raise ArticleRefused(Refusal.NO_WORDS, "There is nothing to publish in this language yet.")
    if article.audience == Audience.PUBLIC:
        refuse_others(by)
        if marks := tuple(one.mark for one in marks_of(text) if not one.kept_by):
            raise StillMarked(marks)
    return _published(article, text, by=by, at=at)


def refuse_others(by: int) -> None:
    """Raises ArticleRefused for whoever may not show anything to everybody."""
    role = Membership.objects.filter(pk=by, active=True).values_list("role", flat=True).first()
    if role is None or not Role(role).may(Act.PUBLISH_KNOWLEDGE):
        raise ArticleRefused(Refusal.NO_RIGHT, "Only leads show an article to everybody.")


def _published(article: Article, text: ArticleText, *, by: int, at: datetime) -> Version:
    version: Version = Version.objects.filter(text=text).order_by("-number")[:1].get()
    version.published_at, version.published_by_id = at, by
    version.save(update_fields=["published_at", "published_by"])
    text.published = version
    text.save(update_fields=["published"])
    Article.objects.filter(pk=article.pk).update(state=State.PUBLISHED, changed_at=at)
    index_text(text)
    bus.publish(ArticlePublished(article.pk, text.language, article.audience == Audience.PUBLIC, at))
    return version


@transaction.atomic
def keep_mark(*, article_id: int, words: str, by: int, at: datetime) -> None:
    """A name or number stays in the article on purpose, such as our own telephone number."""
    KeptMark.objects.get_or_create(article_id=article_id, words=key_of(words), defaults={"by_id": by, "at": at})


@transaction.atomic
def judge_mark_again(*, article_id: int, words: str) -> None:
    """It was kept by mistake."""
    KeptMark.objects.filter(article_id=article_id, words=key_of(words)).delete()


@transaction.atomic
def retire(*, article_id: int, by: int, at: datetime) -> Article:
    """Not true or not needed any more: nobody outside sees it, colleagues find it among the retired ones."""
    return _become(article_id, State.RETIRED, by=by, at=at)


@transaction.atomic
def bring_back(*, article_id: int, by: int, at: datetime) -> Article:
    """A retired article is a draft again; it is published like any other."""
    return _become(article_id, State.DRAFT, by=by, at=at)


def _become(article_id: int, state: State, *, by: int, at: datetime) -> Article:
    article: Article = Article.objects.select_for_update().get(pk=article_id)
    if article.audience == Audience.PUBLIC and article.state == State.PUBLISHED:
        refuse_others(by)
    article.state, article.changed_at = state, at
    article.save(update_fields=["state", "changed_at"])
    ArticleText.objects.filter(article=article).update(published=None, published_words=None)
    bus.publish(ArticleRetired(article.pk, at) if state is State.RETIRED else ArticleSaved(article.pk, at))
    return article
