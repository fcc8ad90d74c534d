from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation
from golddraht.knowledge.rules import Audience, State
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Article(TenantRow):
    """Something we know, in one language or two, with somebody who answers for it and a day on which it is looked at again."""

    slug = models.CharField(max_length=80)
    owner = TenantKey(Membership)
    audience = models.CharField(max_length=8, default=Audience.INTERNAL)
    state = models.CharField(max_length=10, default=State.DRAFT)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    review_on = models.DateField()
    # The owner has been told that the day has come.
    reminded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = TenantKey(Membership)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("knowledge_article", "owner", "created_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "slug"], name="article_slug_once"),
            models.CheckConstraint(condition=Q(audience__in=[one.value for one in Audience]), name="audience_is_known"),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="article_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["tenant", "-changed_at"], name="article_by_change"),
            models.Index(fields=["tenant", "review_on"], name="article_by_review"),
        ]


class ArticleSource(TenantRow):
    """A concern that an article was written or improved from: its customer must not be recognisable in it."""

    article = TenantKey(Article, on_delete=models.CASCADE, related_name="sources")
    conversation = TenantKey(Conversation)
    by = TenantKey(Membership)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("knowledge_articlesource", "article", "conversation", "by"),
            models.UniqueConstraint(fields=["tenant", "article", "conversation"], name="article_source_once"),
        ]


class KeptMark(TenantRow):
    """A name or number in an article that a person has looked at and left in on purpose."""

    article = TenantKey(Article, on_delete=models.CASCADE)
    # Folded, as `personal.key_of` gives it.
    words = models.CharField(max_length=200)
    by = TenantKey(Membership)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("knowledge_keptmark", "article", "by", traced=True),
            models.UniqueConstraint(fields=["tenant", "article", "words"], name="mark_kept_once"),
        ]
