from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.conversations.models.conversation import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Escalation(TenantRow):
    """A next touch that passed unkept, told to the lead. One for each missed moment."""

    conversation = TenantKey(Conversation)
    missed_at = models.DateTimeField()
    lead = TenantKey(Membership)
    at = models.DateTimeField()
    # When the lead was told last: again every day for as long as the moment stays missed.
    told_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("conversations_escalation", "conversation", "lead", "taken_by"),
            models.UniqueConstraint(fields=["tenant", "conversation", "missed_at"], name="escalated_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "conversation"], condition=Q(taken_at=None), name="escalation_in_no_hand"),
        ]


class AutomaticHour(TenantRow):
    """How many automatic mails left in one hour; the brake that stops a run-away is a conditional update on it."""

    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("conversations_automatichour"),
            models.UniqueConstraint(fields=["tenant", "hour"], name="one_count_per_hour"),
        ]
