"""Articles as colleagues see them: in a list, whole, and with what still stands in the way of showing them to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Prefetch, Q, QuerySet

from golddraht.conversations.models import Message
from golddraht.conversations.rules import Direction
from golddraht.knowledge.models import Article, ArticleFile, ArticleSource, ArticleText, Draft, KeptMark, Version
from golddraht.knowledge.queries.searching import texts_with
from golddraht.knowledge.rules import LANGUAGES, TOLD_THE_LEAD_AFTER, State
from golddraht.knowledge.rules.formatting import teaser
from golddraht.knowledge.rules.personal import Mark, marks_in
from golddraht.team.rules import Act


class Seer(Protocol):
    """Whoever looks: a signed-in member, speaking for one tenant."""

    @property
    def tenant_id(self) -> int: ...

    @property
    def membership_id(self) -> int: ...

    def may(self, act: Act) -> bool: ...


class NoSuchArticle(LookupError):
    """There is none, or the viewer may not see it: the same answer for both."""


@dataclass(frozen=True)
class ArticleLine:
    """An article in a list, in the language asked for or the one it has."""

    id: int
    slug: str
    title: str
    teaser: str
    language: str
    languages: tuple[str, ...]
    audience: str
    state: str
    owner_id: int
    owner_name: str
    review_on: date
    is_due: bool
    tags: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True)
class Wanted:
    """What a list of articles is narrowed to."""

    words: str = ""
    language: str = "de"
    audience: str = ""
    state: str = ""
    tag: str = ""
    is_mine: bool = False
    is_due: bool = False


def articles_for(*, viewer: Seer, wanted: Wanted, on: date, limit: int = 100) -> list[ArticleLine]:
    """The best fits first where words are given, else what changed last. Retired ones only when asked for."""
    rows = _narrowed(Article.objects.filter(tenant_id=viewer.tenant_id), viewer, wanted, on)
    ranks: dict[int, float] = {}
    if wanted.words:
        ranks = _ranked_articles(wanted.words)
        rows = rows.filter(pk__in=list(ranks))
    found = list(rows.select_related("owner").prefetch_related("texts").order_by("-changed_at", "-pk")[:limit])
    found.sort(key=lambda row: -ranks.get(row.pk, 0))
    return [_line(row, wanted.language, on) for row in found]


def _narrowed(rows: QuerySet[Any], viewer: Seer, wanted: Wanted, on: date) -> QuerySet[Any]:
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=State.RETIRED)
    if wanted.audience:
        rows = rows.filter(audience=wanted.audience)
    if wanted.tag:
        rows = rows.filter(tags__contains=[wanted.tag])
    if wanted.is_mine:
        rows = rows.filter(owner_id=viewer.membership_id)
    return rows.filter(_due_for(viewer, on)) if wanted.is_due else rows


def _ranked_articles(words: str) -> dict[int, float]:
    """Articles by how well one of their texts fits, in whatever language."""
    ranks: dict[int, float] = {}
    for language in LANGUAGES:
        ranks |= texts_with(words, language=language, published_only=False)
    articles: dict[int, float] = {}
    for pk, article_id in ArticleText.objects.filter(pk__in=list(ranks)).values_list("pk", "article_id"):
        articles[article_id] = max(articles.get(article_id, 0), ranks[pk])
    return articles


def _due_for(viewer: Seer, on: date) -> Q:
    """What waits for this person to look at it: their own; for leads what has waited for long or belongs to nobody here."""
    is_due = Q(review_on__lte=on) & ~Q(state=State.RETIRED)
    mine = Q(owner_id=viewer.membership_id)
    if viewer.may(Act.PUBLISH_KNOWLEDGE):
        mine |= Q(owner__active=False) | Q(review_on__lte=on - TOLD_THE_LEAD_AFTER)
    return is_due & mine


def reviews_due(*, viewer: Seer, on: date) -> int:
    """How many articles wait for this person to look whether they are still true."""
    return Article.objects.filter(_due_for(viewer, on), tenant_id=viewer.tenant_id).count()


def tags_of_articles(*, viewer: Seer) -> list[tuple[str, int]]:
    """The tags in use, the commonest first."""
    counts: dict[str, int] = {}
    rows = Article.objects.filter(tenant_id=viewer.tenant_id).exclude(state=State.RETIRED).exclude(tags=[])
    for tags in rows.values_list("tags", flat=True):
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _line(row: Article, language: str, on: date) -> ArticleLine:
    texts = {text.language: text for text in row.texts.all()}
    text = texts.get(language) or next(iter(texts.values()), None)
    return ArticleLine(
        id=row.pk,
        slug=row.slug,
        title=text.title if text else row.slug,
        teaser=teaser(text.body) if text else "",
        language=text.language if text else language,
        languages=tuple(sorted(texts)),
        audience=row.audience,
        state=row.state,
        owner_id=row.owner_id,
        owner_name=row.owner.name,
        review_on=row.review_on,
        is_due=row.review_on <= on and row.state != State.RETIRED,
        tags=tuple(row.tags),
        changed_at=row.changed_at,
    )


def article_for(*, viewer: Seer, article_id: int) -> Article:
    """The article with owner, texts, their published versions and files. Raises NoSuchArticle."""
    texts = ArticleText.objects.select_related("published__published_by").order_by("language")
    rows = Article.objects.filter(pk=article_id, tenant_id=viewer.tenant_id)
    found = (
        rows.select_related("owner")
        .prefetch_related(
            Prefetch("texts", texts),
            Prefetch("files", ArticleFile.objects.order_by("pk")),
            Prefetch("sources", ArticleSource.objects.select_related("conversation").order_by("at")),
        )
        .first()
    )
    if found is None:
        raise NoSuchArticle(article_id)
    article: Article = found
    return article


def text_of(article: Article, language: str) -> ArticleText | None:
    """Its text in that language, if there is one."""
    return next((text for text in article.texts.all() if text.language == language), None)


def versions_of(text: ArticleText) -> list[Version]:
    """Everything it has been, the newest first."""
    rows = Version.objects.filter(text=text).select_related("by", "published_by")
    return list(rows.order_by("-number"))


def draft_of(*, article_id: int, language: str, member_id: int) -> Draft | None:
    """What this person was writing and has not saved."""
    found: Draft | None = Draft.objects.filter(article_id=article_id, language=language, member_id=member_id).first()
    return found


def others_writing(*, article_id: int, language: str, member_id: int, at: datetime) -> list[str]:
    """Who else has been writing in it within the last quarter of an hour."""
    rows = Draft.objects.filter(article_id=article_id, language=language, at__gt=at - timedelta(minutes=15))
    return list(rows.exclude(member_id=member_id).values_list("member__name", flat=True))


def file_of(*, viewer: Seer, file_id: int) -> ArticleFile:
    """Raises NoSuchArticle."""
    found: ArticleFile | None = ArticleFile.objects.filter(pk=file_id, tenant_id=viewer.tenant_id).first()
    if found is None:
        raise NoSuchArticle(file_id)
    return found


@dataclass(frozen=True)
class Standing:
    """A mark in a text, and who kept it deliberately; empty while nobody has."""

    mark: Mark
    kept_by: str


def marks_of(text: ArticleText) -> list[Standing]:
    """What in the title and the text may point at a person, each piece once."""
    names = names_behind(text.article)
    kept = dict(KeptMark.objects.filter(article_id=text.article_id).values_list("words", "by__name"))
    found: dict[str, Standing] = {}
    for mark in marks_in(f"{text.title}\n\n{text.body}", names):
        found.setdefault(mark.key, Standing(mark, kept.get(mark.key, "")))
    return list(found.values())


def names_behind(article: Article) -> list[str]:
    """The people of the concerns it was written from."""
    sources = ArticleSource.objects.filter(article=article)
    concerns = sources.values("conversation_id")
    said = Message.objects.filter(conversation_id__in=concerns, direction=Direction.IN, inquiry=None)
    writers = said.exclude(author_name="").values_list("author_name", flat=True).distinct()
    return [*sources.values_list("conversation__customer__name", flat=True), *writers]
