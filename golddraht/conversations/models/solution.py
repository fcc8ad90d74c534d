from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from golddraht.conversations.models.conversation import Conversation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Solution(TenantRow):
    """A proposal that the concern is solved, and what came of it; confirmed and presumed are never the same (M1)."""

    conversation = TenantKey(Conversation)
    proposed_at = models.DateTimeField()
    proposed_by = TenantKey(Membership)
    asked_again_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    objection = models.TextField(blank=True)
    presumed_at = models.DateTimeField(null=True)
    recurred_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # When it became what it is now: the latest of its fates counts, on its day.
    over_at = models.GeneratedField(
        expression=Coalesce("recurred_at", "objected_at", "confirmed_at", "presumed_at"),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )

    class Meta:
        constraints = [
            *walls("conversations_solution", "conversation", "proposed_by"),
            models.UniqueConstraint(
                fields=["tenant", "conversation"],
                condition=Q(confirmed_at=None, objected_at=None, presumed_at=None, withdrawn_at=None),
                name="one_open_proposal_per_conversation",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(presumed_at=None),
                name="confirmed_is_not_presumed",
            ),
            models.CheckConstraint(
                condition=Q(presumed_at=None) | Q(asked_again_at__isnull=False),
                name="nothing_is_presumed_without_asking_twice",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "over_at"], name="solution_by_end")]


class Goodwill(TenantRow):
    """What an owner granted to put things right, with its reason."""

    conversation = TenantKey(Conversation)
    granted_by = TenantKey(Membership)
    cents = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("conversations_goodwill", "conversation", "granted_by", traced=True),
            models.CheckConstraint(condition=~Q(reason=""), name="goodwill_has_a_reason"),
        ]
