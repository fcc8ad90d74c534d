from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class BadRow(TenantRow):
    """A row of a file that could not be understood: kept with its reason until somebody mends it or lets it go."""

    thing = models.CharField(max_length=12)
    source = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField()
    # What stood in the columns that have a meaning.
    cells = models.JSONField()
    reason = models.CharField(max_length=10)
    field = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
    by = TenantKey(Membership, null=True)
    # "mended" or "dropped".
    settled_as = models.CharField(max_length=10, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("commerce_badrow", "by", traced=True),
            models.CheckConstraint(
                condition=Q(settled_as="", settled_at=None) | (~Q(settled_as="") & Q(settled_at__isnull=False)),
                name="a_settled_row_has_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "id"], condition=Q(settled_at=None), name="rows_to_mend")]
