from __future__ import annotations

from django.db import models

from golddraht.plumbing.tenancy import TenantRow, walls


class Word(TenantRow):
    """A stem that occurs in some article: what a question is widened to. It outlives its article and harms nobody."""

    language = models.CharField(max_length=2)
    stem = models.CharField(max_length=80)

    class Meta:
        constraints = [
            *walls("knowledge_word"),
            models.UniqueConstraint(fields=["tenant", "language", "stem"], name="word_known_once"),
        ]
