from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from golddraht.imports.models.source import ImportSource
from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls
from golddraht.team.models import Membership


class Mapping(TenantRow):
    """What the columns of a source's files mean, kept under a name: `targets` stand in the order of `columns`."""

    source = TenantKey(ImportSource, on_delete=models.CASCADE)
    about = models.CharField(max_length=20, default=CUSTOMERS, db_default=CUSTOMERS)
    name = models.CharField(max_length=60)
    columns = ArrayField(models.CharField(max_length=120))
    targets = ArrayField(models.CharField(max_length=20, blank=True))
    by = TenantKey(Membership, null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            *walls("imports_mapping", "source", "by", traced=True),
            models.UniqueConstraint(fields=["tenant", "source", "about", "name"], name="one_mapping_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
