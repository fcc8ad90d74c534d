from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.consent.models.act import ConsentAct
from golddraht.consent.rules import MessageClass
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls

BASES = ["CONSENT", "EXISTING", "PRESUMED"]


class Permission(TenantRow):
    """Something passed the gate that needs a reason to leave: why it may. One row is one use, and keeps its proof anew."""

    customer = TenantKey(Customer, on_delete=models.CASCADE)
    message_class = models.CharField(max_length=12)
    purpose = models.CharField(max_length=10)
    way = models.CharField(max_length=10)
    basis = models.CharField(max_length=10)
    act = TenantKey(ConsentAct, null=True, on_delete=models.CASCADE, related_name="uses")
    # The law that lets it pass.
    source = models.CharField(max_length=120)
    at = models.DateTimeField()
    # Not before: their quiet hours end then.
    not_before = models.DateTimeField(null=True)
    keep_until = models.DateField()
    # Whether it says how to object, free of charge.
    points_out = models.BooleanField(default=False)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("consent_permission", "customer", "act", traced=True),
            models.UniqueConstraint(fields=["tenant", "id", "message_class"], name="permission_of_a_class"),
            models.CheckConstraint(
                condition=Q(message_class__in=[one.value for one in MessageClass if one is not MessageClass.SERVICE]),
                name="service_needs_no_permission",
            ),
            models.CheckConstraint(
                condition=(Q(basis__in=BASES) & Q(act__isnull=False)) | Q(basis="UNOPPOSED", act=None, way="LETTER"),
                name="a_permission_names_what_it_stands_on",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "act", "-at"], name="uses_of_an_act")]


class Refusal(TenantRow):
    """What the gate did not let leave, and why. Kept so that nobody wonders where it went; it is never sent."""

    customer = TenantKey(Customer, null=True, on_delete=models.CASCADE)
    message_class = models.CharField(max_length=12)
    purpose = models.CharField(max_length=10)
    way = models.CharField(max_length=10)
    reason = models.CharField(max_length=16)
    source = models.CharField(max_length=120, blank=True)
    conversation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("consent_refusal", "customer", traced=True),
            models.CheckConstraint(condition=~Q(reason=""), name="a_refusal_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["tenant", "customer", "-at"], name="refusals_of_customer"),
            models.Index(
                fields=["tenant", "conversation_id"],
                condition=Q(conversation_id__isnull=False),
                name="refusals_of_concern",
            ),
        ]
