from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models.customer import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Fact(TenantRow):
    """Something that was said of a customer: by whom, when, how sure, and in which words. Never changed, never replaced.

    One that `denies` says that the value is wrong. What is held to be true is chosen by `rules.golden` and kept on the customer.
    """

    customer = TenantKey(Customer, on_delete=models.CASCADE, related_name="facts")
    attribute = models.CharField(max_length=12)
    value = models.CharField(max_length=300)
    source = models.CharField(max_length=80)
    said_at = models.DateTimeField()
    certainty = models.FloatField()
    evidence = models.CharField(max_length=400, blank=True)
    denies = models.BooleanField(default=False)
    # The message it was read in, and the colleague who entered it (a membership).
    message_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("customers_fact", "customer", traced=True),
            # Whoever reads the same message twice says the same once.
            models.UniqueConstraint(
                fields=["tenant", "customer", "attribute", "value", "source", "said_at", "denies"], name="said_once"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="fact_has_a_source"),
            models.CheckConstraint(condition=~Q(value=""), name="fact_says_something"),
            models.CheckConstraint(condition=Q(certainty__gte=0, certainty__lte=1), name="fact_certainty_is_a_share"),
        ]
        indexes = [
            # Who else has this number, this birthday, this address.
            models.Index(
                fields=["tenant", "attribute", "value"],
                condition=Q(attribute__in=["number", "born_on", "postal"]),
                name="facts_that_tell_people_apart",
            ),
            models.Index(
                fields=["tenant", "message_id"], condition=Q(message_id__isnull=False), name="facts_by_message"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribute}: {self.value}"
