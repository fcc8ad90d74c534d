from __future__ import annotations

from django.db import models

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class AutomaticText(TenantRow):
    """How a company says one of its automatic messages in one language; without a row the shipped words are said."""

    # One of Automatic (rules.py).
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_automatictext", "changed_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "kind", "language"], name="one_text_per_kind_and_language"),
        ]
