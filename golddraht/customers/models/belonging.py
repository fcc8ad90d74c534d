from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models.customer import Customer
from golddraht.customers.models.organisation import Organisation
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Household(TenantRow):
    """People who live together: a thing of its own, so that two of one flat never become one person by it."""

    founded_at = models.DateTimeField()

    class Meta:
        constraints = [*walls("customers_household", traced=True)]


class Belonging(TenantRow):
    """A person belongs to an organisation, in a role, or to a household; who said so, when, and until when it holds."""

    customer = TenantKey(Customer, on_delete=models.CASCADE, related_name="belongings")
    organisation = TenantKey(Organisation, null=True)
    household = TenantKey(Household, null=True)
    role = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=80)
    said_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("customers_belonging", "customer", "organisation", "household", traced=True),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, household=None) | Q(organisation=None, household__isnull=False),
                name="belongs_to_a_company_or_a_household",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="belonging_has_a_source"),
            models.UniqueConstraint(
                fields=["tenant", "customer", "organisation", "role"],
                condition=Q(ended_at=None, organisation__isnull=False),
                name="one_role_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["tenant", "customer"],
                condition=Q(ended_at=None, household__isnull=False),
                name="one_household_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "organisation"], name="people_of_an_organisation"),
            models.Index(fields=["tenant", "household"], name="people_of_a_household"),
        ]
