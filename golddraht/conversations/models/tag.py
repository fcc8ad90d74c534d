from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Tag(TenantRow):
    """What is known of a tag besides its name, which stands at the concerns. A tag may be used without having a row here."""

    name = models.CharField(max_length=40)
    description = models.CharField(max_length=300, blank=True)
    # One of the twelve colours; None for plain.
    hue = models.PositiveSmallIntegerField(null=True)
    # Under which reasons the figures gather it; empty for none.
    group = models.CharField(max_length=40, blank=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_tag", "retired_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "name"], name="a_tag_is_described_once"),
            models.CheckConstraint(condition=Q(hue=None) | Q(hue__lt=12), name="hue_of_a_tag_is_known"),
        ]


class TagChange(TenantRow):
    """A tag was renamed, or became one with another: `old` means `new` from then on. Remembers what it takes to undo it."""

    old = models.CharField(max_length=40)
    new = models.CharField(max_length=40)
    by = TenantKey(Membership)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    # Who had the old one alone, and who had both.
    conversation_ids = ArrayField(models.BigIntegerField(), default=list)
    both_ids = ArrayField(models.BigIntegerField(), default=list)
    macro_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            *walls("conversations_tagchange", "by"),
            models.UniqueConstraint(
                fields=["tenant", "old"], condition=Q(undone_at=None), name="a_tag_means_one_other"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="a_tag_means_another"),
        ]
