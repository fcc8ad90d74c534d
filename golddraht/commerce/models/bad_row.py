from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class BadRow(TenantRow):
    """What could not be taken down, of a file or about somebody erased: kept with its reason until somebody decides."""

    thing = models.CharField(max_length=12)
    source = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200, blank=True)
    # The import of that file, while it is one.
    import_id = models.BigIntegerField(null=True)
    # 0 for what a program told.
    line = models.PositiveIntegerField()
    # What stood in the columns that have a meaning; forgotten once it is settled.
    cells = models.JSONField()
    reason = models.CharField(max_length=10)
    field = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
    by = TenantKey(Membership, null=True)
    # When whoever it names was erased, as the ledger says.
    erased_at = models.DateTimeField(null=True)
    # Keyed hashes of the ledger: of what names them, and of the thing itself, so that a decision holds when it is told again.
    marks = ArrayField(models.CharField(max_length=64), default=list)
    place = models.CharField(max_length=64, blank=True)
    # Why somebody lets it in all the same, and who decided (a membership).
    let_in_why = models.CharField(max_length=300, blank=True)
    actor_id = models.BigIntegerField(null=True)
    # "mended", "dropped" or "let_in".
    settled_as = models.CharField(max_length=10, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("commerce_badrow", "by", traced=True),
            models.CheckConstraint(
                condition=Q(settled_as="", settled_at=None) | (~Q(settled_as="") & Q(settled_at__isnull=False)),
                name="a_settled_row_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(settled_as="let_in") ^ ~Q(let_in_why=""),
                name="what_is_let_in_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "id"], condition=Q(settled_at=None), name="rows_to_mend"),
            models.Index(
                fields=["tenant", "settled_as"], condition=Q(erased_at__isnull=False), name="orders_of_the_erased"
            ),
        ]
