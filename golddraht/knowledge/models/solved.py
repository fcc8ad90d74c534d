from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from golddraht.conversations.models import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class SolvedConcern(TenantRow):
    """What was asked in a solved concern and what solved it, kept ready for the next one like it."""

    conversation = TenantKey(Conversation)
    language = models.CharField(max_length=2)
    question = models.CharField(max_length=600)
    answer = models.TextField()
    is_confirmed = models.BooleanField()
    solved_at = models.DateTimeField()
    words = SearchVectorField(null=True)

    class Meta:
        constraints = [
            *walls("knowledge_solvedconcern", "conversation"),
            models.UniqueConstraint(fields=["tenant", "conversation"], name="concern_solved_once"),
        ]
        indexes = [GinIndex(fields=["words"], name="solved_words")]
