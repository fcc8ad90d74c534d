from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class KeepingPolicy(TenantRow):
    """Whether what is past its period goes by itself. It is off until somebody has looked at what the first run would take."""

    begun_at = models.DateTimeField(null=True)
    begun_by = TenantKey(Membership, null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = TenantKey(Membership, null=True)
    stopped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *walls("privacy_keepingpolicy", "begun_by", "stopped_by", traced=True),
            models.UniqueConstraint(fields=["tenant"], name="one_keeping_policy"),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | ~Q(stopped_why=""), name="keeping_stops_with_a_reason"
            ),
        ]


class KeepingChoice(TenantRow):
    """A company keeps a class shorter or longer than the general line, within what the law allows."""

    keeping = models.CharField(max_length=10)
    months = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField()
    chosen_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("privacy_keepingchoice", "chosen_by", traced=True),
            models.UniqueConstraint(fields=["tenant", "keeping"], name="one_choice_for_each_class"),
        ]


class KeepingRun(TenantRow):
    """One day's look at everything: how far it is and when it was through. A trial only counts what would go."""

    on = models.DateField()
    is_trial = models.BooleanField()
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    # The step it is at, and the last row of it that was looked at.
    step = models.PositiveSmallIntegerField(default=0)
    seen_until = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *walls("privacy_keepingrun"),
            models.UniqueConstraint(fields=["tenant", "on"], name="one_keeping_run_a_day"),
        ]


class KeepingLine(TenantRow):
    """The proof of a run: of what, by which class and law, how many rows went, would go, or stayed and why."""

    run = TenantKey(KeepingRun, on_delete=models.CASCADE, related_name="lines")
    what = models.CharField(max_length=20)
    keeping = models.CharField(max_length=10)
    law = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            *walls("privacy_keepingline", "run"),
            models.UniqueConstraint(
                fields=["tenant", "run", "what", "keeping", "law", "outcome"], name="one_line_for_each_outcome"
            ),
        ]


class Hold(TenantRow):
    """Nothing of this customer goes, however old, while a claim is open (Article 17 (3) (e) GDPR): who said so, and why."""

    customer = TenantKey(Customer)
    why = models.CharField(max_length=300)
    since = models.DateTimeField()
    by = TenantKey(Membership)
    ended_at = models.DateTimeField(null=True)
    ended_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("privacy_hold", "customer", "by", "ended_by", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "customer"], condition=Q(ended_at=None), name="one_hold_of_a_customer"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_hold_says_why"),
        ]
