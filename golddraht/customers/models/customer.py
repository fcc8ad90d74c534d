from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models.organisation import Organisation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


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
    # The customer they are one person with, where two were merged; null for whoever stands for themselves.
    head = TenantKey("self", null=True, blank=True)

    class Meta:
        constraints = [
            *walls("customers_customer", "organisation", "head", traced=True),
            models.CheckConstraint(condition=Q(salutation__in=["", "FRAU", "HERR"]), name="salutation_is_declared"),
            models.CheckConstraint(
                condition=Q(salutation="") | ~Q(salutation_source=""),
                name="salutation_has_a_source",
            ),
            models.CheckConstraint(condition=Q(name="") | ~Q(name_source=""), name="name_has_a_source"),
        ]
        indexes = [
            models.Index(fields=["tenant", "sort_name", "id"], name="customer_by_name"),
            models.Index(fields=["tenant", "head"], condition=Q(head__isnull=False), name="customers_by_head"),
        ]

    def __str__(self) -> str:
        return self.name
