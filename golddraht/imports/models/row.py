from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.imports.models.file import Import
from golddraht.imports.rules.states import RowState, Verdict
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Row(TenantRow):
    """One row of an import. Its cells are forgotten once it was taken over: from then on the record knows it all."""

    file = TenantKey(Import, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    cells = ArrayField(models.TextField(blank=True), default=list)
    state = models.CharField(max_length=8, default=RowState.WAITING)
    verdict = models.CharField(max_length=8, blank=True)
    # How somebody was known, as `rules.recognising` says it.
    known_by = models.CharField(max_length=300, blank=True)
    # What is odd about it, as `Odd.kept`.
    odd = ArrayField(models.CharField(max_length=220), default=list)
    household = models.CharField(max_length=80, blank=True)
    # A customer who may be gone by now; `is_new` says that they were met by this row.
    customer_id = models.BigIntegerField(null=True)
    # The statement that says what it said, of whoever understands such rows; it may be gone by now.
    said_id = models.BigIntegerField(null=True)
    is_new = models.BooleanField(default=False)
    is_lenient = models.BooleanField(default=False)
    # What the row said when it was taken over, as `rules.digests` has it: so the same row of a later file is known.
    digest = models.CharField(max_length=32, blank=True)
    # When whoever it is about was erased, as the ledger says; and why a person lets it in all the same (a membership).
    erased_at = models.DateTimeField(null=True)
    let_in_why = models.CharField(max_length=300, blank=True)
    let_in_at = models.DateTimeField(null=True)
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("imports_row", "file"),
            models.UniqueConstraint(fields=["tenant", "file", "number"], name="a_row_once_in_an_import"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in RowState]), name="state_of_a_row_is_known"
            ),
            models.CheckConstraint(
                condition=Q(let_in_why="", let_in_at=None) | (~Q(let_in_why="") & Q(let_in_at__isnull=False)),
                name="whoever_is_let_in_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *(one.value for one in Verdict)]), name="verdict_on_a_row_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "file", "state", "number"], name="rows_by_state"),
            models.Index(fields=["tenant", "file", "verdict", "number"], name="rows_by_verdict"),
            models.Index(
                fields=["tenant", "file", "household"], condition=~Q(household=""), name="rows_of_a_household"
            ),
            models.Index(
                fields=["tenant", "customer_id"], condition=Q(customer_id__isnull=False), name="rows_of_a_customer"
            ),
            models.Index(fields=["tenant", "said_id"], condition=Q(said_id__isnull=False), name="rows_of_a_statement"),
            models.Index(fields=["tenant", "digest"], condition=~Q(digest=""), name="rows_that_said_the_same"),
            models.Index(fields=["tenant", "file"], condition=Q(erased_at__isnull=False), name="rows_of_the_erased"),
        ]
