from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Team


class CountedDay(TenantRow):
    """A day whose figures stand in `DayTally`, and when they were last counted. The day is the default team's."""

    on = models.DateField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("improvement_countedday"),
            models.UniqueConstraint(fields=["tenant", "on"], name="a_day_is_counted_once"),
        ]


class Counts(TenantRow):
    """What one day came to in one team and channel; under a tag, or under none for all of them. See `rules.Tally`."""

    on = models.DateField()
    team = TenantKey(Team)
    channel = models.CharField(max_length=10)
    tag = models.CharField(max_length=40, blank=True)

    arrived = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    first_kept = models.PositiveIntegerField(default=0)
    first_broken = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    presumed = models.PositiveIntegerField(default=0)
    recurred = models.PositiveIntegerField(default=0)
    objected = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    rated = models.PositiveIntegerField(default=0)
    content = models.PositiveIntegerField(default=0)
    # At the end of the day, or when it was last looked at.
    open = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    working = ArrayField(models.PositiveIntegerField(), default=list)
    clock = ArrayField(models.PositiveIntegerField(), default=list)
    ages = ArrayField(models.PositiveIntegerField(), default=list)

    class Meta:
        abstract = True


class DayTally(Counts):
    """Counted from what is there, and from what is no more."""

    class Meta:
        constraints = [
            *walls("improvement_daytally", "team"),
            models.UniqueConstraint(
                fields=["tenant", "tag", "on", "team", "channel"], name="one_tally_per_slice_of_a_day"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "on"], name="tallies_of_a_day")]


class GoneTally(Counts):
    """What concerns of erased people had added to a day: counts without persons, so that the day can be counted anew."""

    class Meta:
        constraints = [
            *walls("improvement_gonetally", "team"),
            models.UniqueConstraint(
                fields=["tenant", "tag", "on", "team", "channel"], name="one_gone_tally_per_slice_of_a_day"
            ),
        ]
