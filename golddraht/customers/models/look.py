from __future__ import annotations

from django.db import models

from golddraht.plumbing.tenancy import TenantRow, walls


class Look(TenantRow):
    """How far everybody was looked at by one version of the rules: up to the customer `through`, the watermark."""

    rules = models.CharField(max_length=80)
    through = models.BigIntegerField(default=0)
    looked = models.BigIntegerField(default=0)
    pairs = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    # When it came to the end for the first time; from then on it only follows whoever is new.
    came_round_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("customers_look"),
            models.UniqueConstraint(fields=["tenant", "rules"], name="one_look_by_the_same_rules"),
        ]
