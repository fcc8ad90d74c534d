from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from golddraht.knowledge.models.article import Article
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class ArticleText(TenantRow):
    """An article in one language, as it was saved last. What readers see is `published`, which may be older."""

    article = TenantKey(Article, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    body = models.TextField()
    published = TenantKey("knowledge.Version", null=True)
    # What is found in the text as it was saved last, and in what is published.
    words = SearchVectorField(null=True)
    published_words = SearchVectorField(null=True)

    class Meta:
        constraints = [
            *walls("knowledge_articletext", "article", "published"),
            models.UniqueConstraint(fields=["tenant", "article", "language"], name="one_text_per_language"),
        ]
        indexes = [
            GinIndex(fields=["words"], name="article_words"),
            GinIndex(fields=["published_words"], name="article_published_words"),
        ]


class Version(TenantRow):
    """A text as it was saved once. Never changed, never removed."""

    text = TenantKey(ArticleText, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    by = TenantKey(Membership)
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("knowledge_version", "text", "by", "published_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "text", "number"], name="version_number_once"),
        ]


class Draft(TenantRow):
    """What somebody is writing and has not saved yet."""

    article = TenantKey(Article, on_delete=models.CASCADE)
    language = models.CharField(max_length=2)
    member = TenantKey(Membership)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("knowledge_draft", "article", "member"),
            models.UniqueConstraint(fields=["tenant", "article", "language", "member"], name="one_draft_each"),
        ]


class Verdict(TenantRow):
    """How many readers of the help page a text helped on one day, and how many it did not. Nobody is remembered."""

    text = TenantKey(ArticleText, on_delete=models.CASCADE)
    on = models.DateField()
    helped = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("knowledge_verdict", "text"),
            models.UniqueConstraint(fields=["tenant", "text", "on"], name="one_verdict_a_day"),
        ]
