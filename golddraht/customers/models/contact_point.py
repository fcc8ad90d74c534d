from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models.customer import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class ContactPoint(TenantRow):
    """An address of a customer on a channel. `address` is folded for comparison, `shown` is as it was given."""

    customer = TenantKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
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
        constraints = [
            *walls("customers_contactpoint", "customer", traced=True),
            models.UniqueConstraint(fields=["tenant", "channel", "address"], name="one_customer_per_address"),
            models.CheckConstraint(condition=~Q(source=""), name="contact_point_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.shown
