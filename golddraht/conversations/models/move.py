from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from golddraht.conversations.models.conversation import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Link(TenantRow):
    """Two concerns that have to do with each other."""

    earlier = TenantKey(Conversation)
    later = TenantKey(Conversation)
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_link", "earlier", "later", "by"),
            models.UniqueConstraint(fields=["tenant", "earlier", "later", "kind"], name="linked_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="nothing_links_to_itself"),
        ]


class Move(TenantRow):
    """What a merge or a split moved from one conversation to another, so that it can be undone."""

    source = TenantKey(Conversation)
    target = TenantKey(Conversation)
    kind = models.CharField(max_length=5, default="MERGE")
    message_ids = ArrayField(models.BigIntegerField(), default=list)
    note_ids = ArrayField(models.BigIntegerField(), default=list)
    milestone_ids = ArrayField(models.BigIntegerField(), default=list)
    inquiry_ids = ArrayField(models.BigIntegerField(), default=list)
    goodwill_ids = ArrayField(models.BigIntegerField(), default=list)
    status_before = models.CharField(max_length=10)
    next_touch_before = models.DateTimeField(null=True)
    target_status_before = models.CharField(max_length=10, default="")
    target_solved_before = models.DateTimeField(null=True)
    target_quiet_before = models.CharField(max_length=40, default="")
    by = TenantKey(Membership, null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [*walls("conversations_move", "source", "target", "by")]
