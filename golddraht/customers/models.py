from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Organisation(TenantRow):
    """A business customer with people in it."""

    name = models.CharField(max_length=200)
    name_source = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=200)

    class Meta:
        constraints = [*walls("customers_organisation", traced=True)]
        indexes = [models.Index(fields=["tenant", "folded_name"], name="organisation_by_name")]


class Customer(TenantRow):
    """A person, with the source of every value known of them (what it was read from, for instance `mail:from`)."""

    name = models.CharField(max_length=200, blank=True)
    name_source = models.CharField(max_length=80, blank=True)
    # Umlauts folded so that Ärger sorts after Apfel without the server's help.
    sort_name = models.CharField(max_length=220, blank=True)
    language = models.CharField(max_length=8, blank=True)
    language_source = models.CharField(max_length=80, blank=True)
    # Only what the person declared: FRAU, HERR or a form of their own in `own_salutation`.
    salutation = models.CharField(max_length=8, blank=True)
    salutation_source = models.CharField(max_length=80, blank=True)
    matters = models.CharField(max_length=300, blank=True)
    matters_source = models.CharField(max_length=80, blank=True)
    organisation = TenantKey(Organisation, null=True, blank=True)
    known_since = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("customers_customer", "organisation", traced=True),
            models.CheckConstraint(condition=Q(salutation__in=["", "FRAU", "HERR"]), name="salutation_is_declared"),
            models.CheckConstraint(
                condition=Q(salutation="") | ~Q(salutation_source=""),
                name="salutation_has_a_source",
            ),
            models.CheckConstraint(condition=Q(name="") | ~Q(name_source=""), name="name_has_a_source"),
        ]
        indexes = [models.Index(fields=["tenant", "sort_name", "id"], name="customer_by_name")]

    def __str__(self) -> str:
        return self.name


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
