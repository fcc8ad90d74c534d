from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.access.rules.copying import CopyState
from golddraht.conversations.models import Conversation
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Copy(TenantRow):
    """A copy of everything about a person: asked for, made by a job, fetched, and deleted after some days (Article 15 GDPR)."""

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    # Who asked in the workspace, and the concern that has the clock; null where the person did it themselves.
    member = TenantKey(Membership, null=True)
    conversation = TenantKey(Conversation, null=True, on_delete=models.CASCADE)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default=CopyState.WAITING)
    # Of a hundred.
    done = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    # One worker at a time makes it; after this moment another may think that the first has died.
    busy_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            *walls("access_copy", "customer", "member", "conversation", traced=True),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in CopyState]), name="copy_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=CopyState.READY) | (~Q(file="") & Q(ends_at__isnull=False)),
                name="a_copy_that_is_ready_lies_somewhere_and_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "customer", "-asked_at"], name="copies_of_a_person"),
            models.Index(
                fields=["tenant", "asked_at"], condition=Q(state__in=["WAITING", "MAKING", "READY"]), name="live_copies"
            ),
        ]
