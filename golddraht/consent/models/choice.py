from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class ChannelChoice(TenantRow):
    """For one purpose the ways somebody wants to hear from us on, the dearest first; the latest row counts, none are changed."""

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    purpose = models.CharField(max_length=10)
    ways = ArrayField(models.CharField(max_length=10), default=list)
    at = models.DateTimeField()
    # The colleague who took it down; none when they chose themselves.
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [*walls("consent_channelchoice", "customer", traced=True)]
        indexes = [models.Index(fields=["tenant", "customer", "purpose", "-at"], name="channels_chosen")]
