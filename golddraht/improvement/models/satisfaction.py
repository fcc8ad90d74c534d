from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation, Solution
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class AskingPolicy(TenantRow):
    """Whether customers are asked how it was, since when, and who has said that it is allowed. Without a row nobody is asked."""

    since = models.DateTimeField(null=True)
    by = TenantKey(Membership, null=True)
    rest_days = models.PositiveIntegerField(default=180)

    class Meta:
        constraints = [
            *walls("improvement_askingpolicy", "by", traced=True),
            models.UniqueConstraint(fields=["tenant"], name="one_policy_of_asking"),
            models.CheckConstraint(condition=Q(since=None) | Q(by__isnull=False), name="somebody_answers_for_asking"),
        ]


class Satisfaction(TenantRow):
    """The one question after a confirmed solution, and its answer; or why this customer was not asked."""

    conversation = TenantKey(Conversation)
    solution = TenantKey(Solution)
    customer = TenantKey(Customer)
    owner = TenantKey(Membership, null=True)
    looked_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    # Why nobody was asked, see rules.NotAsked; empty when somebody was.
    not_asked = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=2000, blank=True)
    # The concern that came of a low score.
    follow_up = TenantKey(Conversation, null=True)

    class Meta:
        constraints = [
            *walls("improvement_satisfaction", "conversation", "solution", "customer", "owner", "follow_up"),
            models.UniqueConstraint(fields=["tenant", "solution"], name="asked_once_for_each_solution"),
            models.CheckConstraint(condition=Q(asked_at=None) ^ Q(not_asked=""), name="asked_or_said_why_not"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(1, 5)), name="score_is_one_of_five"),
        ]
        indexes = [
            models.Index(fields=["tenant", "asked_at"], name="satisfaction_by_day"),
            models.Index(fields=["tenant", "customer", "asked_at"], name="satisfaction_of_customer"),
        ]
