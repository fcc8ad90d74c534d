from __future__ import annotations

from django.db import models

from golddraht.conversations.models import Conversation
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Extension(TenantRow):
    """The number within the house at which a member is called, as the telephone system names it."""

    member = TenantKey(Membership)
    number = models.CharField(max_length=40)

    class Meta:
        constraints = [
            *walls("telephone_extension", "member", traced=True),
            models.UniqueConstraint(fields=["tenant", "number"], name="one_member_per_extension"),
            models.UniqueConstraint(fields=["tenant", "member"], name="one_extension_per_member"),
        ]


class Call(TenantRow):
    """A call to us, as the telephone system told it. `number` is empty where it was withheld."""

    call_id = models.CharField(max_length=120)
    number = models.CharField(max_length=40, blank=True)
    customer = TenantKey(Customer, null=True)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = TenantKey(Membership, null=True)
    ended_at = models.DateTimeField(null=True)
    # Where it was noted, or the concern that a missed call became.
    conversation = TenantKey(Conversation, null=True)

    class Meta:
        constraints = [
            *walls("telephone_call", "customer", "answered_by", "conversation"),
            models.UniqueConstraint(fields=["tenant", "call_id"], name="one_row_per_call"),
        ]
        indexes = [models.Index(fields=["tenant", "-rang_at"], name="call_by_time")]


class Ring(TenantRow):
    """A telephone at which the call rang: several may ring for one call."""

    call = TenantKey(Call, on_delete=models.CASCADE)
    member = TenantKey(Membership)

    class Meta:
        constraints = [
            *walls("telephone_ring", "call", "member"),
            models.UniqueConstraint(fields=["tenant", "call", "member"], name="rings_once_at_each"),
        ]
