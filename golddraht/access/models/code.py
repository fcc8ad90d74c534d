from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.access.models.visit import Visit
from golddraht.access.rules import MOST_TRIES, Purpose
from golddraht.customers.models import ContactPoint
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Code(TenantRow):
    """A code of six digits for an address; the digits themselves are kept nowhere, they follow from the row and our key.

    There is one as well where nobody knows the address (`recipient` is empty then): nothing is sent, and nothing ever fits.
    """

    purpose = models.CharField(max_length=5)
    # Of the address that was typed in, so that codes can be counted without keeping addresses of strangers.
    digest = models.CharField(max_length=64)
    recipient = models.CharField(max_length=254, blank=True)
    # Whose mailbox it opens, or in which visit a further address was given.
    point = TenantKey(ContactPoint, null=True, on_delete=models.CASCADE)
    visit = TenantKey(Visit, null=True, on_delete=models.CASCADE)
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    # When the mail is to be tried next; null once it has left, or has nowhere to go.
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("access_code", "point", "visit"),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="a_code_is_tried_a_few_times"),
            models.CheckConstraint(condition=Q(purpose__in=[one.value for one in Purpose]), name="purpose_is_known"),
        ]
        indexes = [
            models.Index(fields=["tenant", "digest", "asked_at"], name="codes_of_an_address"),
            models.Index(fields=["tenant", "due_at"], condition=Q(due_at__isnull=False), name="codes_to_send"),
        ]
