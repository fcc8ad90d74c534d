from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class ArchiveRight(TenantRow):
    """Somebody may open what is locked away: from when to when, and who gave and took it. No role brings it along."""

    member = TenantKey(Membership)
    given_at = models.DateTimeField()
    # Without anybody the operator gave it at the machine itself.
    given_by = TenantKey(Membership, null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("privacy_archiveright", "member", "given_by", "ended_by", traced=True),
            models.UniqueConstraint(
                fields=["tenant", "member"], condition=Q(ended_at=None), name="one_archive_right_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=models.F("member")),
                name="nobody_lets_themselves_into_the_archive",
            ),
        ]


class ArchiveOpening(TenantRow):
    """Somebody opened something that is locked away, and said what for. It stays when that has gone."""

    member = TenantKey(Membership)
    locked_id = models.BigIntegerField()
    keeping = models.CharField(max_length=10)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("privacy_archiveopening", "member"),
            models.CheckConstraint(condition=~Q(why=""), name="an_opening_says_why"),
        ]
        indexes = [models.Index(fields=["tenant", "-at"], name="archive_openings_in_order")]
