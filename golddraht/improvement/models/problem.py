from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation
from golddraht.improvement.rules import ProblemState
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Problem(TenantRow):
    """A cause behind many concerns, with somebody who removes it and a day by which."""

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    # Concerns with this tag count as like it, whether or not somebody linked them.
    tag = models.CharField(max_length=40, blank=True)
    owner = TenantKey(Membership)
    target_on = models.DateField()
    state = models.CharField(max_length=8, default=ProblemState.OPEN)
    fixed_at = models.DateTimeField(null=True)
    fixed_by = TenantKey(Membership, null=True)
    created_at = models.DateTimeField()
    created_by = TenantKey(Membership)

    class Meta:
        constraints = [
            *walls("improvement_problem", "owner", "fixed_by", "created_by", traced=True),
            models.CheckConstraint(condition=Q(state="FIXED") ^ Q(fixed_at=None), name="fixed_has_its_moment"),
        ]
        indexes = [models.Index(fields=["tenant", "state", "target_on"], name="problem_by_target")]


class Affected(TenantRow):
    """A concern that belongs to a problem."""

    problem = TenantKey(Problem, on_delete=models.CASCADE, related_name="affected")
    conversation = TenantKey(Conversation)
    by = TenantKey(Membership)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("improvement_affected", "problem", "conversation", "by"),
            models.UniqueConstraint(fields=["tenant", "problem", "conversation"], name="affected_once"),
        ]
        indexes = [models.Index(fields=["tenant", "conversation"], name="problem_of_conversation")]
