from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.customers.models.customer import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Doubt(TenantRow):
    """Something about a customer that cannot be quite right, until somebody settles it or it settles itself."""

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10)
    # What contradicts itself, or what is dead: the values in their kept form.
    values = ArrayField(models.CharField(max_length=300))
    # Of which attribute, where the kind does not say so: of a value that is unsure.
    attribute = models.CharField(max_length=12, blank=True, default="", db_default="")
    cost = models.PositiveSmallIntegerField()
    noticed_at = models.DateTimeField()
    # "kept" (a value was chosen), "ask" (at the next contact), "left", or "gone" once nothing is doubtful any more.
    settled_as = models.CharField(max_length=10, blank=True)
    settled_at = models.DateTimeField(null=True)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("customers_doubt", "customer", traced=True),
            models.UniqueConstraint(fields=["tenant", "customer", "kind"], name="one_doubt_of_a_kind"),
            models.CheckConstraint(
                condition=Q(settled_as="", settled_at=None) | (~Q(settled_as="") & Q(settled_at__isnull=False)),
                name="a_settled_doubt_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-cost", "id"], condition=Q(settled_at=None), name="doubts_to_settle")
        ]


class Asking(TenantRow):
    """That a message of ours asked the customer about a doubt. Never changed; gone where the message did not arrive."""

    doubt = TenantKey(Doubt, on_delete=models.CASCADE, related_name="askings")
    asked_at = models.DateTimeField()
    message_id = models.BigIntegerField()
    # The colleague who wrote it (a membership).
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("customers_asking", "doubt"),
            models.UniqueConstraint(fields=["tenant", "doubt", "message_id"], name="asked_once_in_a_message"),
        ]
        indexes = [models.Index(fields=["tenant", "message_id"], name="askings_by_message")]
