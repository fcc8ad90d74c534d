from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey as TenantKey
from golddraht.plumbing.tenancy import TenantRow, walls


class Tenant(models.Model):
    """A client company whose customers are served. A doorway: readable before any tenant is seen.

    A demo's household moves in while pages are served: `demo_left` of `demo_whole` concerns are still to come.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="de")
    country = models.CharField(max_length=2, default="DE")
    brand_colour = models.CharField(max_length=32, blank=True)
    last_number = models.BigIntegerField(default=0)
    watch_period = models.DurationField(default=timedelta(days=14))
    automatic_per_hour = models.PositiveIntegerField(default=600)
    # From then on nobody works here without a second factor.
    second_factor_from = models.DateTimeField(null=True)
    # Whether contracts can be cancelled and withdrawn from on public pages (§§ 312k, 356a BGB).
    offers_cancelling = models.BooleanField(default=True, db_default=True)
    offers_withdrawing = models.BooleanField(default=True, db_default=True)
    # How many companies its admins may found beside it; one that was founded so founds none itself.
    most_clients = models.PositiveSmallIntegerField(default=50, db_default=50)
    # Founded by mistake and taken back while it was empty: all its doors are shut.
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    demo_left = models.PositiveIntegerField(default=0)
    demo_whole = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Trace(TenantRow):
    """One line of the audit trail: who saw or changed what, when. Names of fields only, never their content."""

    actor_id = models.BigIntegerField(null=True)
    # Somebody of the client company looked, who is no member.
    seat_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    fields = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [*walls("plumbing_trace")]
        indexes = [
            models.Index(fields=["tenant", "subject", "subject_id", "at"], name="trace_of_subject"),
            # With the walls' own (tenant, id): whatever is asked for, a page of it is read off the end of an index.
            models.Index(fields=["tenant", "subject", "id"], name="trace_of_kind"),
            models.Index(
                fields=["tenant", "actor_id", "id"], name="trace_of_person", condition=Q(actor_id__isnull=False)
            ),
            models.Index(fields=["tenant", "seat_id", "id"], name="trace_of_seat", condition=Q(seat_id__isnull=False)),
        ]


class Presence(models.Model):
    """A process of this installation that was alive at `seen_at`; how doctor and readiness know the worker lives."""

    role = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()


class Pause(models.Model):
    """While a row stands here nothing is sent or fetched: a restored copy starts with one, `golddraht resume` ends it."""

    since = models.DateTimeField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
