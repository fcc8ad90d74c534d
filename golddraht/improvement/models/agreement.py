from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class StaffChoice(TenantRow):
    """What a company has turned off that would tell of single colleagues, who did so and when. Without a row all of it is on."""

    own_figures_off_at = models.DateTimeField(null=True)
    own_figures_off_by = TenantKey(Membership, null=True)
    desks_off_at = models.DateTimeField(null=True)
    desks_off_by = TenantKey(Membership, null=True)

    class Meta:
        constraints = [
            *walls("improvement_staffchoice", "own_figures_off_by", "desks_off_by", traced=True),
            models.UniqueConstraint(fields=["tenant"], name="one_staff_choice"),
            models.CheckConstraint(
                condition=Q(own_figures_off_at=None, own_figures_off_by=None)
                | Q(own_figures_off_at__isnull=False, own_figures_off_by__isnull=False),
                name="somebody_turned_own_figures_off",
            ),
            models.CheckConstraint(
                condition=Q(desks_off_at=None, desks_off_by=None)
                | Q(desks_off_at__isnull=False, desks_off_by__isnull=False),
                name="somebody_turned_desks_off",
            ),
        ]
