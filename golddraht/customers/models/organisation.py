from __future__ import annotations

from django.db import models

from golddraht.plumbing.tenancy import TenantRow, walls


class Organisation(TenantRow):
    """A business customer with people in it."""

    name = models.CharField(max_length=200)
    name_source = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=200)

    class Meta:
        constraints = [*walls("customers_organisation", traced=True)]
        indexes = [models.Index(fields=["tenant", "folded_name"], name="organisation_by_name")]
