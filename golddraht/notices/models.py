from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.conversations.models import Conversation
from golddraht.notices.rules import Kind
from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Device(TenantRow):
    """A browser in which a member wants to be told. Whoever switches on there last is told, and only while signed in."""

    member = TenantKey(Membership)
    name = models.CharField(max_length=80)
    # Where its push service takes notices, and the keys with which they are sealed for it.
    endpoint = models.CharField(max_length=1000)
    public_key = models.CharField(max_length=120)
    secret = SecretField()
    # The session in which it was switched on: when that ends, nobody is there to be told.
    session = SecretField()
    kinds = ArrayField(models.CharField(max_length=20))
    zone = models.CharField(max_length=64)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    # One worker at a time tells it; after this moment another may think that the first has died.
    busy_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("notices_device", "member"),
            models.UniqueConstraint(fields=["tenant", "endpoint"], name="a_device_tells_one_member"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_two_ends",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "member"], name="device_of_member")]


class Notice(TenantRow):
    """Something that a device is to tell, or has told, until it was read or a day has passed. The same thing is there once."""

    device = TenantKey(Device, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    conversation = TenantKey(Conversation, null=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("notices_notice", "device", "conversation"),
            models.UniqueConstraint(
                fields=["tenant", "device", "kind", "conversation"], name="a_notice_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="kind_of_notice_is_known"),
        ]
        indexes = [models.Index(fields=["tenant", "at"], name="notice_by_age")]
