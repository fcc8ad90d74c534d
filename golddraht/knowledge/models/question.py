from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation
from golddraht.knowledge.models.article import Article
from golddraht.knowledge.rules import QuestionState
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class OpenQuestion(TenantRow):
    """What nobody could answer, however often and wherever it was asked: somebody owns it until it is answered or closed."""

    # As it was first asked, without what points at a person.
    words = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    stems = ArrayField(models.CharField(max_length=80), default=list)
    # The stems as one word: the same question is one row while it is open.
    key = models.CharField(max_length=200)
    owner = TenantKey(Membership)
    next_step = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=8, default=QuestionState.OPEN)
    article = TenantKey(Article, null=True)
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    latest_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("knowledge_openquestion", "owner", "article", "settled_by", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "language", "key"], condition=Q(state="OPEN"), name="question_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN") ^ Q(settled_at__isnull=False), name="settled_question_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="ANSWERED") | Q(article__isnull=False), name="answered_question_names_its_article"
            ),
            models.CheckConstraint(condition=~Q(state="CLOSED") | ~Q(reason=""), name="closed_question_has_a_reason"),
        ]
        indexes = [models.Index(fields=["tenant", "state", "-latest_at"], name="question_by_state")]


class Asking(TenantRow):
    """One time that nobody could answer: where it was, and in which concern. Never who searched."""

    question = TenantKey(OpenQuestion, on_delete=models.CASCADE, related_name="askings")
    source = models.CharField(max_length=10)
    words = models.CharField(max_length=200)
    conversation = TenantKey(Conversation, null=True)
    by = TenantKey(Membership, null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("knowledge_asking", "question", "conversation", "by"),
            models.UniqueConstraint(
                fields=["tenant", "question", "conversation"],
                condition=Q(conversation__isnull=False),
                name="concern_asks_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "question", "-at"], name="asking_of_question")]
