from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models.customer import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class KnownWay(TenantRow):
    """What is known of a way of contact. `address` is folded for comparison, `shown` is as it was given."""

    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=254)
    shown = models.CharField(max_length=254)
    source = models.CharField(max_length=80)
    first_seen_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    # A hard bounce: nothing is sent there until somebody corrects it.
    unreachable_since = models.DateTimeField(null=True, blank=True)
    # Who said so, such as `mail:bounce`, and in which words.
    unreachable_source = models.CharField(max_length=80, blank=True)
    unreachable_evidence = models.CharField(max_length=400, blank=True)
    # They told their provider that our mail is unwanted (RFC 5965): nothing automatic is sent there any more.
    complained_at = models.DateTimeField(null=True, blank=True)
    complaint = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown


KNOWN = tuple(field.name for field in KnownWay._meta.local_fields if field.name != "tenant")
"""What comes along when one becomes the other."""


class ContactPoint(KnownWay):
    """An address of a customer on a channel, of whatever kind (`rules.ways`)."""

    customer = TenantKey(Customer, on_delete=models.CASCADE, related_name="contact_points")

    class Meta:
        constraints = [
            *walls("customers_contactpoint", "customer", traced=True),
            models.UniqueConstraint(fields=["tenant", "channel", "address"], name="one_customer_per_address"),
            models.CheckConstraint(condition=~Q(source=""), name="contact_point_has_a_source"),
        ]


class FormerWay(KnownWay):
    """One that is theirs no longer, with everything that was known of it: nobody is recognised or reached by it."""

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    ended_at = models.DateTimeField()
    # Who said that it is not theirs any more, such as `member` or `customer`.
    ended_source = models.CharField(max_length=80)
    ended_actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("customers_formerway", "customer", traced=True),
            models.CheckConstraint(condition=~Q(source="") & ~Q(ended_source=""), name="former_way_has_sources"),
        ]
        indexes = [models.Index(fields=["tenant", "customer"], name="former_ways_of_a_customer")]
