from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.plumbing.secrets import SecretField
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Erasure(TenantRow):
    """Somebody is to be erased: who asked, by when they must have an answer, and how far it is.

    Once it is done it names nobody: `customer_id` is the number of a row that is no more, `sought` is empty.
    """

    request = models.UUIDField(default=uuid.uuid4)
    customer_id = models.BigIntegerField()
    asker = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    asked_by = TenantKey(Membership, null=True)
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    extended_why = models.CharField(max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = TenantKey(Membership, null=True)
    # Numbers of concerns that are no business letters, as whoever approved it has looked.
    released = ArrayField(models.BigIntegerField(), default=list)
    # By what they are recognised, as JSON, for as long as it is worked on.
    sought = SecretField(blank=True, default="")
    erased_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = TenantKey(Membership, null=True)
    refused_why = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("privacy_erasure", "asked_by", "approved_by", "refused_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "request"], name="erasure_asked_once"),
            models.UniqueConstraint(
                fields=["tenant", "customer_id"],
                condition=Q(done_at=None, refused_at=None, withdrawn_at=None),
                name="one_open_erasure_for_each_customer",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(erased_at__isnull=False), name="done_is_what_was_erased"
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None) | (Q(refused_by__isnull=False) & ~Q(refused_why="")),
                name="only_a_person_refuses_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-asked_at"], name="erasures_in_order")]


class ErasureLine(TenantRow):
    """What was done to one table: how many rows were deleted, emptied, loosened, replaced in, or locked away."""

    erasure = TenantKey(Erasure, on_delete=models.CASCADE, related_name="lines")
    table = models.CharField(max_length=80)
    treated = models.CharField(max_length=10)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            *walls("privacy_erasureline", "erasure"),
            models.UniqueConstraint(fields=["tenant", "erasure", "table", "treated"], name="one_line_for_each_table"),
        ]


class DoomedFile(TenantRow):
    """A stored file that no row names any more and that has to go; its name says nothing of anybody. Without an erasure its time was over."""

    erasure = TenantKey(Erasure, on_delete=models.CASCADE, related_name="doomed", null=True)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [*walls("privacy_doomedfile", "erasure")]
