from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantRow, walls


class ConsentText(TenantRow):
    """What is agreed to, word for word: one version for one purpose, way and language. Never changed, a new one follows it."""

    purpose = models.CharField(max_length=10)
    way = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    words = models.TextField()
    since = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("consent_consenttext", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "purpose", "way", "language", "version"], name="one_text_of_a_version"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="consent_text_says_something"),
        ]
