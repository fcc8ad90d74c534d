from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership, Team


class TextModule(TenantRow):
    """Words that are often needed, with placeholders; for everybody, or for one team, in one language or any."""

    name = models.CharField(max_length=80)
    # What is typed behind the stroke: folded, without blanks.
    short = models.CharField(max_length=30)
    # Empty where it serves in every language.
    language = models.CharField(max_length=8, blank=True)
    team = TenantKey(Team, on_delete=models.CASCADE, null=True)
    text = models.TextField()
    used = models.PositiveIntegerField(default=0)
    made_by = TenantKey(Membership, null=True)
    made_at = models.DateTimeField()
    # Taken out of use. Macros that answered with it can still tell what it was.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("conversations_textmodule", "team", "made_by"),
            models.UniqueConstraint(
                fields=["tenant", "short", "language", "team"],
                condition=Q(retired_at=None),
                nulls_distinct=False,
                name="one_text_module_by_short_name",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(short=""), name="a_text_module_says_something"),
        ]
