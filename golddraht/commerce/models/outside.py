from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Outside(TenantRow):
    """Something that is known from outside, by the number that its source gave it."""

    source = models.CharField(max_length=60)
    number = models.CharField(max_length=80)
    first_heard_at = models.DateTimeField()
    # When its source last said something new of it.
    said_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class Theirs(Outside):
    """Something that belongs to a customer, as they are named by its source; null until somebody is known by that name."""

    customer = TenantKey(Customer, null=True)
    customer_number = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        abstract = True


def outside(table: str, *keys: str) -> list[models.BaseConstraint]:
    """The constraints of a table of such things."""
    return [
        *walls(table, *keys, traced=True),
        models.UniqueConstraint(fields=["tenant", "source", "number"], name=f"{table}_once"),
        models.CheckConstraint(condition=~Q(source="") & ~Q(number=""), name=f"{table}_has_a_number"),
    ]


def theirs(table: str) -> list[models.Index]:
    """The indexes by which a customer finds what is theirs, and what belongs to nobody yet finds its customer."""
    nobody = Q(customer=None)
    return [
        models.Index(fields=["tenant", "customer"], name=f"{table}_of_customer"),
        models.Index(fields=["tenant", "email"], condition=nobody & ~Q(email=""), name=f"{table}_email"),
        models.Index(
            fields=["tenant", "customer_number"], condition=nobody & ~Q(customer_number=""), name=f"{table}_named"
        ),
        models.Index(fields=["tenant", "number"], name=f"{table}_number"),
    ]
