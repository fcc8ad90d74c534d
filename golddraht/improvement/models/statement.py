from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.improvement.rules.stating import Axis
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class Statement(TenantRow):
    """The figures of a month as they were when it was over: made once, and never changed (M37)."""

    # The first day of the month.
    month = models.DateField()
    made_at = models.DateTimeField()
    # What its figures mean: `rules.DEFINITIONS` of then.
    definitions = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            *walls("improvement_statement", traced=True),
            models.UniqueConstraint(fields=["tenant", "month"], name="a_statement_is_made_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_statement_is_of_a_month"),
        ]


class StatementLine(TenantRow):
    """The whole, a day, a channel or a team of a statement. Where fewer than five people stand behind it, nothing of their work is kept."""

    statement = TenantKey(Statement, on_delete=models.CASCADE, related_name="lines")
    axis = models.CharField(max_length=8)
    # A day in ISO form, a channel, or how the team was called.
    name = models.CharField(max_length=80, blank=True)
    arrived = models.PositiveIntegerField()
    open = models.PositiveIntegerField()
    shows_work = models.BooleanField()
    first_kept = models.PositiveIntegerField(null=True)
    first_broken = models.PositiveIntegerField(null=True)
    kept = models.PositiveIntegerField(null=True)
    broken = models.PositiveIntegerField(null=True)
    confirmed = models.PositiveIntegerField(null=True)
    presumed = models.PositiveIntegerField(null=True)
    recurred = models.PositiveIntegerField(null=True)
    objected = models.PositiveIntegerField(null=True)
    # Half of all waited no longer, in minutes of business hours.
    first_answer_minutes = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            *walls("improvement_statementline", "statement"),
            models.UniqueConstraint(fields=["tenant", "statement", "axis", "name"], name="one_line_per_part"),
            models.CheckConstraint(condition=Q(axis__in=[one.value for one in Axis]), name="axis_of_a_line_is_known"),
            models.CheckConstraint(
                condition=Q(shows_work=True)
                | Q(first_kept=None, first_broken=None, kept=None, broken=None, first_answer_minutes=None),
                name="work_of_few_is_not_kept",
            ),
        ]
