from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from golddraht.customers.models.customer import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Merge(TenantRow):
    """Two customers were found to be one: `customer` stands behind `head` until this is undone. Nothing else is re-pointed."""

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    head = TenantKey(Customer, on_delete=models.CASCADE)
    reasons = ArrayField(models.CharField(max_length=200), default=list)
    # "member", or the rule or model that was sure enough, such as `rule:address`.
    decided_by = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_actor_id = models.BigIntegerField(null=True)
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *walls("customers_merge", "customer", "head", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "customer"], condition=Q(undone_at=None), name="behind_one_head_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(customer=F("head")), name="nobody_is_merged_with_themselves"),
        ]
        indexes = [models.Index(fields=["tenant", "head"], name="merges_by_head")]


class Resemblance(TenantRow):
    """Two customers who may be one person, with the reasons in words; found by a rule or a model, settled by a person.

    `first` has the smaller id, so that a pair is there once, whoever finds it again.
    """

    first = TenantKey(Customer, on_delete=models.CASCADE)
    second = TenantKey(Customer, on_delete=models.CASCADE)
    certainty = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=200))
    # Who found it, such as `rule:address` or `model:2026-11`.
    found_by = models.CharField(max_length=80)
    found_at = models.DateTimeField()
    # "merged", "different" or "later", once a person has looked at it.
    settled_as = models.CharField(max_length=10, blank=True)
    settled_at = models.DateTimeField(null=True)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("customers_resemblance", "first", "second", traced=True),
            models.UniqueConstraint(fields=["tenant", "first", "second"], name="one_resemblance_for_two"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_smaller_id_comes_first"),
            models.CheckConstraint(
                condition=Q(certainty__gte=0, certainty__lte=1), name="resemblance_certainty_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(settled_as="", settled_at=None) | (~Q(settled_as="") & Q(settled_at__isnull=False)),
                name="what_is_settled_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-certainty"], condition=Q(settled_at=None), name="resemblances_to_settle"),
            models.Index(fields=["tenant", "second"], name="resemblances_by_second"),
        ]
