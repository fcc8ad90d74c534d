from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from golddraht.access.rules import Proof
from golddraht.customers.models import ContactPoint, Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Visit(TenantRow):
    """A customer is on their own page: a session that knows nothing of the workspace. Only a digest of its key is kept."""

    digest = models.CharField(max_length=64)
    point = TenantKey(ContactPoint, on_delete=models.CASCADE)
    customer = TenantKey(Customer, on_delete=models.CASCADE)
    proof = models.CharField(max_length=4)
    # More than one person writes from this mailbox, as far as was known when the visit began.
    is_shared = models.BooleanField()
    # How often something that only they know was asked in vain.
    tries = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("access_visit", "point", "customer"),
            models.UniqueConstraint(fields=["tenant", "digest"], name="a_visit_has_its_own_key"),
            models.CheckConstraint(condition=Q(proof__in=[one.value for one in Proof]), name="proof_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="a_visit_ends"),
        ]
        indexes = [models.Index(fields=["tenant", "ends_at"], name="visits_by_end")]
